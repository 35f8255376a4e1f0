// The built-in Git extension, as far as it is used: its repositories, their input boxes, and word when one of them
// changes. It is optional: where it is switched off, or the workspace is not trusted, there are no repositories here,
// and what does not need them goes on working. Nothing here runs Git.

import * as vscode from 'vscode';

/** What is used of a repository. */
export interface GitRepository {
  readonly rootUri: vscode.Uri;
  /** Where the commit message is written. */
  readonly inputBox: { value: string };
  readonly state: {
    readonly HEAD: { readonly commit?: string; readonly name?: string } | undefined;
    /** What is staged. */
    readonly indexChanges: readonly unknown[];
    readonly onDidChange: vscode.Event<void>;
  };
}

/** Version 1 of what the extension gives to others. */
interface GitApi {
  readonly git: { readonly path: string };
  readonly repositories: readonly GitRepository[];
  readonly onDidOpenRepository: vscode.Event<GitRepository>;
  readonly onDidCloseRepository: vscode.Event<GitRepository>;
  toGitUri(uri: vscode.Uri, ref: string): vscode.Uri;
}

interface GitExports {
  readonly enabled: boolean;
  readonly onDidChangeEnablement: vscode.Event<boolean>;
  getAPI(version: 1): GitApi;
}

const GIT_EXTENSION = 'vscode.git';

export class GitRepositories implements vscode.Disposable {
  private api: GitApi | undefined;
  private readonly changed = new vscode.EventEmitter<void>();
  /** A repository was opened or closed, or its state has changed: another commit, other changes. */
  readonly onDidChange = this.changed.event;
  private readonly subscriptions: vscode.Disposable[] = [this.changed];
  /** Of the extension in its present state; made anew when it is switched on. */
  private listeners: vscode.Disposable[] = [];
  private readonly watched = new Map<GitRepository, vscode.Disposable>();

  constructor(private readonly log: Pick<vscode.LogOutputChannel, 'warn'>) {}

  /** Finds the extension; resolves when its repositories are known as far as it knows them itself. */
  async start(): Promise<void> {
    try {
      const exports = await vscode.extensions.getExtension<GitExports>(GIT_EXTENSION)?.activate();
      if (exports === undefined) return;
      this.subscriptions.push(exports.onDidChangeEnablement(() => this.connect(exports)));
      this.connect(exports);
    } catch (error) {
      this.log.warn(`the Git extension cannot be used: ${error instanceof Error ? error.message : error}`);
    }
  }

  all(): readonly GitRepository[] {
    return this.api?.repositories ?? [];
  }

  /** The program that the extension has found. */
  program(): string | undefined {
    return this.api?.git.path;
  }

  /** The innermost repository that holds a file. */
  of(uri: vscode.Uri): GitRepository | undefined {
    return innermost(this.all(), uri);
  }

  /** The URI under which a file is shown as it was in a revision. */
  atRevision(uri: vscode.Uri, revision: string): vscode.Uri | undefined {
    return this.api?.toGitUri(uri, revision);
  }

  dispose(): void {
    this.disconnect();
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private connect(exports: GitExports): void {
    this.disconnect();
    this.api = exports.enabled ? exports.getAPI(1) : undefined;
    const { api } = this;
    if (api !== undefined) {
      for (const repository of api.repositories) this.watch(repository);
      this.listeners = [
        api.onDidOpenRepository((repository) => this.watch(repository)),
        api.onDidCloseRepository((repository) => this.unwatch(repository)),
      ];
    }
    this.changed.fire();
  }

  private disconnect(): void {
    for (const listener of [...this.listeners, ...this.watched.values()]) listener.dispose();
    this.listeners = [];
    this.watched.clear();
    this.api = undefined;
  }

  private watch(repository: GitRepository): void {
    this.watched.get(repository)?.dispose();
    this.watched.set(
      repository,
      repository.state.onDidChange(() => this.changed.fire()),
    );
    this.changed.fire();
  }

  private unwatch(repository: GitRepository): void {
    this.watched.get(repository)?.dispose();
    this.watched.delete(repository);
    this.changed.fire();
  }
}

/** Of nested repositories, as submodules are, the one with the longest path. */
function innermost(repositories: readonly GitRepository[], uri: vscode.Uri): GitRepository | undefined {
  return repositories
    .filter(({ rootUri }) => uri.scheme === rootUri.scheme && isBelow(uri.path, rootUri.path))
    .sort((a, b) => b.rootUri.path.length - a.rootUri.path.length)[0];
}

const isBelow = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
