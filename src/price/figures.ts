// The figures of a report that can be compared and that budgets can be set on, each by one name. A new figure is a row.

import type { Fpo, ModelReport } from './model-report';

export type FigureUnit = 'bytes' | 'count' | 'fpo' | 'macs';

/** What a figure is less than exact by: `weights` where only the weights decide it, `run` where the whole run does. */
export type FigureBasis = 'run' | 'weights';

interface FigureRow {
  readonly words: string;
  readonly unit: FigureUnit;
  readonly basis: FigureBasis;
  readonly of: (report: ModelReport) => number | null;
}

const half = (fpo: Fpo | null): number | null => (fpo === null ? null : fpo.contraction / 2);

export const FIGURES = {
  buffers: { words: 'buffer elements', unit: 'count', basis: 'weights', of: ({ buffers }) => buffers },
  contraction: {
    words: 'contraction FPO',
    unit: 'fpo',
    basis: 'run',
    of: ({ fpo }) => fpo?.contraction ?? null,
  },
  fpo: { words: 'FPO', unit: 'fpo', basis: 'run', of: ({ fpo }) => fpo?.total ?? null },
  macs: { words: 'MACs', unit: 'macs', basis: 'run', of: ({ fpo }) => half(fpo) },
  memory: {
    words: 'peak memory in inference',
    unit: 'bytes',
    basis: 'run',
    of: ({ memory }) => memory.inferencePeak,
  },
  params: { words: 'parameters', unit: 'count', basis: 'weights', of: ({ params }) => params.total },
  trainable: {
    words: 'trainable parameters',
    unit: 'count',
    basis: 'weights',
    of: ({ params }) => params.trainable,
  },
  trainingFpo: {
    words: 'FPO of a training step',
    unit: 'fpo',
    basis: 'run',
    of: ({ training }) => training.fpo?.total ?? null,
  },
  weights: { words: 'bytes of weights', unit: 'bytes', basis: 'weights', of: ({ memory }) => memory.weights },
} as const satisfies Readonly<Record<string, FigureRow>>;

export type FigureName = keyof typeof FIGURES;

export const FIGURE_NAMES = Object.keys(FIGURES) as readonly FigureName[];

export const isFigure = (name: string): name is FigureName => Object.hasOwn(FIGURES, name);

/** Figures by name; null where one is not known. */
export type Figures = Readonly<Record<FigureName, number | null>>;

export const figuresOf = (report: ModelReport): Figures => everyFigure((name) => FIGURES[name].of(report));

/** A record with something for every figure. */
export const everyFigure = <T>(of: (name: FigureName) => T): Record<FigureName, T> =>
  Object.fromEntries(FIGURE_NAMES.map((name) => [name, of(name)])) as Record<FigureName, T>;
