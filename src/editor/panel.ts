// The report page: one panel beside the editor that shows the price tag and the layer tree of a root, follows its file
// as it changes, and takes the user to the lines. The page gets plain data and is not trusted: its messages are checked.

import * as vscode from 'vscode';
import type { Site } from '../base/site';
import type { Numbers } from '../report/numbers';
import {
  asPanelRequest,
  type PanelContext,
  type PanelRequest,
  panelData,
  selectedRoot,
} from '../report/panel';
import type { CheckViews } from './check';
import { COPY_MARKDOWN, SET_INPUT } from './command-ids';
import { pageFolder, pageIcon, panelHtml } from './panel-html';
import type { Reports } from './reports';
import { bestSite, revealPlace, revealSite, siteWords } from './reveal';
import type { ShownRoot } from './shown';
import { openDocument, placeWords } from './sources';
import type { Aim } from './targets';

export const VIEW_TYPE = 'priceTag.report';

export interface PanelOptions {
  readonly extension: vscode.Uri;
  readonly reports: Reports;
  readonly numbers: Numbers;
  readonly log: vscode.LogOutputChannel;
  /** What a model cost in the past, and word when more is known of a file. */
  readonly past: Pick<CheckViews, 'onDidChangePast' | 'pastOf'>;
}

export class ReportPanel implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private aim: Aim | undefined;
  private readonly subscription: vscode.Disposable;

  constructor(private readonly options: PanelOptions) {
    const update = (key: string) => {
      if (key === this.aim?.key) this.post();
    };
    this.subscription = vscode.Disposable.from(
      options.reports.onDidChange(update),
      options.past.onDidChangePast(update),
    );
  }

  /** What the page shows, while it has the focus. */
  active(): Aim | undefined {
    return this.panel?.active ? this.aim : undefined;
  }

  /** Opens the page, or turns it to another root. */
  show(aim: Aim): void {
    this.aim = aim;
    this.panel ??= this.create();
    this.panel.reveal(undefined, true);
    this.post();
  }

  dispose(): void {
    this.subscription.dispose();
    this.panel?.dispose();
  }

  private create(): vscode.WebviewPanel {
    const { extension, log } = this.options;
    const panel = vscode.window.createWebviewPanel(
      VIEW_TYPE,
      'Price Tag',
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      { enableScripts: true, localResourceRoots: [pageFolder(extension)] },
    );
    panel.iconPath = pageIcon(extension);
    panel.webview.html = panelHtml(panel.webview, extension);
    panel.onDidDispose(() => {
      this.panel = undefined;
    });
    panel.webview.onDidReceiveMessage((message: unknown) => {
      const request = asPanelRequest(message);
      if (request === undefined) log.warn(`the report page sent ${JSON.stringify(message)?.slice(0, 200)}`);
      else this.answer(request).catch((error) => log.error(String(error)));
    });
    return panel;
  }

  private root(): ShownRoot | undefined {
    const { aim } = this;
    return aim && selectedRoot(this.options.reports.shown(aim.key)?.roots ?? [], aim.root);
  }

  /** Sends what there is; before the first report the page goes on saying that it is pricing. */
  private post(): void {
    const { panel, aim } = this;
    const { reports } = this.options;
    if (panel === undefined || aim === undefined) return;
    const shown = reports.shown(aim.key);
    const root = this.root();
    panel.title = root === undefined ? 'Price Tag' : `Price Tag: ${root.report?.name ?? root.id}`;
    if (shown === undefined) return;
    const data = panelData(shown.roots, aim.root, this.context(aim.key, root));
    const problem = shown.problems.map(({ message }) => message).join(' ');
    const message = problem === '' ? data.message : problem;
    void panel.webview.postMessage({ type: 'data', data: { ...data, message } });
  }

  private context(key: string, root: ShownRoot | undefined): PanelContext {
    const { numbers, reports } = this.options;
    const uri = vscode.Uri.parse(key);
    return {
      numbers,
      file: uri.path.slice(uri.path.lastIndexOf('/') + 1),
      place: (range) => {
        const place = root && reports.locate(range, root.origin);
        const document = place && openDocument(place.uri);
        return place && document ? placeWords(document, place.range.start) : '';
      },
      site: (site) => (root ? siteWords(site, root, reports) : ''),
      stale: (each) => 'stale' in each && each.stale === true,
      past: (each) => this.options.past.pastOf(uri, each),
    };
  }

  private async answer(request: PanelRequest): Promise<void> {
    const root = this.root();
    const { aim } = this;
    if (aim === undefined) return;
    if (request.type === 'ready') return this.post();
    if (request.type === 'select') return this.show({ ...aim, root: request.root });
    if (root === undefined) return;
    switch (request.type) {
      case 'setInput':
        return vscode.commands.executeCommand(SET_INPUT, aim.key, root.id);
      case 'copy':
        return vscode.commands.executeCommand(COPY_MARKDOWN, aim.key, root.id);
      case 'reveal':
        return this.reveal(root, root.report?.layers[request.layer]?.[request.where] ?? [], request.focus);
      case 'place':
        return this.goTo(root, request);
    }
  }

  private async reveal(root: ShownRoot, stack: readonly Site[], focus: boolean): Promise<void> {
    const site = bestSite(stack, root);
    if (site !== undefined) await revealSite(site, root, this.options.reports, focus);
  }

  /** Goes to where a gap is, or where a knob or the input comes from. */
  private async goTo(
    root: ShownRoot,
    { of, index }: Extract<PanelRequest, { type: 'place' }>,
  ): Promise<void> {
    const { report, input } = root;
    if (of === 'gap') return this.reveal(root, report?.gaps[index]?.stack ?? [], true);
    const site = of === 'knob' ? report?.knobs[index]?.site : undefined;
    if (site !== undefined) return this.reveal(root, [site], true);
    const place = of === 'input' && input ? this.options.reports.locateInput(input, root) : undefined;
    if (place !== undefined) await revealPlace(place, true);
  }
}
