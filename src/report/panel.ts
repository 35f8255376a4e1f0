// What the report page shows, as plain data: the editor makes it, the page draws it and asks back in messages. Figures
// travel twice, as numbers to sort by and as text to show, so that the page formats nothing and knows no locale.

import type { RootReport } from '../analysis/file-report';
import type { Range, Site } from '../base/site';
import type { LayerRow, ModelReport } from '../price/model-report';
import type { Knob } from '../trace/trace';
import { certaintyOf, gapSentence, knobSentence } from './certainty';
import { convention } from './export-context';
import { isOfGraph, nodeOfSite, nodeTitle, type PanelGraph, panelGraph } from './graph';
import { bar, inputCode, inputOrigin } from './hover';
import { lastName } from './layers';
import type { Numbers } from './numbers';
import { type Past, type PastChart, pastCharts } from './past';
import { crosses, named } from './shapes';
import { partOfRoot } from './within';

/** A figure with its text and a longer text for tooltips and screen readers. */
export interface Figure {
  readonly value: number;
  readonly text: string;
  readonly exact: string;
}

/** A big number of the price tag. */
export interface TagFigure {
  readonly label: string;
  readonly text: string;
  readonly detail: string;
}

/** A row of the layer tree. */
export interface PanelLayer {
  readonly parent: number;
  readonly name: string;
  readonly path: string;
  readonly className: string;
  readonly arguments: string;
  readonly params: Figure;
  readonly fpo: Figure;
  /** FPO as a share of the model's. */
  readonly share: Figure;
  readonly weights: Figure;
  readonly output: Figure;
  readonly shape: string;
  readonly calls: number;
  /** Whether there is a place in source to go to. */
  readonly constructed: boolean;
  readonly called: boolean;
}

export interface PanelOperator {
  readonly name: string;
  readonly calls: Figure;
  readonly fpo: Figure;
  readonly share: Figure;
  readonly output: Figure;
  /** Of a graph. */
  readonly params?: Figure;
}

/** A sentence, with a place to go to where there is one: an index into the sites of the same kind. */
export interface PanelSentence {
  readonly text: string;
  readonly place: string;
  /** Of a graph: the node that the place is. */
  readonly node?: number;
}

export interface PanelKnob extends PanelSentence {
  readonly assumed: boolean;
  /** How it is set, where it can be on the page: to a number, or to one of these. */
  readonly field?: { readonly name: string; readonly value: string; readonly choices?: readonly string[] };
}

export interface PanelRoot {
  readonly id: string;
  readonly label: string;
}

export interface PanelModel {
  readonly name: string;
  readonly tag: readonly TagFigure[];
  readonly input: string;
  readonly inputSource: string;
  /** Whether there is a place in source to go to. */
  readonly inputPlace: boolean;
  readonly outputs: string;
  readonly assumedInput: boolean;
  readonly knobs: readonly PanelKnob[];
  readonly gaps: readonly PanelSentence[];
  readonly layers: readonly PanelLayer[];
  readonly operators: readonly PanelOperator[];
  readonly convention: readonly string[];
  readonly notes: readonly string[];
  /** Set where the model is a graph: its inputs are set by knobs, and its nodes are listed. */
  readonly graph?: PanelGraph;
}

/** All that the page shows. */
export interface PanelData {
  readonly file: string;
  readonly roots: readonly PanelRoot[];
  readonly selected: string;
  /** null where there is nothing to show; `message` then says why. */
  readonly model: PanelModel | null;
  /** What is wrong with the root or the file, if anything is. */
  readonly message: string;
  readonly stale: boolean;
  /** Whether the file is a graph, and holds no source. */
  readonly graph: boolean;
  /** What the model cost in the past; absent where that is not known. */
  readonly history?: readonly PastChart[];
}

export interface PanelContext {
  readonly numbers: Numbers;
  readonly file: string;
  /** Words for a place: `line 88`. */
  readonly place: (range: Range) => string;
  /** Words for a place in any file: `resnet.py:88`. */
  readonly site: (site: Site) => string;
  readonly stale: (root: RootReport) => boolean;
  readonly locale?: string;
  /** What a root cost in the past, where that is known. */
  readonly past?: (root: RootReport) => Past | undefined;
}

/** What the page asks of the editor. */
export type PanelRequest =
  | { readonly type: 'ready' }
  | { readonly type: 'select'; readonly root: string }
  | {
      readonly type: 'reveal';
      readonly layer: number;
      readonly where: 'constructed' | 'called';
      readonly focus: boolean;
    }
  | { readonly type: 'place'; readonly of: 'gap' | 'knob' | 'input'; readonly index: number }
  | { readonly type: 'setInput' }
  /** A knob of a graph; null takes it back. */
  | { readonly type: 'knob'; readonly name: string; readonly value: number | null }
  | { readonly type: 'copy' };

