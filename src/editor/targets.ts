// What a command is about: the root that its arguments name, else the one at the cursor, else the one of the report
// page, else the one that the user picks. Arguments come from links and lenses and are checked like any input.

import * as vscode from 'vscode';
import { lensText } from '../report/lens';
import type { Numbers } from '../report/numbers';
import type { Reports } from './reports';
import type { ShownRoot } from './shown';
import { isPriced, keyOf, openDocument } from './sources';

export interface Target {
  /** Of the document or notebook. */
  readonly key: string;
  readonly root: ShownRoot;
}

/** A file, and the root in it where one is meant. */
export interface Aim {
  readonly key: string;
  readonly root: string | undefined;
}

export class Targets {
  constructor(
    private readonly reports: Reports,
    private readonly numbers: Numbers,
    /** What the report page shows, while it has the focus. */
    private readonly ofPanel: () => Aim | undefined,
  ) {}

  /** What a command aims at, without asking anybody. */
  aim(uri: unknown, root: unknown): Aim | undefined {
    if (typeof uri === 'string') {
      const document = openDocument(uri);
      const name = typeof root === 'string' ? root : undefined;
      return document ? { key: keyOf(document), root: name } : { key: uri, root: name };
    }
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined || !isPriced(editor.document)) return this.ofPanel();
    this.reports.want(editor.document);
    return { key: keyOf(editor.document), root: this.atCursor(editor)?.id };
  }

  /** The root a command is about; asks which one where that is open. */
  async find(uri: unknown, root: unknown): Promise<Target | undefined> {
    const aim = this.aim(uri, root);
    if (aim === undefined) return undefined;
    const roots = (await this.reports.ready(aim.key))?.roots ?? [];
    const named = roots.find(({ id }) => id === aim.root) ?? (roots.length === 1 ? roots[0] : undefined);
    const chosen = named ?? (await this.pick(roots));
    return chosen && { key: aim.key, root: chosen };
  }

  /** The innermost root whose definition holds the cursor. */
  atCursor({ document, selection }: vscode.TextEditor): ShownRoot | undefined {
    const offset = document.offsetAt(selection.active);
    const places = [...(this.reports.view(document)?.places ?? [])];
    const around = places.filter(([, { extent }]) => extent.start <= offset && offset <= extent.end);
    return around.sort(([, a], [, b]) => b.extent.start - a.extent.start)[0]?.[0];
  }

  private async pick(roots: readonly ShownRoot[]): Promise<ShownRoot | undefined> {
    if (roots.length === 0) return undefined;
    const items = roots.map((root) => ({
      label: root.id,
      description: lensText(root, { numbers: this.numbers, stale: root.stale, roots }),
      root,
    }));
    const placeHolder = vscode.l10n.t('Which model?');
    return (await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true }))?.root;
  }
}
