// A class that cannot be built by itself, because nothing in its file says with what, is often part of a model that can:
// then its price is that of its instances there.

import type { RootReport } from '../analysis/file-report';
import type { LayerRow, ModelReport } from '../price/model-report';

/** A class inside a root that was priced. */
export interface PartOfRoot {
  readonly holder: RootReport & { readonly report: ModelReport };
  /** Its instances, those inside another of them left out. */
  readonly rows: readonly LayerRow[];
  readonly count: number;
  readonly params: number;
  readonly fpo: number;
  readonly weightBytes: number;
}

/** Where a root without a price is part of another root with one. */
export function partOfRoot(root: RootReport, roots: readonly RootReport[]): PartOfRoot | undefined {
  const holder = root.report === null && root.within ? roots[root.within.root] : undefined;
  if (!holder?.report) return undefined;
  const { layers } = holder.report;
  const members = new Set(root.within?.layers);
  const rows = [...members]
    .filter((index) => !isInside(index, layers, members))
    .flatMap((index) => layers[index] ?? []);
  const sum = (figure: (row: LayerRow) => number) => rows.reduce((total, row) => total + figure(row), 0);
  if (rows.length === 0) return undefined;
  return {
    holder: { ...holder, report: holder.report },
    rows,
    count: rows.length,
    params: sum(({ params }) => params.total),
    fpo: sum(({ fpo }) => fpo.total),
    weightBytes: sum(({ weightBytes }) => weightBytes),
  };
}

function isInside(index: number, layers: readonly LayerRow[], members: ReadonlySet<number>): boolean {
  for (let at = layers[index]?.parent ?? -1; at >= 0; at = layers[at]?.parent ?? -1)
    if (members.has(at)) return true;
  return false;
}
