// The read-only editor of ONNX files: the report page, in a tab of its own. It is offered beside others, never instead.

import * as vscode from 'vscode';
import { toMarkdown } from '../../report/markdown';
import type { Numbers } from '../../report/numbers';
import { asPanelRequest, type PanelRequest, panelData } from '../../report/panel';
import { pageFolder, panelHtml } from '../panel-html';
import { type GraphContext, GraphDocument } from './document';

export const GRAPH_EDITOR = 'priceTag.onnx';

const SAID_MS = 4000;

export interface GraphEditorOptions extends GraphContext {
  readonly extension: vscode.Uri;
  readonly numbers: Numbers;
}

export class GraphEditor implements vscode.CustomReadonlyEditorProvider<GraphDocument>, vscode.Disposable {
  private readonly registration: vscode.Disposable;
  private active: GraphDocument | undefined;

  constructor(private readonly options: GraphEditorOptions) {
    this.registration = vscode.window.registerCustomEditorProvider(GRAPH_EDITOR, this, {
      supportsMultipleEditorsPerDocument: true,
    });
  }

  openCustomDocument(uri: vscode.Uri): GraphDocument {
    return new GraphDocument(uri, this.options);
  }

  resolveCustomEditor(document: GraphDocument, panel: vscode.WebviewPanel): void {
    const { extension, log } = this.options;
    const post = () => this.post(document, panel.webview);
    const subscription = document.onDidChange(post);
    panel.webview.options = { enableScripts: true, localResourceRoots: [pageFolder(extension)] };
    panel.webview.html = panelHtml(panel.webview, extension);
    panel.webview.onDidReceiveMessage((message: unknown) => {
      const request = asPanelRequest(message);
      if (request === undefined)
        log.warn(`the page of a graph sent ${JSON.stringify(message)?.slice(0, 200)}`);
      else this.answer(request, document, post);
    });
    this.follow(document, panel);
    panel.onDidDispose(() => subscription.dispose());
  }

  /** Puts the price tag of the editor that has the focus on the clipboard; false where none has. */
  copyActive(): boolean {
    if (this.active) void copy(this.active);
    return this.active !== undefined;
  }

  dispose(): void {
    this.registration.dispose();
    this.options.client.dispose();
  }

  private follow(document: GraphDocument, panel: vscode.WebviewPanel): void {
    const update = (active: boolean) => {
      if (active) this.active = document;
      else if (this.active === document) this.active = undefined;
    };
    update(panel.active);
    panel.onDidChangeViewState(() => update(panel.active));
    panel.onDidDispose(() => update(false));
  }

  /** Sends what there is; before the first report the page goes on saying that it is pricing. */
  private post({ root, uri }: GraphDocument, webview: vscode.Webview): void {
    if (root === undefined) return;
    const data = panelData([root], root.id, {
      numbers: this.options.numbers,
      locale: vscode.env.language,
      file: vscode.workspace.asRelativePath(uri),
      place: () => '',
      site: () => '',
      stale: () => false,
    });
    void webview.postMessage({ type: 'data', data });
  }

  private answer(request: PanelRequest, document: GraphDocument, post: () => void): void {
    if (request.type === 'ready') post();
    else if (request.type === 'knob') document.setKnob(request.name, request.value ?? undefined);
    else if (request.type === 'copy') void copy(document);
  }
}

async function copy({ root }: GraphDocument): Promise<void> {
  const report = root?.report;
  if (!report) return say(vscode.l10n.t('There is no price tag to copy.'));
  await vscode.env.clipboard.writeText(toMarkdown(report, {}));
  say(vscode.l10n.t('The price tag of {0} is on the clipboard.', report.name));
}

const say = (text: string): void => {
  vscode.window.setStatusBarMessage(text, SAID_MS);
};
