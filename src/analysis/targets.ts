// Targets of `price-tag report`: a whole file, or an expression in it, priced like a root of the editor.

import type { FileReader } from '../base/files';
import { LineIndex } from '../base/lines';
import { torchMeaning } from '../frameworks/torch/meaning';
import type { ModelReport } from '../price/model-report';
import { parseInputSpec } from './inputs';
import { notebookText } from './notebook';
import { isOnnx, type OnnxInputs, type OpenBytes, priceOnnx } from './onnx-files';
import { type RootRun, runRoot } from './root-run';
import { findRoot, findRoots, type Root } from './roots';
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

export interface PricingFiles {
  readonly reader: FileReader;
  /** Throws an Error with a sentence. */
  readonly readText: (path: string) => string;
  readonly openBytes: OpenBytes;
}

export interface PricingOptions {
  readonly input?: string;
  readonly searchPaths: readonly string[];
}

export function createPricing(
  files: PricingFiles,
  options: PricingOptions,
): (target: Target) => PricedTarget[] {
  const sources = new SourceCache();
  return (target) => {
    try {
      if (isOnnx(target.file)) return [onnxTarget(target.file, files, options)];
      return priceTarget(target, files, options, sources);
    } catch (error) {
      return [unpriced(target.file, (error as Error).message, false)];
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
function onnxTarget(file: string, { openBytes }: PricingFiles, { input }: PricingOptions): PricedTarget {
  const { keywords } = parseInputSpec(input ?? '');
  const outcome = priceOnnx(file, openBytes, keywords as OnnxInputs);
  if ('problem' in outcome) return unpriced(file, outcome.problem.message, false);
  return { name: file, report: outcome.report, problem: '', optional: false };
}

function priceTarget(
  { file, expression }: Target,
  { reader, readText }: PricingFiles,
  { input, searchPaths }: PricingOptions,
  sources: SourceCache,
): PricedTarget[] {
  const raw = readText(file);
  const text = file.endsWith('.ipynb') ? notebookText(raw) : raw;
  const partly = expression !== undefined;
  const session = new Session({ file, text, reader, sources, searchPaths, partly });
  const ended = session.load();
  if (ended) return [unpriced(file, ended.message, false)];
  const lines = new LineIndex(text);
  const place = (range: { start: number }): string => `line ${lines.lineOf(range.start) + 1}`;
  const roots = partly ? [rootOf(expression, session, text)] : allRoots(session, text);
  return roots.map((root) => {
    const run = runRoot(root, { session, file, text, reader, given: input, place });
    return toPriced(root, run, file);
  });
}

const allRoots = (session: Session, text: string): Root[] =>
  findRoots(session.tree, text, torchMeaning(session.interpreter, session.module));

/** An expression as a root: one of the file's where it names it, so that comments and fed tensors are found. */
function rootOf(expression: string, session: Session, text: string): Root {
  const name = /^\w+/.exec(expression)?.[0] ?? expression;
  const same = findRoot(name, session.tree, text, torchMeaning(session.interpreter, session.module));
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

function toPriced(root: Root, { report, problem, input, expression }: RootRun, file: string): PricedTarget {
  const name = `${file}::${root.id}`;
  if (!report) return unpriced(name, problem?.message ?? '', root.expressions.length === 0);
  const title = input ? `${expression} (${input.text})` : expression;
  return { name, report: { ...report, name: title }, problem: '', optional: false };
}
