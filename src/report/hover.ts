// The hover cards, as Markdown: of a layer at its construction and at its call, and of a model at its name. The first
// line is the answer; each further line is one fact. Nothing of the user's text stands in them unescaped, and the only
// links are the commands that the editor hands in.

import type { InputSource, Mark, RootReport } from '../analysis/file-report';
import type { Range } from '../base/site';
import type { ModelReport } from '../price/model-report';
import { type Certainty, certaintyOf, gapSentence, knobSentence } from './certainty';
import { clip, markdown, markdownCode } from './escape';
import { formula } from './formula';
import { mainParts } from './layers';
import type { Numbers } from './numbers';
import { type Past, pastLine } from './past';
import { flow } from './shapes';
import { type PartOfRoot, partOfRoot } from './within';

export interface HoverContext {
  readonly numbers: Numbers;
  /** Words for a place in the file that is hovered: `line 88`. */
  readonly place: (range: Range) => string;
  /** URIs of the commands behind the links. */
  readonly links: { readonly report: string; readonly input: string };
  /** The figures are those of an earlier text. */
  readonly stale: boolean;
  /** All roots of the file. */
  readonly roots: readonly RootReport[];
  /** What the model cost in the past, where that is known. */
  readonly past?: Past;
}

const SEGMENTS = 10;
const LISTED = 3;

/** `▰▰▱▱▱▱▱▱▱▱` for a share; anything above nothing fills a segment. */
export function bar(part: number, whole: number): string {
  const share = whole > 0 ? Math.min(1, part / whole) : 0;
  const filled = share === 0 ? 0 : Math.max(1, Math.round(share * SEGMENTS));
  return '▰'.repeat(filled) + '▱'.repeat(SEGMENTS - filled);
}

/** The card of a layer or a call. */
export function markHover(mark: Mark, root: RootReport, context: HoverContext): string {
  const { report } = root;
  if (report === null) return rootHover(root, context);
  const lines = [
    `${title(mark, report)} — ${headline(mark, root, report, context.numbers)}`,
    flowLine(mark, context.numbers),
    formulaLine(mark, context.numbers),
    memoryLine(mark, context.numbers),
    ...markCaveats(mark, report, context.numbers),
    ...caveats(root, report, context),
    footer(root, context),
  ];
  return paragraphs(lines);
}

function title(mark: Mark, report: ModelReport): string {
  const times = mark.kind === 'construction' && mark.count > 1 ? ` × ${mark.count}` : '';
  const path = report.layers[mark.layers[0] ?? -1]?.path ?? '';
  const more = mark.layers.length - 1;
  const where = path === '' ? '' : ` ${markdownCode(path)}${more > 0 ? ` and ${more} more` : ''}`;
  return `**${markdown(mark.name)}**${times}${where}`;
}

function headline(mark: Mark, root: RootReport, report: ModelReport, numbers: Numbers): string {
  const certainty = certaintyOf(report, root.input);
  const params = parametersText(mark, report, certainty, numbers);
  if (report.fpo === null) return [params, 'FPO unknown'].join(' · ');
  const fpo = fpoText(mark, report.fpo.total, certainty, numbers);
  return [params, fpo].filter((part) => part !== '').join(' · ');
}

function parametersText(
  mark: Mark,
  report: ModelReport,
  { weightSign }: Certainty,
  numbers: Numbers,
): string {
  const { total } = mark.params;
  if (total === 0) return mark.kind === 'construction' && weightSign === '' ? 'no parameters' : '';
  const all = `${weightSign}${numbers.plural(total, 'parameter')} (${numbers.percent(total, report.params.total)})`;
  return all + (mark.kind === 'call' ? '' : eachText(mark, mark.paramsRange, numbers.exact));
}

function fpoText(mark: Mark, whole: number, { sign }: Certainty, numbers: Numbers): string {
  const { total } = mark.fpo;
  const all = `${mark.gap === undefined ? sign : '≥ '}${numbers.fpo(total)}`;
  if (total === 0) return all;
  const each = eachText(mark, mark.fpoRange, numbers.fpo);
  return `${all} (${numbers.percent(total, whole)})${each} ${bar(total, whole)}`;
}

/** `, 4,096 to 65,536 each` for a place that stands for several. */
function eachText(
  { count }: Pick<Mark, 'count'>,
  [low, high]: readonly [number, number],
  show: Numbers['exact'],
): string {
  if (count <= 1) return '';
  return low === high ? `, ${show(low)} each` : `, ${show(low)} to ${show(high)} each`;
}

