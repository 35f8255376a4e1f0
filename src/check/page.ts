// What the page of changes shows, as plain data: the editor makes it, the page draws it and asks back in messages, which
// are checked here because the page is not trusted. Everything is text already: the page formats nothing.

import type { Amounts } from './amounts';
import type { BudgetVerdict, CheckReport, LayerChange, Lines, RootChange } from './model';
import type { PageChange, PageData, PageLayer, PageRequest, PageRoot, PageVerdict } from './page-data';
import {
  figureChanges,
  figureLabel,
  layerArguments,
  layerDifference,
  layerPath,
  MAIN_FIGURES,
  rootDirection,
  rootFile,
  rootTitle,
} from './view';
import { comparisonWords, outcomeWords } from './words';

/** The page's data of a report. */
export function pageData(report: CheckReport, amounts: Amounts): Omit<PageData, 'isRunning'> {
  const { problems, notes, outcome, roots } = report;
  const judged = roots.some(({ verdicts }) => verdicts.length > 0);
  return {
    compared: comparisonWords(report),
    warnings: problems.map(({ line, message }) => `price-tag.json, line ${line}: ${message}`),
    notes,
    verdict: judged ? outcomeWords(report, amounts) : '',
    outcome,
    roots: roots.map((root) => pageRoot(root, amounts)),
  };
}

function pageRoot(root: RootChange, amounts: Amounts): PageRoot {
  const figures = figureChanges(root, amounts).filter(({ before, after }) => before + after !== '');
  const state = root.after ?? root.before;
  return {
    key: root.key,
    title: rootTitle(root),
    file: rootFile(root),
    status: root.status,
    direction: rootDirection(root, amounts),
    main: figures.filter(({ name }) => MAIN_FIGURES.includes(name)),
    others: figures.filter(({ name }) => !MAIN_FIGURES.includes(name)),
    verdicts: root.verdicts.map((verdict) => pageVerdict(verdict, amounts)),
    layers: root.layers.map((layer) => pageLayer(layer, amounts)),
    notes: root.notes,
    caveats: state === null ? [] : [...(state.problem === null ? [] : [state.problem]), ...state.caveats],
  };
}

function pageVerdict(verdict: BudgetVerdict, amounts: Amounts): PageVerdict {
  const { outcome, sentence, figure, spelled, kind, limit, value } = verdict;
  const now = value === null ? 'unknown' : amounts.amount(figure, value);
  const may =
    kind === 'most' ? spelled : `${limit === null ? '' : `${amounts.amount(figure, limit)}, `}+${spelled}`;
  return {
    outcome,
    sentence,
    label: figureLabel(figure),
    text: `${now} of ${may}`,
    ratio: value === null || !limit ? null : value / limit,
  };
}

function pageLayer(layer: LayerChange, amounts: Amounts): PageLayer {
  const change = (name: 'fpo' | 'params'): PageChange => {
    const { change: text, direction } = layerDifference(layer, name, amounts);
    return { text: direction === 'unknown' ? 'unknown' : text, direction };
  };
  const lines = layerLines(layer);
  return {
    status: layer.status,
    path: layerPath(layer),
    className:
      layer.count > 1 ? `${layer.className}, ${amounts.plural(layer.count, 'layer')}` : layer.className,
    arguments: layerArguments(layer),
    params: change('params'),
    fpo: change('fpo'),
    place: lines ? `${lines.file.slice(lines.file.lastIndexOf('/') + 1)}:${lines.first}` : '',
  };
}

/** The line that makes the layer where that has changed, else the lines that the difference comes from. */
export function layerLines({ causes, made }: LayerChange): Lines | undefined {
  const own = made.at(-1);
  const cause = causes.find(({ side }) => side === 'after') ?? causes[0];
  const isInside = own && causes.some((each) => contains(each, own));
  return isInside ? own : (cause ?? own);
}

const contains = (outer: Lines, inner: Lines): boolean =>
  outer.file === inner.file &&
  outer.side === inner.side &&
  outer.first <= inner.first &&
  inner.last <= outer.last;

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
