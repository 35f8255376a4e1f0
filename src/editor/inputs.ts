// Inputs that the user has set, by file and root. They are kept in the workspace's state: not in the source, not in the
// settings, and not shared with anyone.

import * as vscode from 'vscode';

type Inputs = Readonly<Record<string, string>>;

const KEY = 'inputs';

export class InputStore implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<string>();
  /** The key of a file whose inputs have changed. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly state: vscode.Memento) {}

  /** Specifications by root id. */
  of(key: string): Inputs {
    return this.all()[key] ?? {};
  }

  /** Files of which inputs are set. */
  keys(): readonly string[] {
    return Object.keys(this.all());
  }

  /** Sets a root's input; without a specification it is found in the code again. */
  async set(key: string, root: string, spec: string | undefined): Promise<void> {
    const { [root]: _, ...others } = this.of(key);
    const inputs = spec === undefined ? others : { ...others, [root]: spec };
    const { [key]: __, ...files } = this.all();
    const all = Object.keys(inputs).length === 0 ? files : { ...files, [key]: inputs };
    await this.state.update(KEY, all);
    this.changed.fire(key);
  }

  dispose(): void {
    this.changed.dispose();
  }

  private all(): Readonly<Record<string, Inputs>> {
    return this.state.get<Record<string, Inputs>>(KEY, {});
  }
}