function flowLine({ inputs, outputs, count, sameShapes }: Mark, numbers: Numbers): string {
  if (inputs.length === 0 && outputs.length === 0) return '';
  if (count === 1) return flow(inputs, outputs);
  const times = sameShapes
    ? `, each of ${numbers.exact(count)} times`
    : ` at first; ${numbers.exact(count)} times in all`;
  return flow(inputs, outputs) + times;
}

/** The formula of one; where a place stands for several that differ, none fits. */
function formulaLine(mark: Mark, numbers: Numbers): string {
  const { total, contraction } = mark.fpo;
  if (total === 0 || mark.fpoRange[0] !== mark.fpoRange[1]) return '';
  const count = Math.max(1, Math.round(total / mark.fpoRange[0]));
  const one = { total: total / count, contraction: contraction / count };
  const text = formula(mark.factors, one, mark.outputs, numbers);
  const macs = contraction > 0 ? ` (${numbers.macs(one.contraction)})` : '';
  const name = count === 1 ? 'FPO' : mark.sameShapes ? 'FPO of each' : 'FPO of the first';
  if (text !== undefined) return `${name} = ${text}${macs}`;
  return macs === '' ? '' : `${name} = ${numbers.exact(one.total)}${macs}`;
}

function memoryLine(mark: Mark, numbers: Numbers): string {
  const all = mark.count > 1 ? ' in all' : '';
  return [
    mark.weightBytes > 0 ? `weights ${numbers.bytes(mark.weightBytes)}${all}` : '',
    mark.outputBytes > 0 ? `output ${numbers.bytes(mark.outputBytes)}${all}` : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}

function markCaveats(mark: Mark, report: ModelReport, numbers: Numbers): string[] {
  const gap = mark.gap === undefined ? '' : `**Gap:** ${markdown(mark.gap)}`;
  if (report.fpo === null) return [gap];
  const rows = mark.layers.map((index) => report.layers[index]);
  return [idleWords(rows.filter((row) => row?.calls === 0).length, rows.length, numbers), gap];
}

/** Layers that cost nothing because nothing calls them are worth a sentence. */
function idleWords(idle: number, all: number, numbers: Numbers): string {
  if (idle === 0) return '';
  if (all === 1) return 'Never called in this run.';
  return idle === all
    ? 'None of them is called in this run.'
    : `${numbers.exact(idle)} of ${all} are never called.`;
}

/** The card of a model: its price tag. */
export function rootHover(root: RootReport, context: HoverContext): string {
  const { report } = root;
  const name = `**${markdown(report?.name ?? root.id)}**`;
  if (report === null) {
    const part = partOfRoot(root, context.roots);
    if (part) return partHover(name, part, context);
    const problem = root.problem?.message ?? 'nothing in it could be followed';
    return paragraphs([`${name} — not priced`, markdown(problem), footer(root, context)]);
  }
  return paragraphs([
    `${name} — ${priceLine(root, report, context.numbers)}`,
    flow(report.inputs, report.outputs),
    workLine(report, context.numbers),
    memoryOfModel(report, context.numbers),
    topLine(report, context.numbers),
    ...(context.past ? [pastLine(context.past, context.numbers)] : []),
    ...caveats(root, report, context),
    footer(root, context),
  ]);
}

/** The card of a class that is priced as part of another root. */
function partHover(name: string, part: PartOfRoot, context: HoverContext): string {
  const { holder, rows, count, params, fpo, weightBytes } = part;
  const { report } = holder;
  const { numbers } = context;
  const { sign, weightSign } = certaintyOf(report, holder.input);
  const share =
    report.fpo === null ? '' : ` (${numbers.percent(fpo, report.fpo.total)}) ${bar(fpo, report.fpo.total)}`;
  const figures = [
    `${weightSign}${numbers.plural(params, 'parameter')} (${numbers.percent(params, report.params.total)})`,
    report.fpo === null ? 'FPO unknown' : `${sign}${numbers.fpo(fpo)}${share}`,
  ];
  const each = rows.map((row) => row.params.total);
  const range = [Math.min(...each), Math.max(...each)] as const;
  return paragraphs([
    `${name} × ${numbers.exact(count)} in ${markdownCode(holder.id)} — ${figures.join(' · ')}`,
    count > 1 ? `parameters${eachText({ count }, range, numbers.exact).replace(',', ':')}` : '',
    `weights ${numbers.bytes(weightBytes)}`,
    ...caveats(holder, report, context),
    footer(holder, context),
  ]);
}

function priceLine(root: RootReport, report: ModelReport, numbers: Numbers): string {
  const { sign, weightSign } = certaintyOf(report, root.input);
  const frozen = report.params.total - report.params.trainable;
  return [
    `${weightSign}${numbers.plural(report.params.total, 'parameter')}`,
    ...(frozen > 0 ? [`${numbers.exact(frozen)} frozen`] : []),
    report.fpo === null ? 'FPO unknown' : `${sign}${numbers.fpo(report.fpo.total)}`,
  ].join(' · ');
}

function workLine({ fpo, training }: ModelReport, numbers: Numbers): string {
  if (fpo === null) return '';
  const parts = [
    `FPO = ${numbers.exact(fpo.contraction)} in contractions (${numbers.macs(fpo.contraction)})`,
    `${numbers.exact(fpo.total - fpo.contraction)} other`,
  ];
  const step = training.fpo === null ? '' : `; training step ${numbers.fpo(training.fpo.total)}`;
  return parts.join(' + ') + step;
}

const memoryOfModel = ({ memory }: ModelReport, numbers: Numbers): string =>
  [
    `weights ${numbers.bytes(memory.weights)}`,
    memory.inferencePeak === null ? '' : `inference peak ${numbers.bytes(memory.inferencePeak)}`,
    memory.savedForBackward === null ? '' : `saved for backward ${numbers.bytes(memory.savedForBackward)}`,
  ]
    .filter((part) => part !== '')
    .join(', ');

/** The parts that cost most, with their shares: what is directly below the model, or below its only part. */
function topLine({ layers, fpo }: ModelReport, numbers: Numbers): string {
  if (fpo === null || fpo.total === 0) return '';
  const shares = mainParts(layers)
    .filter((row) => row.fpo.total > 0)
    .sort((a, b) => b.fpo.total - a.fpo.total)
    .slice(0, LISTED)
    .map((row) => `${markdownCode(row.path)} ${numbers.percent(row.fpo.total, fpo.total)}`);
  return shares.length === 0 ? '' : `most in ${shares.join(', ')}`;
}

/** What makes the figures less than exact, a sentence a line. */
function caveats(root: RootReport, report: ModelReport, { numbers, stale }: HoverContext): string[] {
  const told = (name: string) => name === 'input' && root.input?.kind === 'assumed';
  const assumed = report.knobs
    .filter(({ source, name }) => source === 'assumed' && !told(name))
    .map(knobSentence);
  const gaps = report.gaps.map((gap) => gapSentence(gap, numbers));
  return [
    ...listed('Assumed', assumed),
    ...listed(numbers.plural(report.gaps.length, 'gap'), gaps),
    stale ? '*These are the figures before the edit that cannot be read yet.*' : '',
  ];
}

function listed(heading: string, sentences: readonly string[]): string[] {
  if (sentences.length === 0) return [];
  const more = sentences.length - LISTED;
  const shown = sentences.slice(0, LISTED).map((sentence) => markdown(clip(sentence, 200)));
  return [`**${heading}:** ${shown.join('; ')}${more > 0 ? `; and ${more} more in the report` : ''}`];
}

function footer(root: RootReport, context: HoverContext): string {
  const input = root.input === null ? [] : [inputWords(root.input, context.place)];
  const { report, input: set } = context.links;
  return [...input, `[Open Report](${report})`, `[Set Input…](${set})`].join(' · ');
}

/** ``input from line 88: `torch.randn(1, 3, 224, 224)` `` */
export function inputWords(input: InputSource, place: (range: Range) => string): string {
  const { kind, text } = input;
  if (kind === 'assumed' || kind === 'config') return markdown(clip(text, 200));
  return `${inputOrigin(input, place)}: ${markdownCode(clip(inputCode(input), 120))}`;
}

/** Who says what the input is: `input from line 88`. */
export function inputOrigin({ kind, range }: InputSource, place: (range: Range) => string): string {
  if (kind === 'user') return 'input set by you';
  const at = range === undefined ? '' : place(range);
  return kind === 'comment' ? `input from the comment${at && ` on ${at}`}` : `input from ${at || 'the code'}`;
}

/** The input itself, as it stands in the code or was typed: what follows the words before it. */
export const inputCode = ({ text }: InputSource): string =>
  text.replace(/^input (set to|(from|in) [^:]*:) /, '');

/** Lines of one paragraph, broken where they break. */
const paragraphs = (lines: readonly string[]): string => lines.filter((line) => line !== '').join('  \n');
