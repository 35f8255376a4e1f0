// What the page shows of a graph beyond what it shows of every model: its nodes as they are in the report. Columns travel as
// they are, and the page formats the rows that are on the screen, because a graph may have 100,000 of them.

import type { ModelReport, NodeTable } from '../price/model-report';

export interface PanelGraph {
  /** Locale to format figures in. */
  readonly locale: string;
  readonly nodes: NodeTable;
  /** FPO of the model, which shares are parts of; null where they are not known. */
  readonly total: number | null;
}

/** Whether a report is of a graph, and not of code. Its nodes are not made for that. */
export const isOfGraph = (report: ModelReport): boolean => 'nodes' in report;

/** The graph of a report; undefined where it is that of code. */
export const panelGraph = ({ nodes, fpo }: ModelReport, locale = 'en-US'): PanelGraph | undefined =>
  nodes && { locale, nodes, total: fpo?.total ?? null };

/** The row that a place in a graph's file stands for: there, positions count nodes, and no range is the file itself. */
export const nodeOfSite = (site: { readonly start: number; readonly end: number } | undefined) =>
  site && site.end > site.start ? site.start : undefined;

/** What a node is called: its name, else what it makes. */
export function nodeTitle({ name, outputs, operators, operator }: NodeTable, row: number): string {
  const made = outputs[row]?.find((output) => output !== '');
  return name[row] || made || (operators[operator[row] ?? -1] ?? '');
}
