// sys, and what is known of the machine: nothing but that Python is 3.11 on Linux.

import type { Interpreter } from '../interpreter';
import { namespaceDict } from '../namespace-dict';
import { native } from '../native';
import { normalizeInt } from '../numbers';
import { makeClass } from '../types';
import {
  type Namespace,
  type NativeFunction,
  PyFloat,
  PyInstance,
  PyList,
  PyTuple,
  Unknown,
  type Value,
} from '../values';

export function sysModule(interpreter: Interpreter): Namespace {
  const constant = (value: Value): NativeFunction => native('value', '*args', () => value);
  const refused = (reason: string): NativeFunction =>
    native('value', '*args, **kwargs', (ip) => ip.unknown(reason));
  return new Map<string, Value>([
    ['argv', new PyList([''])],
    ['builtin_module_names', new PyTuple([])],
    ['byteorder', 'little'],
    ['exc_info', constant(new PyTuple([null, null, null]))],
    ['executable', ''],
    ['exit', interpreter.builtins.get('exit') as Value],
    ['flags', record(interpreter, 'flags', { optimize: 0, dev_mode: false, utf8_mode: 0 })],
    ['float_info', record(interpreter, 'float_info', FLOAT_INFO)],
    ['getdefaultencoding', constant('utf-8')],
    ['getrecursionlimit', constant(1000)],
    ['getrefcount', refused('reference counts are not known')],
    ['getsizeof', refused('sizes of objects are not known')],
    ['gettrace', constant(null)],
    ['_getframe', refused('frames of the program are not known')],
    ['hexversion', 0x030b00f0],
    ['implementation', record(interpreter, 'implementation', { name: 'cpython' })],
    ['intern', native('intern', 'string, /', (_, [text]) => text as Value)],
    ['is_finalizing', constant(false)],
    ['maxsize', normalizeInt(2n ** 63n - 1n)],
    ['maxunicode', 0x10ffff],
    ['meta_path', new PyList([])],
    ['modules', modulesDict(interpreter)],
    ['path', new PyList([...interpreter.host.searchPaths])],
    ['platform', 'linux'],
    ['prefix', ''],
    ['ps1', null],
    ['setrecursionlimit', constant(null)],
    ['settrace', constant(null)],
    ['stderr', stream(interpreter)],
    ['stdin', new Unknown('what comes from outside is not known', interpreter.stack())],
    ['stdout', stream(interpreter)],
    ['version', '3.11.0 (price tag)'],
    ['version_info', versionInfo(interpreter)],
  ]);
}

const FLOAT_INFO = {
  dig: 15,
  epsilon: new PyFloat(Number.EPSILON),
  mant_dig: 53,
  max: new PyFloat(Number.MAX_VALUE),
  min: new PyFloat(2 ** -1022),
};

function record(interpreter: Interpreter, name: string, parts: Readonly<Record<string, Value>>): PyInstance {
  const cls = makeClass(interpreter, { name, bases: [], attributes: new Map(), module: 'sys' });
  return new PyInstance(cls, new Map(Object.entries(parts)));
}

/** Modules are found when they are asked for. */
function modulesDict(interpreter: Interpreter): Value {
  return namespaceDict(new Map(), { read: (name) => interpreter.modules.find(name), names: () => [] });
}

/** Writing goes nowhere. */
function stream(interpreter: Interpreter): Value {
  const nothing = (name: string, result: Value): [string, Value] => [
    name,
    native(name, '*args, **kwargs', () => result),
  ];
  const methods = new Map<string, Value>([
    nothing('close', null),
    nothing('fileno', 1),
    nothing('flush', null),
    nothing('isatty', false),
    nothing('reconfigure', null),
    nothing('write', 0),
  ]);
  const cls = makeClass(interpreter, {
    name: 'TextIOWrapper',
    bases: [],
    attributes: methods,
    module: '_io',
  });
  return new PyInstance(cls, new Map<string, Value>([['encoding', 'utf-8']]));
}

function versionInfo(interpreter: Interpreter): Value {
  const names = ['major', 'minor', 'micro', 'releaselevel', 'serial'];
  const make = interpreter.getAttribute(interpreter.importModule('_collections'), 'namedtuple');
  const cls = interpreter.call(make, ['version_info', new PyList(names)]);
  return interpreter.call(cls, [3, 11, 0, 'final', 0]);
}
