// `transformers._reading`: what the prelude cannot say in Python. Names that a package gives out are found by looking for
// their definition in the text of its modules, so that only the module that has one is run.

import type { Interpreter } from '../../python/interpreter';
import { isPrelude } from '../../python/library';
import { type BoundBody, native } from '../../python/native';
import { readJson } from '../../python/stdlib/json';
import {
  BoundMethod,
  type Namespace,
  NativeFunction,
  PyFunction,
  PyList,
  Unknown,
  type Value,
} from '../../python/values';
import { tensorOf } from '../torch/tensors';
import { AS_INSTALLED, installedText, moduleOfName } from './exports';

export function buildReading(): Namespace {
  return new Map(ROWS.map(([name, signature, body]) => [name, native(name, signature, body)]));
}

const ROWS: readonly (readonly [string, string, BoundBody])[] = [
  [
    'exported',
    'package, name',
    (interpreter, [pack, name]) => exported(interpreter, String(pack), String(name)),
  ],
  [
    'global_of',
    'module, name',
    (interpreter, [module, name]) => globalOf(interpreter, String(module), String(name)),
  ],
  ['has_module', 'name', (interpreter, [name]) => interpreter.modules.find(String(name)) !== undefined],
  ['hides_something', 'mask', (_, [mask]) => tensorOf(mask)?.spec.contents?.includes(0) ?? false],
  [
    'installed_has',
    'module, text',
    ({ host }, [module, text]) => installedText(host, String(module))?.includes(String(text)) ?? false,
  ],
  ['local_json', 'path', (interpreter, [path]) => localJson(interpreter, String(path))],
  [
    'installed',
    'module, name',
    (interpreter, [module, name]) => installed(interpreter, String(module), String(name)),
  ],
  ['is_unknown', 'value', (_, [value]) => value instanceof Unknown],
  ['parameter_names', 'function', (_, [callee]) => new PyList(parameterNames(callee as Value))],
  [
    'source_has',
    'module, text',
    (interpreter, [module, text]) => sourceHas(interpreter, String(module), String(text)),
  ],
  ['version', '', ({ host }) => versionOf(installedText(host, 'transformers.__init__') ?? '')],
  ['unknown', 'reason', (interpreter, [reason]) => interpreter.unknown(String(reason))],
];

/** A name that a package gives out, from the module that defines it. */
function exported(interpreter: Interpreter, pack: string, name: string): Value {
  const module = name.startsWith('__') ? undefined : moduleOfName(interpreter.host, pack, name);
  const found = module === undefined ? undefined : interpreter.modules.find(module);
  const value = found && interpreter.modules.attribute(found, name);
  if (value !== undefined) return value;
  return interpreter.raise('AttributeError', `module '${pack}' has no attribute '${name}'`);
}

/** A name that our text for a module leaves to the installed one. */
function installed(interpreter: Interpreter, module: string, name: string): Value {
  const found = name.startsWith('__') ? undefined : interpreter.modules.find(module + AS_INSTALLED);
  const value = found && interpreter.modules.attribute(found, name);
  if (value !== undefined) return value;
  return interpreter.raise('AttributeError', `module '${module}' has no attribute '${name}'`);
}

/** A global of a module that has been loaded; None where it has none. */
function globalOf(interpreter: Interpreter, module: string, name: string): Value {
  const found = interpreter.modules.find(module);
  return (found && interpreter.modules.global(found, name)) ?? null;
}

const versionOf = (text: string): string => /^__version__ = "(.*)"/m.exec(text)?.[1] ?? '5.0.0';

/** `config.json` of a folder that stands beside the user's file, or where it says; None where there is none. */
function localJson(interpreter: Interpreter, path: string): Value {
  const files = interpreter.frames.map(({ scope }) => scope.module.file ?? '<native>');
  const home = files.find((file) => !isPrelude(file))?.replace(/[^/]*$/, '') ?? '';
  const place = path.replace(/^\.\//, '').replace(/\/$/, '');
  const file = place.endsWith('.json') ? place : `${place}/config.json`;
  const text = interpreter.host.reader.read(path.startsWith('/') ? file : home + file);
  return text === undefined ? null : readJson(interpreter, text);
}

/** Whether the text of a module's file holds this. */
function sourceHas(interpreter: Interpreter, module: string, text: string): boolean {
  const file = interpreter.modules.find(module)?.file;
  if (file === undefined || file.startsWith('<')) return false;
  return interpreter.host.reader.read(file)?.includes(text) ?? false;
}

/** Names of a function's own parameters, whatever it may wrap. */
function parameterNames(callee: Value): string[] {
  if (callee instanceof BoundMethod) return parameterNames(callee.callee).slice(1);
  if (callee instanceof PyFunction) return callee.parameters.map(({ name }) => name);
  if (!(callee instanceof NativeFunction)) return [];
  const parts = callee.signature?.split(',') ?? [];
  return parts.map((part) => (part.split('=')[0] as string).replace(/^[\s*]+/, '').trim());
}
