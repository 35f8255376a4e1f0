// What stands between a program and its machine: `_os` (files of the workspace), `_imports`, random numbers, clocks.
// Nothing of the machine is known; where the answer changes nothing, it is left out, else it is an unknown value.

import { parseExpression } from '../../syntax';
import type { Expr } from '../../syntax/ast';
import { table, textArgument } from '../builtins/receivers';
import { constantValue } from '../evaluate/expressions';
import type { Interpreter } from '../interpreter';
import { known } from '../known';
import { native } from '../native';
import { unaryOperation } from '../operators';
import { type Namespace, PyBytes, PyDict, PyList, PyModule, PySet, PyTuple, type Value } from '../values';
import { nothing, unknown, unknownFunction } from './unknown';

/** Files that are worth reading: texts that describe a model. */
const TEXTS = /\.(cfg|csv|ini|json|jsonl|md|py|toml|txt|ya?ml)$/i;

const ABSOLUTE = /^(?:[a-z][\w+.-]*:|[\\/])/i;

export function osModule(): Namespace {
  return table([
    known('is_file', 'path, /', (ip, [path]) => readText(ip, textArgument(ip, path)) !== undefined),
    known('is_folder', 'path, /', (ip, [path]) => ip.host.reader.isFolder(textArgument(ip, path))),
    known('list_folder', 'path, /', (ip, [path]) => {
      const names = namesIn(ip, textArgument(ip, path));
      return names ? new PyList([...names]) : unknown(ip, 'what is in a folder is not known');
    }),
  ]);
}

/** Of a relative path nobody knows where it starts. */
function namesIn(interpreter: Interpreter, path: string): readonly string[] | undefined {
  if (!ABSOLUTE.test(path)) return undefined;
  const names = interpreter.host.reader.list?.(path.replace(/(?<=.)\/$/, ''));
  interpreter.step(names?.length);
  return names;
}

