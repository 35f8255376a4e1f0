// Cases of `price-tag batch`: an expression in a file, with inputs of known shape, priced. The contract is in docs/cli.md.

import type { FileReader } from '../base/files';
import type { InputTree } from '../frameworks/torch';
import type { ModelReport, Problem } from '../price/model-report';
import { price } from '../price/price';
import type { Interpreter } from '../python/interpreter';
import { isDType } from '../tensor/dtype';
import { placeOf } from './names';
import { notebookText } from './notebook';
import { isOnnx, type OnnxFiles, type OnnxInputs, onnxOutputs, priceOnnx } from './onnx-files';
import { createInterpreter, type Outcome, Session } from './session';
import { SourceCache } from './source-cache';

/** One line of input, checked. */
export interface Case {
  readonly id: string;
  readonly file: string;
  readonly expr: string;
  /** Python to run in the file's namespace first. */
  readonly setup?: string;
  readonly method?: string;
  readonly inputs?: readonly InputTree[];
  readonly kwinputs?: Readonly<Record<string, InputTree>>;
  readonly searchPaths: readonly string[];
  readonly mode: 'eval' | 'train';
}

/** Where files come from. `readText` and `openBytes` throw an Error with a sentence. */
export interface CaseFiles extends OnnxFiles {
  readonly reader: FileReader;
  readonly readText: (path: string) => string;
}

/** Prices cases one after the other; what was parsed and loaded for one serves the next. */
export function createCaseRunner(files: CaseFiles): (raw: unknown) => object {
  const sources = new SourceCache();
  const interpreters = new Map<string, Interpreter>();
  const interpreterFor = (one: Case): Interpreter => {
    const { searchPaths } = placeOf(one.file, one.searchPaths, files.reader);
    const make = () =>
      createInterpreter({ reader: files.reader, sources, searchPaths, limits: { milliseconds: LONGEST } });
    if (one.setup !== undefined) return make();
    const key = searchPaths.join('\n');
    const interpreter = interpreters.get(key) ?? make();
    interpreters.set(key, interpreter);
    return interpreter;
  };
  return (raw) => {
    const started = performance.now();
    const one = checkCase(raw);
    const result = isOnnx(one.file) ? runOnnx(one, files) : runCase(one, files, sources, interpreterFor(one));
    return { id: one.id, ...result, ms: Math.round(10 * (performance.now() - started)) / 10 };
  };
}

/** Cases are run in series by programs, which wait longer than a user who types. */
const LONGEST = 60_000;

function runCase(one: Case, files: CaseFiles, sources: SourceCache, interpreter: Interpreter): object {
  const raw = files.readText(one.file);
  const text = one.file.endsWith('.ipynb') ? notebookText(raw) : raw;
  const { file, searchPaths } = one;
  const session = new Session({
    file,
    text,
    reader: files.reader,
    sources,
    searchPaths,
    interpreter,
    partly: true,
  });
  const problem = session.load() ?? (one.setup === undefined ? undefined : session.execute(one.setup));
  if (problem) return failure(problem);
  const outcome: Outcome = session.trace(one.expr, {
    inputs: one.inputs ?? (one.kwinputs ? [] : undefined),
    keywordInputs: one.kwinputs,
    method: one.method,
    mode: one.mode,
  });
  if ('problem' in outcome) return failure(outcome.problem);
  return success(price(outcome.trace, { name: one.expr, mode: one.mode }));
}

function runOnnx({ file, kwinputs }: Case, files: CaseFiles): object {
  const outcome = priceOnnx(file, files, (kwinputs ?? {}) as OnnxInputs);
  if ('problem' in outcome) return failure(outcome.problem);
  return { ...success(outcome.report), outputs: onnxOutputs(outcome.report, files) };
}

const failure = ({ message, stack }: Problem): object => ({ ok: false, error: message, stack });

function success({ params, buffers, fpo, training, memory, outputs, knobs, gaps }: ModelReport): object {
  return {
    ok: true,
    params,
    buffers,
    fpo,
    training,
    memory,
    outputs,
    knobs: knobs.map(({ name, value, source, reason, site }) => ({ name, value, source, reason, site })),
    gaps: gaps.map(({ reason, stack, count }) => ({ reason, site: stack.at(-1), count })),
  };
}

// --- checking ---------------------------------------------------------------------------------------------------------

function checkCase(raw: unknown): Case {
  const given = (typeof raw === 'object' && raw !== null ? raw : {}) as Record<string, unknown>;
  const { id, file, expr, setup, method, inputs, kwinputs, searchPaths, mode } = given;
  if (typeof file !== 'string') throw new Error('A case needs "file": the path of a .py or .ipynb file.');
  if (typeof expr !== 'string' && !isOnnx(file))
    throw new Error('A case needs "expr": a Python expression that builds the model.');
  return {
    id: typeof id === 'string' ? id : String(id ?? ''),
    file,
    expr: typeof expr === 'string' ? expr : '',
    setup: typeof setup === 'string' && setup.trim() !== '' ? setup : undefined,
    method: typeof method === 'string' ? method : undefined,
    inputs: Array.isArray(inputs) ? inputs.map(checkInput) : undefined,
    kwinputs: isRecord(kwinputs)
      ? mapValues(kwinputs, isOnnx(file) ? checkOnnxInput : checkInput)
      : undefined,
    searchPaths: Array.isArray(searchPaths) ? searchPaths.map(String) : [],
    mode: mode === 'train' ? 'train' : 'eval',
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const mapValues = <A, B>(record: Record<string, A>, map: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));

/** A tensor, a plain value, or lists and maps of them. */
function checkInput(raw: unknown): InputTree {
  if (raw === null || typeof raw === 'number' || typeof raw === 'boolean' || typeof raw === 'string')
    return raw;
  if (Array.isArray(raw)) return raw.map(checkInput);
  if (!isRecord(raw)) throw new Error(`${JSON.stringify(raw)} is no input.`);
  return 'shape' in raw ? checkTensor(raw) : mapValues(raw, checkInput);
}

function checkTensor(raw: Record<string, unknown>): InputTree {
  const { shape, dtype = 'float32' } = raw;
  const sizes = Array.isArray(shape) && shape.every((size) => Number.isSafeInteger(size) && size >= 0);
  if (!sizes) throw new Error(`An input needs "shape", a list of sizes; this is ${JSON.stringify(raw)}.`);
  if (typeof dtype !== 'string' || !isDType(dtype))
    throw new Error(`${JSON.stringify(dtype)} is not a dtype.`);
  return { shape: shape as number[], dtype };
}

/** ONNX has dtypes and spellings of its own; the reader of the file checks them. */
const checkOnnxInput = (raw: unknown): InputTree => raw as InputTree;
