// Which lines of a file make layers whose price has changed, and what to say of each. Several models of a file often pass
// through one line, each with layers of its own: the line speaks of the model it changes most. Knows nothing of VS Code.

import type { Amounts } from '../../check/amounts';
import type { LayerChange, RootChange } from '../../check/model';
import { layerPath, layerSummary } from '../../check/view';
import { markdown, markdownCode } from '../../report/escape';

export type LineMarkKind = 'down' | 'moved' | 'new' | 'up';

export interface LineMark {
  /** Counts from 0. */
  readonly line: number;
  readonly kind: LineMarkKind;
  /** Markdown. */
  readonly text: string;
}

interface Group {
  readonly line: number;
  readonly root: RootChange;
  readonly layers: readonly LayerChange[];
}

const LISTED = 3;

/** The marks of a file, by line. New models have none: nothing of them was there before. */
export function lineMarks(
  roots: readonly RootChange[],
  file: string,
  base: string,
  amounts: Amounts,
): LineMark[] {
  const groups = roots.flatMap((root) => (root.before && root.after ? groupsOf(root, file) : []));
  const best = new Map<number, Group>();
  for (const group of groups) {
    const other = best.get(group.line);
    if (other === undefined || weight(group) > weight(other)) best.set(group.line, group);
  }
  return [...best.values()]
    .sort((a, b) => a.line - b.line)
    .map((group) => ({
      line: group.line,
      kind: kindOf(group.layers),
      text: textOf(group, base, amounts),
    }));
}

/** Layers of a root by the line of the file that makes them. */
function groupsOf(root: RootChange, file: string): Group[] {
  const lines = new Map<number, LayerChange[]>();
  for (const layer of root.layers) {
    const line = lineOf(layer, file);
    if (line !== undefined && isDifferent(layer)) lines.set(line, [...(lines.get(line) ?? []), layer]);
  }
  return [...lines].map(([line, layers]) => ({ line, root, layers }));
}

/** The innermost line of the file that makes a layer. */
function lineOf({ made }: LayerChange, file: string): number | undefined {
  const place = made.findLast((lines) => lines.side === 'after' && lines.file === file);
  return place && place.first - 1;
}

const deltaOf = ({ before, after }: LayerChange, name: 'fpo' | 'params'): number =>
  (after?.[name] ?? 0) - (before?.[name] ?? 0);

/** What costs the same is no change of price, whatever it is called now. */
const isDifferent = (layer: LayerChange): boolean =>
  deltaOf(layer, 'fpo') !== 0 || deltaOf(layer, 'params') !== 0;

const sum = (layers: readonly LayerChange[], name: 'fpo' | 'params'): number =>
  layers.reduce((total, layer) => total + deltaOf(layer, name), 0);

const weight = ({ layers }: Group): number => Math.abs(sum(layers, 'fpo')) + Math.abs(sum(layers, 'params'));

function kindOf(layers: readonly LayerChange[]): LineMarkKind {
  if (layers.every(({ status }) => status === 'added')) return 'new';
  const deltas = [sum(layers, 'fpo'), sum(layers, 'params')];
  const ups = deltas.filter((delta) => delta > 0).length;
  const downs = deltas.filter((delta) => delta < 0).length;
  return ups > 0 && downs > 0 ? 'moved' : ups > 0 ? 'up' : 'down';
}

function textOf({ root, layers }: Group, base: string, amounts: Amounts): string {
  const id = root.after?.id ?? root.key;
  const rows = layers.slice(0, LISTED).map((layer) => {
    return `- ${markdownCode(layerPath(layer))} ${markdown(layerSummary(layer, amounts))}`;
  });
  const more = layers.length - LISTED;
  return [
    `**Since ${markdown(base)}**, in ${markdownCode(id)}:`,
    '',
    ...rows,
    ...(more > 0 ? [`- and ${amounts.plural(more, 'more layer', 'more layers')}`] : []),
  ].join('\n');
}
