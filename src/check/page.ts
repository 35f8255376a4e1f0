// What the page of changes shows, as plain data: the editor makes it, the page draws it and asks back in messages, which
// are checked here because the page is not trusted. Everything is text already: the page formats nothing.

import type { Numbers } from '../report/numbers';
import type { BudgetVerdict, CheckReport, LayerChange, Lines, RootChange } from './model';
import {
  type Direction,
  difference,
  type FigureChange,
  figureChanges,
  figureLabel,
  figureValue,
  layerArguments,
  layerPath,
  MAIN_FIGURES,
  rootDirection,
  rootFile,
  rootTitle,
} from './view';

export interface PageChange {
  readonly text: string;
  readonly direction: Direction;
}

export interface PageLayer {
  readonly status: LayerChange['status'];
  readonly path: string;
  readonly className: string;
  readonly arguments: string;
  readonly params: PageChange;
  readonly fpo: PageChange;
  /** `net.py:88`; empty where there is no place to go to. */
  readonly place: string;
}

export interface PageVerdict {
  readonly outcome: BudgetVerdict['outcome'];
  readonly sentence: string;
  readonly label: string;
  /** `26.8 M of 26M` */
  readonly text: string;
  /** The figure over its limit; null where either is not known. */
  readonly ratio: number | null;
}

export interface PageRoot {
  readonly key: string;
  readonly title: string;
  readonly file: string;
  readonly status: RootChange['status'];
  readonly direction: Direction;
  /** The three of the price tag. */
  readonly main: readonly FigureChange[];
  /** All others that are known. */
  readonly others: readonly FigureChange[];
  readonly verdicts: readonly PageVerdict[];
  readonly layers: readonly PageLayer[];
  readonly notes: readonly string[];
  readonly caveats: readonly string[];
}

export interface PageData {
  /** `the working tree against HEAD (1a2b3c4)`; empty before the first result. */
  readonly compared: string;
  readonly isRunning: boolean;
  /** Why there is no result, or what else is to be known. */
  readonly warnings: readonly string[];
  readonly notes: readonly string[];
  /** What is to be said of all budgets together; empty where there are none. */
  readonly verdict: string;
  readonly outcome: BudgetVerdict['outcome'];
  readonly roots: readonly PageRoot[];
}

/** What the page asks of the editor; `part` is the index of a layer or of a budget. */
export type PageRequest =
  | { readonly type: 'check' | 'copy' | 'message' | 'ready' }
  | {
      readonly type: 'open';
      readonly key: string;
      readonly of: 'budget' | 'layer' | 'root';
      readonly part: number;
    };

/** The page's data of a report. */
export function pageData(report: CheckReport, numbers: Numbers): Omit<PageData, 'isRunning'> {
  const { base, head, problems, notes, outcome, roots } = report;
  return {
    compared: `${head.words} against ${base.words}`,
    warnings: problems.map(({ line, message }) => `price-tag.json, line ${line}: ${message}`),
    notes,
    verdict: verdictWords(report, numbers),
    outcome,
    roots: roots.map((root) => pageRoot(root, numbers)),
  };
}

function verdictWords({ roots }: CheckReport, numbers: Numbers): string {
  const verdicts = roots.flatMap((root) => root.verdicts);
  const count = (outcome: BudgetVerdict['outcome']) =>
    verdicts.filter((each) => each.outcome === outcome).length;
  const [broken, uncertain] = [count('broken'), count('uncertain')];
  if (broken > 0) return `${numbers.plural(broken, 'budget')} ${broken === 1 ? 'does' : 'do'} not hold`;
  if (uncertain > 0) return `${numbers.plural(uncertain, 'budget')} cannot be judged`;
  return verdicts.length > 0 ? 'All budgets of these models hold' : '';
}

function pageRoot(root: RootChange, numbers: Numbers): PageRoot {
  const figures = figureChanges(root, numbers).filter(({ before, after }) => before + after !== '');
  const state = root.after ?? root.before;
  return {
    key: root.key,
    title: rootTitle(root),
    file: rootFile(root),
    status: root.status,
    direction: rootDirection({
      before: root.before?.figures ?? null,
      after: root.after?.figures ?? null,
    }),
    main: figures.filter(({ name }) => MAIN_FIGURES.includes(name)),
    others: figures.filter(({ name }) => !MAIN_FIGURES.includes(name)),
    verdicts: root.verdicts.map((verdict) => pageVerdict(verdict, numbers)),
    layers: root.layers.map((layer) => pageLayer(layer, numbers)),
    notes: root.notes,
    caveats: state === null ? [] : [...(state.problem === null ? [] : [state.problem]), ...state.caveats],
  };
}

function pageVerdict(verdict: BudgetVerdict, numbers: Numbers): PageVerdict {
  const { outcome, sentence, figure, spelled, kind, limit, value } = verdict;
  const now = value === null ? 'unknown' : figureValue(figure, value, numbers);
  const may =
    kind === 'most'
      ? spelled
      : `${limit === null ? '' : `${figureValue(figure, limit, numbers)}, `}+${spelled}`;
  return {
    outcome,
    sentence,
    label: figureLabel(figure),
    text: `${now} of ${may}`,
    ratio: value === null || !limit ? null : value / limit,
  };
}

function pageLayer(layer: LayerChange, numbers: Numbers): PageLayer {
  const change = (name: 'fpo' | 'params'): PageChange => {
    const show = name === 'fpo' ? numbers.fpo : numbers.count;
    const { change: text, direction } = difference(
      layer.before?.[name] ?? 0,
      layer.after?.[name] ?? 0,
      show,
      numbers,
    );
    return { text, direction };
  };
  const lines = layerLines(layer);
  return {
    status: layer.status,
    path: layerPath(layer),
    className:
      layer.count > 1 ? `${layer.className}, ${numbers.plural(layer.count, 'layer')}` : layer.className,
    arguments: layerArguments(layer),
    params: change('params'),
    fpo: change('fpo'),
    place: lines ? `${lines.file.slice(lines.file.lastIndexOf('/') + 1)}:${lines.first}` : '',
  };
}

/** The lines that a difference comes from, else those that make the layer. */
export const layerLines = ({ causes, made }: LayerChange): Lines | undefined =>
  causes.find(({ side }) => side === 'after') ?? causes[0] ?? made.at(-1);

/** A request of the page, or undefined for anything else that arrives. */
export function asPageRequest(message: unknown): PageRequest | undefined {
  if (typeof message !== 'object' || message === null || !('type' in message)) return undefined;
  const { type, key, of, part } = message as Record<string, unknown>;
  if (type === 'check' || type === 'copy' || type === 'message' || type === 'ready') return { type };
  if (type !== 'open' || typeof key !== 'string') return undefined;
  if (of !== 'budget' && of !== 'layer' && of !== 'root') return undefined;
  return Number.isInteger(part) && (part as number) >= 0
    ? { type, key, of, part: part as number }
    : undefined;
}
