// The last report of each open file and where its figures are in the text as it is now. Every view of the editor is a
// look-up here. Documents are analysed when something shows them and again a moment after each change; until the new
// report has come, the old figures stay where they are.

import * as vscode from 'vscode';
import type { InputSource, Mark } from '../analysis/file-report';
import type { Range, Site } from '../base/site';
import type { AnalysisClient } from './analysis-client';
import { EditLog } from './edits';
import type { InputStore } from './inputs';
import type { JudgedReport } from './protocol';
import type { SearchPaths } from './search-paths';
import { onSettings, readSettings } from './settings';
import { merge, type Shown, type ShownRoot } from './shown';
import { type Layout, type Place, placeOf, type Snapshot } from './snapshot';
import { isPriced, keyOf, notebookOf, openDocument, snapshotOf, unsavedTexts } from './sources';
import { Typing } from './typing';

/** What a document shows: roots of its file, and the marks that lie in this document, with ranges as they are now. */
export interface DocumentView {
  readonly key: string;
  readonly roots: readonly ShownRoot[];
  /** Where a root is defined in this document; roots of other cells have none. */
  readonly places: ReadonlyMap<ShownRoot, { readonly name: Range; readonly extent: Range }>;
  readonly marks: readonly Mark[];
}

interface State {
  /** Counts the texts that were sent: what the analysis knows as the version. */
  version: number;
  /** What is being analysed or was last. */
  requested: Snapshot | undefined;
  shown: Shown | undefined;
  /** The report as it came, where older figures are shown because a line was still being typed. */
  unsettled: JudgedReport | undefined;
  timer: NodeJS.Timeout | undefined;
  /** Runs while the file is analysed; has run out where `slow`. */
  patience: NodeJS.Timeout | undefined;
  slow: boolean;
}

/** What the store works with. */
export interface ReportsContext {
  readonly client: AnalysisClient;
  readonly inputs: InputStore;
  readonly searchPaths: SearchPaths;
  readonly log: vscode.LogOutputChannel;
}

const TYPING_MS = 200;
const SLOW_MS = 800;

export class Reports implements vscode.Disposable {
  private readonly states = new Map<string, State>();
  private readonly edits = new EditLog();
  private readonly typing = new Typing();
  private readonly changed = new vscode.EventEmitter<string>();
  /** The key of a file of which something new is to be shown. */
  readonly onDidChange = this.changed.event;
  private readonly priced = new vscode.EventEmitter<{ readonly name: string; readonly times: number }>();
  /** A report has come: the file's name and how many of its texts have been analysed. */
  readonly onDidPrice = this.priced.event;
  private readonly subscriptions: readonly vscode.Disposable[];

  constructor(private readonly context: ReportsContext) {
    const { workspace, window } = vscode;
    this.subscriptions = [
      this.changed,
      this.priced,
      workspace.onDidChangeTextDocument((event) => this.edited(event)),
      workspace.onDidChangeNotebookDocument(({ notebook }) => this.again(notebook.uri.toString())),
      workspace.onDidCloseTextDocument((document) => this.closed(document)),
      workspace.onDidCloseNotebookDocument(({ uri }) => this.forget(uri.toString())),
      workspace.onDidSaveTextDocument((document) => this.saved(document)),
      window.onDidChangeTextEditorSelection((event) => this.settle(event)),
      window.onDidChangeVisibleTextEditors((editors) => this.wantAll(editors)),
      context.inputs.onDidChange((key) => this.again(key, 0)),
      onSettings((event) => this.settingsChanged(event)),
    ];
    this.wantAll(window.visibleTextEditors);
  }

  /** What a document shows now; the analysis is started where there is none yet. */
  view(document: vscode.TextDocument): DocumentView | undefined {
    if (!isPriced(document)) return undefined;
    this.want(document);
    const shown = this.states.get(keyOf(document))?.shown;
    return shown && this.project(shown, document);
  }

  /** The last report of a file. */
  shown(key: string): Shown | undefined {
    return this.states.get(key)?.shown;
  }

  /** Whether a file has been being analysed for a while. */
  isSlow(key: string): boolean {
    return this.states.get(key)?.slow ?? false;
  }

