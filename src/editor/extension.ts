// The extension's entry: makes the parts and hands each to VS Code. Everything that lives as long as the extension is
// in the context's subscriptions; there is no state beside it.

import * as vscode from 'vscode';
import { createNumbers } from '../report/numbers';
import { AnalysisClient } from './analysis-client';
import { activateChecks } from './check';
import { PriceLenses } from './code-lens';
import { COPY_MARKDOWN, SET_INPUT, SHOW_GRAPH, SHOW_LOG, SHOW_REPORT } from './command-ids';
import { copyMarkdown } from './commands/copy-markdown';
import { setInput } from './commands/set-input';
import { showReport } from './commands/show-report';
import { PriceHovers } from './hover';
import { PriceHints } from './inlay-hints';
import { InputStore } from './inputs';
import { GraphEditor } from './onnx/editor';
import { ReportPanel } from './panel';
import type { WorkerData } from './protocol';
import { Reports } from './reports';
import { SearchPaths } from './search-paths';
import { readSettings } from './settings';
import { SELECTOR } from './sources';
import { spawnWorker } from './spawn-worker';
import { StatusBar } from './status-bar';
import { Targets } from './targets';

const GRACE_MS = 2000;

/** What other extensions, and the tests, may use. */
export interface PriceTagApi {
  /** A file has been priced: its name as the analysis knows it, and how often that has happened. */
  readonly onDidPrice: Reports['onDidPrice'];
}

export function activate(context: vscode.ExtensionContext): PriceTagApi {
  const log = vscode.window.createOutputChannel('Price Tag', { log: true });
  const numbers = createNumbers(vscode.env.language);
  const newClient = () =>
    new AnalysisClient({
      spawn: (cancelled) =>
        spawnWorker(
          context.asAbsolutePath('dist/worker.cjs'),
          { cancelled } satisfies WorkerData,
          readSettings().memory,
        ),
      log: (message) => log.warn(message),
      graceMs: GRACE_MS,
    });
  const client = newClient();
  const inputs = new InputStore(context.workspaceState);
  const searchPaths = new SearchPaths();
  const reports = new Reports({ client, inputs, searchPaths, log });
  const past = activateChecks({ context, reports, inputs, searchPaths, numbers, log });
  const panel = new ReportPanel({ extension: context.extensionUri, reports, numbers, log, past });
  // graphs have a worker of their own: a large one keeps no Python file waiting, nor the other way round
  const graphs = new GraphEditor({ extension: context.extensionUri, client: newClient(), numbers, log });
  const targets = new Targets(reports, numbers, () => panel.active());
  const lenses = new PriceLenses(reports, numbers);
  const hovers = new PriceHovers(reports, numbers, past.pastOf);
  const hints = new PriceHints(reports, hovers, numbers);
  const { languages, commands } = vscode;
  context.subscriptions.push(
    ...[log, client, inputs, reports, panel, graphs, lenses, hints, new StatusBar(reports, targets, numbers)],
    languages.registerCodeLensProvider(SELECTOR, lenses),
    languages.registerHoverProvider(SELECTOR, hovers),
    languages.registerInlayHintsProvider(SELECTOR, hints),
    commands.registerCommand(SHOW_REPORT, showReport(targets, panel)),
    commands.registerCommand(COPY_MARKDOWN, copyMarkdown(targets, graphs)),
    commands.registerCommand(SET_INPUT, setInput({ targets, inputs, reports })),
    commands.registerCommand(SHOW_GRAPH, showReport(targets, panel)),
    commands.registerCommand(SHOW_LOG, () => log.show(true)),
  );
  return { onDidPrice: reports.onDidPrice };
}
