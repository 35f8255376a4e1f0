// The built-in types and functions of one interpreter. Types are classes like the user's: their methods are natives in
// the class's attributes, and calling one goes through its `__new__`.

import type { Interpreter } from '../interpreter';
import { native } from '../native';
import { EllipsisValue, type Namespace, NotImplementedValue, PyClass, type Value } from '../values';
import { bytesMethods } from './bytes';
import {
  callableMethods,
  classMethodMethods,
  constantMethods,
  methodMethods,
  moduleMethods,
  propertyMethods,
  staticMethodMethods,
  superMethods,
} from './callables';
import { dictMethods } from './dict';
import { exceptionTypes } from './exceptions';
import { codeFunctions } from './functions-code';
import { iterationFunctions } from './functions-iteration';
import { reflectionFunctions } from './functions-reflection';
import { valueFunctions } from './functions-values';
import { listMethods, tupleMethods } from './list';
import { boolMethods, complexMethods, floatMethods, intMethods } from './numbers';
import { objectMethods, typeMethods } from './object';
import { iteratorMethods, rangeMethods, sliceMethods } from './sequences';
import { frozensetMethods, setMethods } from './set';
import { strMethods } from './str';
import { viewTypes } from './views';

/** The classes that natives and the evaluator need by name. */
export interface BuiltinTypes {
  readonly bool: PyClass;
  readonly builtinFunction: PyClass;
  readonly bytes: PyClass;
  readonly classmethod: PyClass;
  readonly complex: PyClass;
  readonly dict: PyClass;
  readonly ellipsis: PyClass;
  readonly exceptions: ReadonlyMap<string, PyClass>;
  readonly float: PyClass;
  readonly frozenset: PyClass;
  readonly function: PyClass;
  readonly generator: PyClass;
  readonly int: PyClass;
  readonly list: PyClass;
  readonly method: PyClass;
  readonly module: PyClass;
  readonly NoneType: PyClass;
  readonly notImplemented: PyClass;
  readonly object: PyClass;
  readonly property: PyClass;
  readonly range: PyClass;
  readonly set: PyClass;
  readonly slice: PyClass;
  readonly staticmethod: PyClass;
  readonly str: PyClass;
  readonly super: PyClass;
  readonly tuple: PyClass;
  readonly type: PyClass;
  readonly unknown: PyClass;
}

export interface Builtins {
  readonly types: BuiltinTypes;
  readonly namespace: Namespace;
}

export function createBuiltins(interpreter: Interpreter): Builtins {
  const types = createTypes();
  const namespace: Namespace = new Map<string, Value>([
    ['Ellipsis', EllipsisValue.only],
    ['NotImplemented', NotImplementedValue.only],
    ['__debug__', true],
    ['__name__', 'builtins'],
    ...types.exceptions,
    ['EnvironmentError', types.exceptions.get('OSError') as PyClass],
    ['IOError', types.exceptions.get('OSError') as PyClass],
  ]);
  for (const name of NAMED) namespace.set(name, types[name]);
  namespace.set('bytearray', types.bytes);
  for (const callee of [
    ...iterationFunctions(),
    ...codeFunctions(),
    ...reflectionFunctions(),
    ...valueFunctions(),
  ])
    namespace.set(callee.name, callee);
  namespace.set(
    'memoryview',
    native('memoryview', 'object', () => interpreter.unknown('memoryview is not followed')),
  );
  return { types, namespace };
}

/** Types that have a name in every module. */
const NAMED = [
  'bool',
  'bytes',
  'classmethod',
  'complex',
  'dict',
  'float',
  'frozenset',
  'int',
  'list',
  'object',
  'property',
  'range',
  'set',
  'slice',
  'staticmethod',
  'str',
  'super',
  'tuple',
  'type',
] as const;

function createTypes(): BuiltinTypes {
  const object = new PyClass('object', [], objectMethods(), []);
  const make = (name: string, methods: Namespace, base = object): PyClass =>
    new PyClass(name, [base], methods, base.mro);
  const int = make('int', intMethods());
  return {
    object,
    int,
    bool: make('bool', boolMethods(), int),
    builtinFunction: make('builtin_function_or_method', callableMethods()),
    bytes: make('bytes', bytesMethods()),
    classmethod: make('classmethod', classMethodMethods()),
    complex: make('complex', complexMethods()),
    dict: make('dict', dictMethods(viewTypes(object))),
    ellipsis: make('ellipsis', constantMethods(EllipsisValue.only)),
    exceptions: exceptionTypes(object),
    float: make('float', floatMethods()),
    frozenset: make('frozenset', frozensetMethods()),
    function: make('function', callableMethods()),
    generator: make('generator', iteratorMethods()),
    list: make('list', listMethods()),
    method: make('method', methodMethods()),
    module: make('module', moduleMethods()),
    NoneType: make('NoneType', constantMethods(null)),
    notImplemented: make('NotImplementedType', constantMethods(NotImplementedValue.only)),
    property: make('property', propertyMethods()),
    range: make('range', rangeMethods()),
    set: make('set', setMethods()),
    slice: make('slice', sliceMethods()),
    staticmethod: make('staticmethod', staticMethodMethods()),
    str: make('str', strMethods()),
    super: make('super', superMethods()),
    tuple: make('tuple', tupleMethods()),
    type: make('type', typeMethods()),
    unknown: make('unknown', new Map()),
  };
}
