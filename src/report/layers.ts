// The layer tree as views want it: names, children, and the layers that cost most.

import type { LayerRow, ModelReport } from '../price/model-report';

/** The last part of a path: `conv1` of `layer1.0.conv1`; the model's name for the root. */
export const lastName = ({ path }: LayerRow, model: string): string =>
  path === '' ? model : path.slice(path.lastIndexOf('.') + 1);

/** The rows directly below the root; where there is only one, those below it, and so on. */
export function mainParts(layers: readonly LayerRow[], parent = 0): LayerRow[] {
  const below = layers.flatMap((row, index) => (row.parent === parent ? [index] : []));
  const [only] = below;
  const deeper = below.length === 1 && only !== undefined ? mainParts(layers, only) : [];
  return deeper.length > 0 ? deeper : below.flatMap((index) => layers[index] ?? []);
}

/** The rows with most FPO of their own, falling back to parameters where nothing was run. */
export function largest(report: ModelReport, most: number): LayerRow[] {
  const weight = ({ ownFpo, ownParams }: LayerRow) => (report.fpo === null ? ownParams.total : ownFpo.total);
  return report.layers
    .filter((row) => weight(row) > 0)
    .sort((a, b) => weight(b) - weight(a))
    .slice(0, most);
}
