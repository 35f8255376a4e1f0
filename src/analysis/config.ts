// price-tag.json: inputs, knobs and budgets by root. There is one reader for all who ask: the report and the editor take
// inputs and knobs, the check takes budgets as well. A file that is partly wrong counts for the rest, and says what is
// wrong with each place of it.
//
// A key is a root, `net.py::Net`, with the path as seen from the folder of price-tag.json, or a pattern, `models/**::*`;
// without `::` it means all of a file. Of several keys that fit a root the root's own goes first, then the one that stands
// later.

import type { Node } from 'jsonc-parser';
import type { FileReader } from '../base/files';
import { fits } from '../base/glob';
import { nearest } from '../base/nearest';
import type { Range } from '../base/site';
import type { InputTree } from '../frameworks/torch';
import { FIGURE_NAMES, FIGURES, type FigureName, isFigure } from '../price/figures';
import { parseAmount, parseShare } from './amounts';
import { configInputs } from './config-inputs';
import {
  type Complain,
  type ConfigProblem,
  type Property,
  parseConfigText,
  propertiesOf,
  rangeOf,
} from './config-text';

export const CONFIG_NAME = 'price-tag.json';

/** Something that is said of a root or of all roots that fit a pattern. */
export interface Entry<T> {
  readonly key: string;
  readonly keyRange: Range;
  readonly value: T;
}

export interface ConfigInputs {
  readonly positional: readonly InputTree[];
  readonly keywords: Readonly<Record<string, InputTree>>;
}

/** The most that a figure may be, or by what share it may grow. */
export interface Budget {
  readonly figure: FigureName;
  readonly kind: 'increase' | 'most';
  /** As it stands in the file: `26M`. */
  readonly spelled: string;
  readonly amount: number;
  /** Its value in the file. */
  readonly range: Range;
}

export interface Config {
  readonly file: string;
  readonly folder: string;
  readonly text: string;
  readonly inputs: readonly Entry<ConfigInputs>[];
  readonly knobs: readonly Entry<Readonly<Record<string, number>>>[];
  readonly budgets: readonly Entry<readonly Budget[]>[];
  readonly problems: readonly ConfigProblem[];
}

/** What `increase` means where it is said of no single figure. */
export const HEADLINE = ['params', 'fpo', 'memory'] as const satisfies readonly FigureName[];

/** The nearest price-tag.json above a file. */
export function configOf(file: string, reader: FileReader): Config | undefined {
  for (let folder = folderOf(file); folder !== ''; folder = folderOf(folder)) {
    const text = reader.read(`${folder}/${CONFIG_NAME}`);
    if (text !== undefined) return readConfig(`${folder}/${CONFIG_NAME}`, text);
  }
  return undefined;
}

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

export function readConfig(file: string, text: string): Config {
  const problems: ConfigProblem[] = [];
  const complain: Complain = (message, range, severity = 'error') =>
    problems.push({ message, range, severity });
  const tree = parseConfigText(text, complain);
  const sections =
    tree && isObject(tree, 'price-tag.json holds', complain) ? propertiesOf(tree, complain) : [];
  for (const section of sections) checkName(section, SECTIONS, complain);
  const entries = <T>(name: string, read: (property: Property) => T): Entry<T>[] => {
    const section = sections.find(({ key }) => key === name)?.value;
    if (!section || !isObject(section, `"${name}" holds`, complain)) return [];
    return propertiesOf(section, complain).map((property) => ({
      key: property.key,
      keyRange: property.keyRange,
      value: read(property),
    }));
  };
  return {
    file,
    folder: folderOf(file),
    text,
    inputs: entries('inputs', ({ value }) => configInputs(value, complain)),
    knobs: entries('knobs', ({ value }) => knobsIn(value, complain)),
    budgets: entries('budgets', ({ value }) => budgetsIn(value, complain)),
    problems: problems.sort((a, b) => a.range.start - b.range.start),
  };
}

const SECTIONS = ['$schema', 'budgets', 'inputs', 'knobs'];

function isObject(node: Node, what: string, complain: Complain): boolean {
  if (node.type === 'object') return true;
  complain(`${what} an object: {"…": …}.`, rangeOf(node));
  return false;
}

function checkName({ key, keyRange }: Property, known: readonly string[], complain: Complain): void {
  if (known.includes(key)) return;
  const meant = nearest(key, known);
  const hint =
    meant === undefined ? `Known are ${known.join(', ')}.` : `Did you mean ${JSON.stringify(meant)}?`;
  complain(`${JSON.stringify(key)} means nothing here. ${hint}`, keyRange);
}

