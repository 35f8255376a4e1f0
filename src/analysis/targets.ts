// Targets of `price-tag report`: a whole file, or an expression in it, priced like a root of the editor.

import type { FileReader } from '../base/files';
import { LineIndex } from '../base/lines';
import { torchMeaning } from '../frameworks/torch/meaning';
import type { ModelReport } from '../price/model-report';
import { type Config, configOf, inputsFor, knobsFor, rootKey } from './config';
import { parseInputSpec } from './inputs';
import { notebookText } from './notebook';
import { isOnnx, type OnnxFiles, type OnnxInputs, priceOnnx } from './onnx-files';
import { type RootRun, runRoot } from './root-run';
import { findRoots, type Root, rootOf } from './roots';
import { Session } from './session';
import { SourceCache } from './source-cache';

export interface Target {
  readonly file: string;
  /** A Python expression in the file's namespace; left out = every root of the file. */
  readonly expression?: string;
}

export interface PricedTarget {
  /** As in `net.py::Net`. */
  readonly name: string;
  readonly report: ModelReport | null;
  /** A sentence, where there is no report. */
  readonly problem: string;
  /** It may well have no price: a class that nothing in the file builds. */
  readonly optional: boolean;
}

export interface PricingFiles extends OnnxFiles {
  readonly reader: FileReader;
  /** Throws an Error with a sentence. */
  readonly readText: (path: string) => string;
}

export interface PricingOptions {
  readonly input?: string;
  /** Set by the user: `batch`, and the sizes that an ONNX file leaves open. */
  readonly knobs?: Readonly<Record<string, number>>;
  readonly searchPaths: readonly string[];
}

/** What a target gives: prices, and what else is worth saying of the file, a sentence each. */
export interface Pricing {
  readonly priced: readonly PricedTarget[];
  readonly notes: readonly string[];
}

export function createPricing(files: PricingFiles, options: PricingOptions): (target: Target) => Pricing {
  const sources = new SourceCache();
  return (target) => {
    try {
      if (isOnnx(target.file)) {
        const priced = onnxTarget(target.file, files, options);
        const notes = priced.report?.notes ?? [];
        return { priced: [priced], notes: notes.map((note) => `${target.file}: ${note}`) };
      }
      return priceTarget(target, files, options, sources);
    } catch (error) {
      return { priced: [unpriced(target.file, (error as Error).message, false)], notes: [] };
    }
  };
}

const unpriced = (name: string, problem: string, optional: boolean): PricedTarget => ({
  name,
  report: null,
  problem,
  optional,
});

/** An ONNX file; inputs are given by name: `--input pixels=1,3,224,224`. */
function onnxTarget(file: string, files: PricingFiles, { input, knobs }: PricingOptions): PricedTarget {
  const config = configOf(file, files.reader);
  const key = config && rootKey(config, file, '');
  const configured = config && key !== undefined ? inputsFor(config, key)?.keywords : undefined;
  const { keywords } = input === undefined ? { keywords: configured ?? {} } : parseInputSpec(input);
  const known = config && key !== undefined ? knobsFor(config, key) : {};
  const outcome = priceOnnx(file, files, keywords as OnnxInputs, { ...known, ...knobs });
  if ('problem' in outcome) return unpriced(file, outcome.problem.message, false);
  return { name: file, report: outcome.report, problem: '', optional: false };
}

function priceTarget(
  { file, expression }: Target,
  { reader, readText }: PricingFiles,
  { input, knobs, searchPaths }: PricingOptions,
  sources: SourceCache,
): Pricing {
  const raw = readText(file);
  const text = file.endsWith('.ipynb') ? notebookText(raw) : raw;
  const partly = expression !== undefined;
  const limits = { milliseconds: LONGEST };
  const session = new Session({ file, text, reader, sources, searchPaths, partly, limits });
  const ended = session.load();
  if (ended) return { priced: [unpriced(file, ended.message, false)], notes: [] };
  const lines = new LineIndex(text);
  const place = (range: { start: number }): string => `line ${lines.lineOf(range.start) + 1}`;
  const roots = partly ? [expressionRoot(expression, session, text)] : allRoots(session, text);
  const config = configOf(file, reader);
  const priced = roots.map((root) => {
    const run = runRoot(root, { session, file, text, config, given: input, batch: knobs?.batch, place });
    return toPriced(root, run, file, partly);
  });
  const issues = partly ? [] : sources.read(file, text).issues.slice(0, 1);
  const stopped = session
    .problems(true)
    .map(({ message, stack: [site] }) => ({ message, start: site?.start ?? 0 }));
  const notes = [...issues, ...stopped].map(
    ({ message, start }) => `${file}:${lines.lineOf(start) + 1}: ${message}`,
  );
  return { priced, notes: [...notes, ...configNotes(config)] };
}

function configNotes(config: Config | undefined): string[] {
  if (!config || config.problems.length === 0) return [];
  const lines = new LineIndex(config.text);
  return config.problems.map(
    ({ message, range }) => `${config.file}:${lines.lineOf(range.start) + 1}: ${message}`,
  );
}

/** A user at a terminal waits longer than one who types. */
const LONGEST = 60_000;

const allRoots = (session: Session, text: string): Root[] =>
  findRoots(session.tree, text, torchMeaning(session.interpreter, session.module));

/** An expression as a root: one of the file's where it names it, so that comments and fed tensors are found. */
function expressionRoot(expression: string, session: Session, text: string): Root {
  const name = /^\w+/.exec(expression)?.[0] ?? expression;
  const node = session.definition(name);
  const meaning = torchMeaning(session.interpreter, session.module);
  const same = node && rootOf(node, () => session.tree, text, meaning);
  const nowhere = { start: 0, end: 0 };
  const isClass = same?.kind === 'class' && expression === name;
  return {
    id: expression,
    kind: 'instance',
    name,
    range: nowhere,
    extent: nowhere,
    holders: () => [],
    ...same,
    expressions: isClass ? same.expressions : [expression],
  };
}

function toPriced(
  root: Root,
  { report, problem, input, expression }: RootRun,
  file: string,
  asked: boolean,
): PricedTarget {
  const name = `${file}::${root.id}`;
  if (!report) return unpriced(name, problem?.message ?? '', !asked && root.missing !== undefined);
  const title = input ? `${expression} (${input.text})` : expression;
  return { name, report: { ...report, name: title }, problem: '', optional: false };
}