  /** Starts the analysis of a document that has not been analysed yet. */
  want(document: vscode.TextDocument): void {
    const key = keyOf(document);
    if (!isPriced(document) || this.states.has(key)) return;
    this.states.set(key, {
      version: 0,
      requested: undefined,
      shown: undefined,
      unsettled: undefined,
      timer: undefined,
      patience: undefined,
      slow: false,
    });
    this.again(key, 0);
  }

  /** The last report of a file, or the first as soon as it has come; undefined for files that are not open. */
  ready(key: string): Promise<Shown | undefined> {
    const state = this.states.get(key);
    if (state === undefined || state.shown !== undefined) return Promise.resolve(state?.shown);
    return new Promise((done) => {
      const subscription = this.onDidChange((changed) => {
        if (changed !== key || (this.states.has(key) && this.shown(key) === undefined)) return;
        subscription.dispose();
        done(this.shown(key));
      });
    });
  }

  /** Analyses every open file again: something has changed that they all depend on. */
  refresh(): void {
    for (const key of this.states.keys()) this.again(key, TYPING_MS, true);
  }

  /** Where a root of a file is defined now. */
  placeOf(key: string, root: ShownRoot): Place | undefined {
    const shown = this.shown(key);
    return shown && this.locate(root.range, shown.snapshot);
  }

  /** Where a range of an analysed text is now. */
  locate(range: Range, layout: Layout): Place | undefined {
    return placeOf(range, layout, this.edits);
  }

  /** Where the site of a root is now, if it lies in the root's own file. */
  locateSite(site: Site, root: ShownRoot): Place | undefined {
    return site.file === root.origin.name ? this.locate(site, root.origin) : undefined;
  }

  /** Where the input of a root was found. */
  locateInput({ range }: InputSource, root: ShownRoot): Place | undefined {
    return range && this.locate(range, root.origin);
  }