function knobsIn(node: Node, complain: Complain): Record<string, number> {
  if (!isObject(node, 'Knobs are', complain)) return {};
  const knobs = propertiesOf(node, complain).flatMap(({ key, value }) => {
    if (Number.isSafeInteger(value.value) && value.value > 0) return [[key, value.value as number] as const];
    complain(`The knob ${JSON.stringify(key)} needs a whole number above 0.`, rangeOf(value));
    return [];
  });
  return Object.fromEntries(knobs);
}

// --- budgets ----------------------------------------------------------------------------------------------------------

const LIMITS = [...FIGURE_NAMES, 'increase'];

function budgetsIn(node: Node, complain: Complain): Budget[] {
  if (!isObject(node, 'A budget is', complain)) return [];
  return propertiesOf(node, complain).flatMap((property) => {
    checkName(property, LIMITS, complain);
    const { key, value } = property;
    if (isFigure(key)) return figureBudgets(key, value, complain);
    const [overall] = key === 'increase' ? budget(HEADLINE[0], 'increase', value, complain) : [];
    return overall ? HEADLINE.map((figure) => ({ ...overall, figure })) : [];
  });
}

/** `"26M"`, or `{"most": "26M", "increase": "5%"}`. */
function figureBudgets(figure: FigureName, node: Node, complain: Complain): Budget[] {
  if (node.type !== 'object') return budget(figure, 'most', node, complain);
  return propertiesOf(node, complain).flatMap((property) => {
    checkName(property, ['increase', 'most'], complain);
    const { key, value } = property;
    return key === 'increase' || key === 'most' ? budget(figure, key, value, complain) : [];
  });
}

function budget(figure: FigureName, kind: Budget['kind'], node: Node, complain: Complain): Budget[] {
  const range = rangeOf(node);
  try {
    const amount = kind === 'most' ? parseAmount(node.value, FIGURES[figure].unit) : parseShare(node.value);
    return [{ figure, kind, spelled: String(node.value), amount, range }];
  } catch (error) {
    complain((error as Error).message, range);
    return [];
  }
}

// --- what fits a root -------------------------------------------------------------------------------------------------

/** The key of a root in price-tag.json: `net.py::Net`; an ONNX file has no id and is its path alone. */
export function rootKey(config: Pick<Config, 'folder'>, file: string, id: string): string {
  const path = file.startsWith(`${config.folder}/`) ? file.slice(config.folder.length + 1) : file;
  return id === '' ? path : `${path}::${bareId(id)}`;
}

/** `resnet50()` and `resnet50` name the same root. */
export const bareId = (id: string): string => id.replace(/\(\)$/, '');

/** Entries that fit a root, the one that counts most first. */
export function entriesFor<T>(entries: readonly Entry<T>[], key: string): Entry<T>[] {
  const exact = entries.filter((entry) => bareId(entry.key) === key);
  const others = entries.filter((entry) => bareId(entry.key) !== key && fitsRoot(key, entry.key));
  return [...exact, ...others.reverse()];
}

export function fitsRoot(key: string, pattern: string): boolean {
  const [path, id] = split(key);
  const [paths, ids] = split(bareId(pattern));
  return fits(path, paths) && (ids === undefined || fits(id ?? '', ids));
}

/** File and id of a key; file names may hold `::`, ids cannot. */
export function split(key: string): [path: string, id: string | undefined] {
  const at = key.lastIndexOf('::');
  return at < 0 ? [key, undefined] : [key.slice(0, at), key.slice(at + 2)];
}

/** The budgets of a root: of each figure and kind the one that counts most. */
export function budgetsFor(config: Config, key: string): (Budget & { readonly key: string })[] {
  const chosen = new Map<string, Budget & { readonly key: string }>();
  for (const entry of entriesFor(config.budgets, key)) {
    for (const one of entry.value) {
      const name = `${one.kind} ${one.figure}`;
      if (!chosen.has(name)) chosen.set(name, { ...one, key: entry.key });
    }
  }
  return [...chosen.values()];
}

export const inputsFor = (config: Config, key: string): ConfigInputs | undefined =>
  entriesFor(config.inputs, key).find(({ value }) => hasInputs(value))?.value;

const hasInputs = ({ positional, keywords }: ConfigInputs): boolean =>
  positional.length > 0 || Object.keys(keywords).length > 0;

/** Knobs of a root; of each name the one that counts most. */
export const knobsFor = (config: Config, key: string): Readonly<Record<string, number>> =>
  Object.assign(
    {},
    ...entriesFor(config.knobs, key)
      .map(({ value }) => value)
      .reverse(),
  );