const EMPTY = 'No model was found in this file. A model is a class that derives from nn.Module.';

/** The page's data for one root of a file; the first with a report where none is selected. */
export function panelData(
  roots: readonly RootReport[],
  selected: string | undefined,
  context: PanelContext,
): PanelData {
  const root = selectedRoot(roots, selected);
  const { file, numbers } = context;
  const past = root && context.past?.(root);
  return {
    file,
    ...(past && { history: pastCharts(past, numbers) }),
    roots: roots.map((each) => ({ id: each.id, label: each.id })),
    selected: root?.id ?? '',
    model: root?.report ? panelModel(root, root.report, context) : null,
    message: root === undefined ? EMPTY : (root.problem?.message ?? ''),
    stale: root !== undefined && context.stale(root),
    graph: root?.kind === 'file',
  };
}

/** The root to show: the one that was chosen, or that it is part of; else the first with a price. */
export function selectedRoot<T extends RootReport>(
  roots: readonly T[],
  selected: string | undefined,
): T | undefined {
  const chosen = roots.find(({ id }) => id === selected);
  const holder = chosen && partOfRoot(chosen, roots)?.holder.id;
  return (
    roots.find(({ id }) => id === holder) ?? chosen ?? roots.find(({ report }) => report !== null) ?? roots[0]
  );
}

function panelModel(root: RootReport, report: ModelReport, context: PanelContext): PanelModel {
  const { numbers } = context;
  const graph = panelGraph(report, context.locale);
  const at = (site: Site | undefined): { readonly place: string; readonly node?: number } => {
    const node = nodeOfSite(site);
    if (graph && node !== undefined) return { place: nodeTitle(graph.nodes, node), node };
    return { place: site === undefined || graph ? '' : context.site(site) };
  };
  return {
    name: report.name,
    tag: tagFigures(root, report, numbers),
    input: report.inputs.map(named).join('; '),
    inputSource: sourceWords(root, context),
    inputPlace: root.input?.range !== undefined,
    outputs: report.outputs.map(named).join('; '),
    assumedInput: certaintyOf(report, root.input).assumedInput,
    knobs: report.knobs.map((knob) => ({
      text: knobSentence(knob),
      ...at(knob.site),
      assumed: knob.source === 'assumed',
      ...(knob.settable && { field: knobField(knob) }),
    })),
    gaps: report.gaps.map((gap) => ({ text: gapSentence(gap, numbers), ...at(gap.stack.at(-1)) })),
    layers: report.layers.map((row) => panelLayer(row, report, numbers)),
    operators: panelOperators(report, numbers),
    convention: convention(report),
    notes: report.notes ?? [],
    ...(graph && { graph }),
  };
}

function knobField({ name, value, settable }: Knob): PanelKnob['field'] {
  return { name, value: String(value), ...(typeof settable === 'object' && { choices: settable }) };
}

function sourceWords({ input }: RootReport, { place }: PanelContext): string {
  if (input === null) return '';
  if (input.kind === 'assumed' || input.kind === 'config') return input.text;
  return `${inputOrigin(input, place)}: ${inputCode(input)}`;
}

function tagFigures(root: RootReport, report: ModelReport, numbers: Numbers): TagFigure[] {
  const { sign, weightSign } = certaintyOf(report, root.input);
  const { params, fpo, training, memory } = report;
  return [
    {
      label: 'Parameters',
      text: weightSign + numbers.count(params.total),
      detail: `${numbers.exact(params.total)}, ${trainableWords(report, numbers)}`,
    },
    forward(fpo, sign, numbers),
    ...(training.fpo === null
      ? []
      : [
          {
            label: 'Training step',
            text: sign + numbers.fpo(training.fpo.total),
            detail: 'forward and backward',
          },
        ]),
    {
      label: 'Weights',
      text: weightSign + numbers.bytes(memory.weights),
      detail: `parameters and ${numbers.plural(report.buffers, 'buffer element')}`,
    },
    {
      label: 'Inference peak',
      text: memory.inferencePeak === null ? 'unknown' : sign + numbers.bytes(memory.inferencePeak),
      detail: 'weights and activations alive at once',
    },
    ...saved(memory.savedForBackward, sign, numbers),
  ];
}