/** The text of a file that describes something; a relative path starts where programs are started. */
export function readText(interpreter: Interpreter, path: string): string | undefined {
  if (!TEXTS.test(path)) return undefined;
  for (const place of placesOf(interpreter, path)) {
    const text = interpreter.host.reader.read(place);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** A relative path as it is, from each import root, and from beside the files that are running, innermost first. */
function placesOf(interpreter: Interpreter, path: string): string[] {
  if (ABSOLUTE.test(path)) return [path];
  const { frames, host } = interpreter;
  const beside = frames
    .map(({ file }) => file.replace(/[^/]*$/, ''))
    .filter((folder) => folder.endsWith('/'));
  const clean = path.replace(/^(?:\.\/)+/, '');
  const folders = [...host.searchPaths.map((root) => `${root.replace(/\/$/, '')}/`), ...beside.reverse()];
  return [path, ...new Set(folders.map((folder) => folder + clean))];
}

export function importsModule(): Namespace {
  return table([
    known('find_module', 'name, /', (ip, [name]) => ip.modules.find(textArgument(ip, name)) ?? null),
    known('import_by_name', 'name, /', (ip, [name]) => {
      const module = ip.importModule(textArgument(ip, name));
      if (module instanceof PyModule) ip.modules.ensureRun(module);
      return module;
    }),
    known('package_text', 'package, resource', (ip, [name, resource]) => {
      const { file } = ip.modules.import(textArgument(ip, name));
      const path = `${(file ?? '').replace(/\/[^/]*$/, '')}/${textArgument(ip, resource)}`;
      const text = readText(ip, path);
      return text === undefined ? unknown(ip, `what is in ${path} is not known`) : new PyBytes(text);
    }),
  ]);
}

/** Nothing random is known, but that a choice among one is that one. */
export function randomNames(): Namespace {
  const chance = 'a random choice is not known';
  return table([
    known('choice', 'seq, /', (ip, [sequence]) => {
      const items = ip.list(sequence as Value);
      return items.length === 1 ? (items[0] as Value) : unknown(ip, chance);
    }),
    unknownFunction('choices', chance),
    unknownFunction('random', 'a random number is not known'),
    unknownFunction('sample', chance),
    nothing('seed'),
    nothing('setstate'),
    known('shuffle', 'x, /', (ip, [list]) => {
      if (list instanceof PyList) shuffleList(ip, list);
      return null;
    }),
    known('uniform', 'a, b, /', (ip, [a, b]) =>
      ip.equal(a as Value, b as Value) ? (a as Value) : unknown(ip, 'a random number is not known'),
    ),
  ]);
}

/** A list whose order is random is left in the one that it has; while a file is imported its items become unknown. */
export function shuffleList(interpreter: Interpreter, list: PyList): void {
  const reason = 'a random order is not known';
  if (interpreter.modules.isRunning) list.items = list.items.map(() => unknown(interpreter, reason));
  else if (list.items.length > 1) interpreter.gap(`${reason}: the list is left as it is`);
}

export function timeNames(): Namespace {
  return table([
    nothing('sleep'),
    nothing('tzset'),
    ...['monotonic', 'perf_counter', 'process_time', 'time'].map((name) =>
      unknownFunction(name, 'what time it is is not known'),
    ),
  ]);
}

export const gcNames = (): Namespace =>
  table([
    nothing('collect', 0),
    nothing('disable'),
    nothing('enable'),
    nothing('freeze'),
    nothing('isenabled', true),
  ]);

export const platformNames = (): Namespace =>
  table([
    nothing('architecture', new PyTuple(['64bit', 'ELF'])),
    nothing('machine', 'x86_64'),
    nothing('python_implementation', 'CPython'),
    nothing('python_version', '3.11.0'),
    nothing('python_version_tuple', new PyTuple(['3', '11', '0'])),
    nothing('system', 'Linux'),
  ]);

export const atexitNames = (): Namespace =>
  table([
    native('register', 'func, /, *args, **kwargs', (_, [callee]) => callee as Value),
    nothing('unregister'),
  ]);

export const printNames = (): Namespace => table([nothing('pp'), nothing('pprint')]);

export const tracebackNames = (): Namespace =>
  table([
    nothing('format_exc', ''),
    nothing('print_exc'),
    nothing('print_exception'),
    nothing('print_stack'),
  ]);

// --- ast --------------------------------------------------------------------------------------------------------------

export function astNames(): Namespace {
  return table([
    known('literal_eval', 'node_or_string', (ip, [text]) => {
      const { expression, issues } = parseExpression(textArgument(ip, text).trim());
      const value = issues.length > 0 ? undefined : literalOf(ip, expression);
      if (value !== undefined) return value;
      return ip.raise('ValueError', `malformed node or string: ${ip.repr(text as Value)}`);
    }),
  ]);
}

/** The value of an expression that names nothing and calls nothing. */
function literalOf(ip: Interpreter, node: Expr): Value | undefined {
  if (node.kind === 'Constant') return constantValue(node);
  if (node.kind === 'UnaryOp') {
    const operand = literalOf(ip, node.operand);
    return operand === undefined ? undefined : unaryOperation(ip, node.op, operand);
  }
  if (node.kind === 'Dict') return literalDict(ip, node.keys, node.values);
  if (node.kind !== 'Tuple' && node.kind !== 'List' && node.kind !== 'Set') return undefined;
  const items = node.elts.map((item) => literalOf(ip, item));
  if (items.some((item) => item === undefined)) return undefined;
  return displayed(ip, node.kind, items as Value[]);
}

function displayed(ip: Interpreter, kind: 'List' | 'Set' | 'Tuple', items: Value[]): Value {
  if (kind === 'Tuple') return new PyTuple(items);
  if (kind === 'List') return new PyList(items);
  const set = new PySet();
  for (const item of items) set.entries.set(ip.key(item), item);
  return set;
}

function literalDict(
  ip: Interpreter,
  keys: readonly (Expr | null)[],
  values: readonly Expr[],
): Value | undefined {
  const dict = new PyDict();
  for (const [index, node] of keys.entries()) {
    const key = node ? literalOf(ip, node) : undefined;
    const value = literalOf(ip, values[index] as Expr);
    if (key === undefined || value === undefined) return undefined;
    dict.entries.set(ip.key(key), [key, value]);
  }
  return dict;
}
