// An ONNX file that is open: prices it in a worker, again whenever the file or a knob changes. Files on the disk are opened
// there by their path and read in ranges; of other file systems only whole files can be had, up to a size that is told.

import * as vscode from 'vscode';
import type { RootReport } from '../../analysis/file-report';
import type { AnalysisClient } from '../analysis-client';
import { readSettings } from '../settings';
import { nameOf } from '../sources';

/** Larger files are not read whole into memory. */
const WHOLE_LIMIT = 256 * 1024 * 1024;
/** A file that is being written changes many times. */
const SETTLE_MS = 300;

export interface GraphContext {
  readonly client: AnalysisClient;
  readonly log: vscode.LogOutputChannel;
}

export class GraphDocument implements vscode.CustomDocument {
  private readonly changed = new vscode.EventEmitter<void>();
  /** There is something new to show. */
  readonly onDidChange = this.changed.event;
  private readonly knobs = new Map<string, number>();
  private readonly watcher: vscode.FileSystemWatcher;
  private timer: NodeJS.Timeout | undefined;
  private version = 1;
  private bytes: Uint8Array | undefined;
  private shown: RootReport | undefined;

  constructor(
    readonly uri: vscode.Uri,
    private readonly context: GraphContext,
  ) {
    const folder = vscode.Uri.joinPath(uri, '..');
    const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
    this.watcher = vscode.workspace.createFileSystemWatcher(
      new vscode.RelativePattern(folder, name.replace(/[*?{}[\]]/g, '?')),
    );
    this.watcher.onDidChange(() => this.fileChanged());
    this.watcher.onDidCreate(() => this.fileChanged());
    this.watcher.onDidDelete(() => this.fileChanged());
    this.price();
  }

  /** The file as the only root of itself, with its last report; undefined before the first has come. */
  get root(): RootReport | undefined {
    return this.shown;
  }

  /** Prices the graph with another value of a knob; undefined takes what is assumed. */
  setKnob(name: string, value: number | undefined): void {
    if (value === undefined) this.knobs.delete(name);
    else this.knobs.set(name, value);
    this.price();
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.watcher.dispose();
    this.changed.dispose();
  }

  private fileChanged(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.version++;
      this.bytes = undefined;
      this.price();
    }, SETTLE_MS);
  }

  private price(): void {
    this.priced().then(
      (root) => {
        if (root === undefined) return;
        this.shown = root;
        this.changed.fire();
      },
      (error) => this.context.log.error(`${this.uri}: ${error}`),
    );
  }

  private async priced(): Promise<RootReport | undefined> {
    const { uri, version } = this;
    const isLocal = uri.scheme === 'file';
    if (!isLocal) {
      const problem = await this.fetch();
      if (problem !== undefined) return this.unpriced(problem);
    }
    const report = await this.context.client.analyse({
      key: uri.toString(),
      uri: nameOf(uri),
      version,
      text: '',
      inputs: {},
      unsaved: {},
      searchPaths: [],
      limits: readSettings(uri).limits,
      graph: { ...(!isLocal && this.bytes && { bytes: this.bytes }), knobs: Object.fromEntries(this.knobs) },
    });
    this.context.log.debug(`${uri}, version ${version}: ${report?.milliseconds} ms`);
    return report && (report.roots[0] ?? this.unpriced(report.problems[0]?.message ?? ''));
  }

  /** Reads the whole file; gives the sentence that says why it could not be. */
  private async fetch(): Promise<string | undefined> {
    if (this.bytes) return undefined;
    try {
      const { size } = await vscode.workspace.fs.stat(this.uri);
      if (size > WHOLE_LIMIT) return tooLarge(size);
      this.bytes = shared(await vscode.workspace.fs.readFile(this.uri));
      return undefined;
    } catch (error) {
      return vscode.l10n.t(
        'This file cannot be read: {0}',
        error instanceof Error ? error.message : String(error),
      );
    }
  }

  private unpriced(message: string): RootReport {
    const nowhere = { start: 0, end: 0 };
    return {
      id: this.uri.path.slice(this.uri.path.lastIndexOf('/') + 1),
      kind: 'file',
      expression: '',
      range: nowhere,
      extent: nowhere,
      report: null,
      problem: { message, stack: [] },
      input: null,
      broken: false,
    };
  }
}

function tooLarge(size: number): string {
  const mebibytes = (bytes: number) => `${Math.ceil(bytes / 2 ** 20)} MiB`;
  return vscode.l10n.t(
    'This file has {0}; where it lies, only whole files can be read, up to {1}. Save it to a local disk and open it there: then any size is read.',
    mebibytes(size),
    mebibytes(WHOLE_LIMIT),
  );
}

/** Bytes that reach the worker without being copied again each time a knob changes. */
function shared(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(new SharedArrayBuffer(bytes.length));
  copy.set(bytes);
  return copy;
}