function forward(fpo: ModelReport['fpo'], sign: string, numbers: Numbers): TagFigure {
  const label = 'FPO, forward';
  if (fpo === null) return { label, text: 'unknown', detail: 'forward could not be followed' };
  const other = numbers.fpo(fpo.total - fpo.contraction);
  return {
    label,
    text: sign + numbers.fpo(fpo.total),
    detail: `${numbers.macs(fpo.contraction)} in contractions, ${other} other`,
  };
}

const saved = (bytes: number | null, sign: string, numbers: Numbers): TagFigure[] =>
  bytes === null
    ? []
    : [
        {
          label: 'Saved for backward',
          text: sign + numbers.bytes(bytes),
          detail: 'activations kept in training',
        },
      ];

function trainableWords({ params, nodes }: ModelReport, numbers: Numbers): string {
  if (nodes) return 'as the file holds them';
  if (params.total === params.trainable) return 'all trainable';
  return `${numbers.exact(params.trainable)} trainable`;
}

/** The part of the path that the row above does not have. A graph has scopes whose parts are no modules of their own. */
function layerName(row: LayerRow, { name, layers, nodes }: ModelReport): string {
  const above = layers[row.parent]?.path;
  if (nodes === undefined || above === undefined) return lastName(row, name);
  return row.path.startsWith(`${above}.`) ? row.path.slice(above.length + 1) : row.path;
}

function panelLayer(row: LayerRow, report: ModelReport, numbers: Numbers): PanelLayer {
  const known = report.fpo !== null;
  return {
    parent: row.parent,
    name: layerName(row, report),
    path: row.path,
    className: row.className,
    arguments: row.arguments ?? '',
    params: figure(row.params.total, numbers.count, numbers),
    fpo: known ? figure(row.fpo.total, numbers.fpo, numbers) : UNKNOWN,
    share: share(row.fpo.total, report, numbers),
    weights: figure(row.weightBytes, numbers.bytes, numbers),
    output: known ? figure(row.outputBytes, numbers.bytes, numbers) : UNKNOWN,
    shape: row.calls > 0 ? crosses(row.outputs) : known ? 'not called' : '',
    calls: row.calls,
    constructed: row.constructed.length > 0,
    called: row.called.length > 0 && !isOfGraph(report),
  };
}

const UNKNOWN: Figure = { value: -1, text: '–', exact: 'unknown' };

const figure = (value: number, show: (value: number) => string, numbers: Numbers): Figure => ({
  value,
  text: value === 0 ? '–' : show(value),
  exact: numbers.exact(value),
});

function share(part: number, { fpo }: ModelReport, numbers: Numbers): Figure {
  if (fpo === null) return UNKNOWN;
  const value = fpo.total > 0 ? part / fpo.total : 0;
  return { value, text: numbers.percent(part, fpo.total), exact: bar(part, fpo.total) };
}

const panelOperators = (report: ModelReport, numbers: Numbers): PanelOperator[] =>
  [...report.operators]
    .sort((a, b) => b.fpo.total - a.fpo.total)
    .map(({ op, calls, fpo, outputBytes, params }) => ({
      name: op,
      calls: figure(calls, numbers.exact, numbers),
      fpo: figure(fpo.total, numbers.fpo, numbers),
      share: share(fpo.total, report, numbers),
      output: figure(outputBytes, numbers.bytes, numbers),
      ...(params !== undefined && { params: figure(params, numbers.count, numbers) }),
    }));

/** A request of the page, or undefined for anything else that arrives: the page is not trusted. */
export function asPanelRequest(message: unknown): PanelRequest | undefined {
  if (typeof message !== 'object' || message === null || !('type' in message)) return undefined;
  const request = message as Record<string, unknown>;
  switch (request.type) {
    case 'ready':
    case 'setInput':
    case 'copy':
      return { type: request.type };
    case 'knob':
      return typeof request.name === 'string' && (request.value === null || isIndex(request.value))
        ? { type: 'knob', name: request.name, value: request.value }
        : undefined;
    case 'select':
      return typeof request.root === 'string' ? { type: 'select', root: request.root } : undefined;
    case 'reveal':
      return isIndex(request.layer) && isOneOf(request.where, ['constructed', 'called'] as const)
        ? { type: 'reveal', layer: request.layer, where: request.where, focus: request.focus === true }
        : undefined;
    case 'place':
      return isIndex(request.index) && isOneOf(request.of, ['gap', 'knob', 'input'] as const)
        ? { type: 'place', of: request.of, index: request.index }
        : undefined;
    default:
      return undefined;
  }
}

const isIndex = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0;

const isOneOf = <T extends string>(value: unknown, allowed: readonly T[]): value is T =>
  allowed.some((each) => each === value);