  dispose(): void {
    for (const state of this.states.values()) this.stop(state);
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private wantAll(editors: readonly vscode.TextEditor[]): void {
    for (const { document } of editors) this.want(document);
  }

  private edited({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    if (!isPriced(document) || contentChanges.length === 0) return;
    const key = keyOf(document);
    if (!this.states.has(key)) return;
    this.typing.edited(document, contentChanges);
    const { version } = document;
    this.edits.record(
      document.uri.toString(),
      contentChanges.map(({ rangeOffset: start, rangeLength: removed, text }) => ({
        start,
        removed,
        added: text.length,
        version,
      })),
    );
    this.again(key);
  }

  /** A saved module may be imported by what is on the screen. */
  private saved(document: vscode.TextDocument): void {
    if (!isPriced(document)) return;
    const visible = new Set(vscode.window.visibleTextEditors.map((editor) => keyOf(editor.document)));
    visible.delete(keyOf(document));
    for (const key of visible) if (this.states.has(key)) this.again(key, TYPING_MS, true);
  }

  private settingsChanged(event: vscode.ConfigurationChangeEvent): void {
    const { searchPaths } = this.context;
    searchPaths.forget();
    const matters = ['priceTag.limits', 'priceTag.searchPaths'].some((name) =>
      event.affectsConfiguration(name),
    );
    for (const key of this.states.keys()) {
      if (matters) this.again(key, 0, true);
      this.changed.fire(key);
    }
  }

  private closed(document: vscode.TextDocument): void {
    if (notebookOf(document) === undefined) this.forget(document.uri.toString());
  }

  private forget(key: string): void {
    const state = this.states.get(key);
    if (state === undefined) return;
    this.stop(state);
    this.states.delete(key);
    for (const { uri } of state.requested?.parts ?? []) this.edits.forget(uri);
    this.changed.fire(key);
  }

  private stop(state: State): void {
    clearTimeout(state.timer);
    this.endPatience(state);
  }

  /** Analyses a file in a moment; one that has not changed only where `same` says so. */
  private again(key: string, delay = TYPING_MS, same = delay === 0): void {
    const state = this.states.get(key);
    if (state === undefined) return;
    clearTimeout(state.timer);
    state.timer = setTimeout(() => {
      this.analyse(key, state, same).catch((error) => this.context.log.error(String(error)));
    }, delay);
  }

  private async analyse(key: string, state: State, same: boolean): Promise<void> {
    const document = documentOf(key);
    if (document === undefined) return;
    const snapshot = snapshotOf(document);
    if (!same && state.requested !== undefined && isSame(snapshot, state.requested)) return;
    state.requested = snapshot;
    state.version++;
    this.startPatience(key, state);
    const current = () => this.states.get(key) === state && state.requested === snapshot;
    const job = await this.job(document, snapshot, state.version);
    const report = current() ? await this.context.client.analyse(job) : undefined;
    if (report === undefined || !current()) return;
    this.show(state, report, snapshot);
    this.context.log.debug(
      `${snapshot.name}, text ${state.version}: ${report.roots.length} roots in ${report.milliseconds} ms`,
    );
    for (const { message } of report.problems) this.context.log.warn(`${snapshot.name}: ${message}`);
    this.endPatience(state);
    this.changed.fire(key);
    this.priced.fire({ name: snapshot.name, times: state.version });
  }

  private show(state: State, report: JudgedReport, snapshot: Snapshot): void {
    const typing = this.typing.isGoingOn();
    state.shown = merge(state.shown, report, snapshot, this.edits, typing);
    state.unsettled = typing && state.shown.roots.some(({ stale }) => stale) ? report : undefined;
    this.forgetEdits(state.shown);
  }

  /** The cursor has left the line: what it means to the figures is shown as it is. */
  private settle({ textEditor }: vscode.TextEditorSelectionChangeEvent): void {
    const key = keyOf(textEditor.document);
    const state = this.states.get(key);
    if (!state?.unsettled || !state.shown || this.typing.isGoingOn()) return;
    this.show(state, state.unsettled, state.shown.snapshot);
    this.changed.fire(key);
  }

  private async job(document: vscode.TextDocument, snapshot: Snapshot, version: number) {
    const { uri } = notebookOf(document) ?? document;
    const { searchPaths, limits } = readSettings(uri);
    return {
      key: snapshot.key,
      uri: snapshot.name,
      version,
      text: snapshot.text,
      inputs: this.context.inputs.of(snapshot.key),
      unsaved: unsavedTexts(),
      searchPaths: await this.context.searchPaths.of(uri, searchPaths),
      limits,
    };
  }

  private startPatience(key: string, state: State): void {
    clearTimeout(state.patience);
    state.patience = setTimeout(() => {
      state.slow = true;
      this.changed.fire(key);
    }, SLOW_MS);
  }

  private endPatience(state: State): void {
    clearTimeout(state.patience);
    state.slow = false;
  }

  /** Edits are kept as long as some figure speaks of the text before them. */
  private forgetEdits({ snapshot, roots }: Shown): void {
    if (roots.some(({ stale }) => stale)) return;
    for (const { uri, version } of snapshot.parts) this.edits.forget(uri, version);
  }

  private project({ snapshot, roots, marks }: Shown, document: vscode.TextDocument): DocumentView {
    const uri = document.uri.toString();
    const here = (range: Range) => {
      const place = this.locate(range, snapshot);
      return place?.uri === uri ? place.range : undefined;
    };
    const places = new Map(
      roots.flatMap((root) => {
        const name = here(root.range);
        return name ? [[root, { name, extent: here(root.extent) ?? name }] as const] : [];
      }),
    );
    const present = marks.flatMap((mark) => {
      const range = here(mark.range);
      return range ? [{ ...mark, range }] : [];
    });
    return { key: snapshot.key, roots, places, marks: present };
  }
}

/** An open document of a file: the document itself, or a cell of the notebook. */
function documentOf(key: string): vscode.TextDocument | undefined {
  const notebook = vscode.workspace.notebookDocuments.find(({ uri }) => uri.toString() === key);
  return notebook
    ? notebook.getCells().find(({ document }) => isPriced(document))?.document
    : openDocument(key);
}

/** Whether two texts are made of the same documents in the same versions. */
const isSame = (a: Layout, b: Layout): boolean =>
  a.parts.length === b.parts.length &&
  a.parts.every(({ uri, version }, at) => uri === b.parts[at]?.uri && version === b.parts[at]?.version);
