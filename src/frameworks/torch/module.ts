// torch.nn.Module. Construction remembers the site that asked for it; a call runs the hooks and `forward` as an invocation
// of the recording. Left out: backward hooks, and loading weights (there are none).

import type { SiteStack } from '../../base/site';
import type { Interpreter } from '../../python/interpreter';
import { makeClass } from '../../python/types';
import {
  type Keywords,
  type Namespace,
  NativeFunction,
  type PyClass,
  PyDict,
  PyInstance,
  PyList,
  PySet,
  PyTuple,
  Unknown,
  type Value,
} from '../../python/values';
import type { DType } from '../../tensor/dtype';
import { kindOf } from '../../tensor/dtype';
import { type MethodRow, methodsOf } from './classes';
import { dtypeOf } from './constants';
import {
  checkName,
  childrenOf,
  deleteMember,
  initialise,
  isModule,
  memberOf,
  membersOf,
  setMember,
  store,
} from './module-members';
import { applyTo, convertFloats, pairs, stateDict, values, walk, walkTensors } from './module-walk';
import { requireGrad } from './recorder';
import { userSites } from './recording';
import { torchOf } from './state';
import { TensorData, tensorOf } from './tensors';

/** The payload of a module: where it was constructed, and with what. */
export class Construction {
  constructor(
    readonly stack: SiteStack,
    readonly args: readonly Value[],
    readonly keywords: Keywords,
  ) {}
}

type Args = readonly Value[];

const moduleOf = (self: Value | undefined): PyInstance => self as PyInstance;
const itself = (_: Interpreter, [self]: Args): Value => self as Value;

const METHODS: readonly MethodRow[] = [
  ['__deepcopy__', 'self, memo=None', deepCopy],
  [
    '__delattr__',
    'self, name',
    (interpreter, [self, name]) => nothing(deleteMember(interpreter, moduleOf(self), String(name))),
  ],
  ['__dir__', 'self', names],
  ['__getattr__', 'self, name', getMember],
  ['__init__', 'self, *args, **kwargs', (_, [self]) => nothing(initialise(moduleOf(self)))],
  ['__repr__', 'self', describe],
  [
    '__setattr__',
    'self, name, value',
    (interpreter, [self, name, value]) =>
      nothing(setMember(interpreter, moduleOf(self), String(name), value as Value)),
  ],
  ['__setstate__', 'self, state', () => null],
  ['_get_name', 'self', (_, [self]) => moduleOf(self).type.name],
  ['_load_from_state_dict', 'self, *args, **kwargs', () => null],
  ['_register_load_state_dict_pre_hook', 'self, hook, with_module=False', handle],
  ['_register_state_dict_hook', 'self, hook', handle],
  ['add_module', 'self, name, module', addModule],
  ['apply', 'self, fn', apply],
  [
    'buffers',
    'self, recurse=True',
    (i, [self, recurse]) =>
      values(walkTensors(i, moduleOf(self), '_buffers', { recurse: recurse !== false })),
  ],
  ['children', 'self', (i, [self]) => values(unique(childrenOf(i, moduleOf(self))))],
  ['compile', 'self, *args, **kwargs', () => null],
  ['cpu', 'self', itself],
  ['cuda', 'self, device=None', itself],
  ['eval', 'self', (interpreter, [self]) => interpreter.callMethod(self as Value, 'train', [false])],
  ['extra_repr', 'self', () => ''],
  ['forward', 'self, *args, **kwargs', notImplemented],
  ['get_buffer', 'self, target', getByPath],
  ['get_extra_state', 'self', () => null],
  ['get_parameter', 'self, target', getByPath],
  ['get_submodule', 'self, target', getByPath],
  ['ipu', 'self, device=None', itself],
  ['load_state_dict', 'self, state_dict, strict=True, assign=False', loaded],
  ['modules', 'self', (interpreter, [self]) => values(walk(interpreter, moduleOf(self)))],
  [
    'named_buffers',
    'self, prefix="", recurse=True, remove_duplicate=True',
    (i, args) => namedTensors(i, args, '_buffers'),
  ],
  ['named_children', 'self', (i, [self]) => pairs(unique(childrenOf(i, moduleOf(self))))],
  ['named_modules', 'self, memo=None, prefix="", remove_duplicate=True', namedModules],
  [
    'named_parameters',
    'self, prefix="", recurse=True, remove_duplicate=True',
    (i, args) => namedTensors(i, args, '_parameters'),
  ],
  [
    'parameters',
    'self, recurse=True',
    (i, [self, recurse]) =>
      values(walkTensors(i, moduleOf(self), '_parameters', { recurse: recurse !== false })),
  ],
  ['register_backward_hook', 'self, hook', handle],
  ['register_buffer', 'self, name, tensor=None, persistent=True', registerBuffer],
  [
    'register_forward_hook',
    'self, hook, *, prepend=False, with_kwargs=False, always_call=False',
    (i, args) => addHook(i, args, '_forward_hooks', args[3]),
  ],
  [
    'register_forward_pre_hook',
    'self, hook, *, prepend=False, with_kwargs=False',
    (i, args) => addHook(i, args, '_forward_pre_hooks', args[3]),
  ],
  ['register_full_backward_hook', 'self, hook, prepend=False', handle],
  ['register_full_backward_pre_hook', 'self, hook, prepend=False', handle],
  ['register_load_state_dict_post_hook', 'self, hook', handle],
  ['register_load_state_dict_pre_hook', 'self, hook', handle],
  ['register_module', 'self, name, module', addModule],
  ['register_parameter', 'self, name, param', registerParameter],
  ['register_state_dict_post_hook', 'self, hook', handle],
  ['register_state_dict_pre_hook', 'self, hook', handle],
  ['requires_grad_', 'self, requires_grad=True', switchGradients],
  ['set_extra_state', 'self, state', () => null],
  ['set_submodule', 'self, target, module, strict=False', setSubmodule],
  ['share_memory', 'self', itself],
  ['state_dict', 'self, *args, destination=None, prefix="", keep_vars=False', makeStateDict],
  ['to_empty', 'self, *, device=None, recurse=True', itself],
  ['train', 'self, mode=True', train],
  ['type', 'self, dst_type', convert],
  ['xpu', 'self, device=None', itself],
  ['zero_grad', 'self, set_to_none=True', () => null],
];

/** `model.half()` and the like. */
const CASTS: Readonly<Record<string, DType>> = {
  bfloat16: 'bfloat16',
  double: 'float64',
  float: 'float32',
  half: 'float16',
};

/** Attributes of the class that are no methods. */
const CONSTANTS: Readonly<Record<string, Value>> = { call_super_init: false, dump_patches: false };

export function createModuleClass(interpreter: Interpreter): PyClass {
  const attributes: Namespace = new Map([
    ...methodsOf(METHODS),
    ...Object.entries(CONSTANTS),
    ...Object.entries(CASTS).map(([name, dtype]): [string, Value] => [
      name,
      new NativeFunction(name, (i, [self]) => cast(i, self, dtype)),
    ]),
    ['__call__', new NativeFunction('__call__', callModule)],
    ['__new__', new NativeFunction('__new__', construct)],
    ['to', new NativeFunction('to', convert)],
  ] as [string, Value][]);
  attributes.set('_call_impl', attributes.get('__call__') as Value);
  return makeClass(interpreter, { name: 'Module', bases: [], attributes, module: 'torch.nn.modules.module' });
}

const nothing = (_: unknown): null => null;

// --- construction and calls -------------------------------------------------------------------------------------------

/** A module weighs as much as these steps: a model without end has to stop before it fills the memory. */
const STEPS_OF_A_MODULE = 600;

function construct(interpreter: Interpreter, [cls, ...args]: Args, keywords: Keywords): Value {
  interpreter.step(STEPS_OF_A_MODULE);
  const instance = new PyInstance(cls as PyClass);
  instance.payload = new Construction(userSites(interpreter), args, keywords);
  return instance;
}

/** Pre-hooks, `forward`, hooks; an invocation of the recording. */
function callModule(interpreter: Interpreter, [self, ...args]: Args, keywords: Keywords): Value {
  const module = moduleOf(self);
  const [given, named] = beforeForward(interpreter, module, args, keywords);
  const run = () =>
    afterForward(interpreter, module, given, named, forward(interpreter, module, given, named));
  const { recording } = torchOf(interpreter);
  if (!recording?.active) return run();
  const index = recording.modules.get(module) ?? -1;
  return recording.invocation('module', module.type.name, index, [...given, ...named.values()], run);
}

const forward = (interpreter: Interpreter, module: PyInstance, args: Args, keywords: Keywords): Value =>
  interpreter.call(interpreter.getAttribute(module, 'forward'), args, keywords);

function hooksOf(module: PyInstance, name: string): [Value, boolean][] {
  const hooks = module.attributes.get(name);
  if (!(hooks instanceof PyDict) || hooks.entries.size === 0) return [];
  return [...hooks.entries.values()].map(([withKeywords, hook]) => [
    hook,
    (withKeywords as PyTuple).items[1] === true,
  ]);
}

function beforeForward(
  interpreter: Interpreter,
  module: PyInstance,
  args: Args,
  keywords: Keywords,
): [Args, Keywords] {
  let given = args;
  for (const [hook, withKeywords] of hooksOf(module, '_forward_pre_hooks')) {
    const extra = withKeywords ? [dictOf(interpreter, keywords)] : [];
    const result = interpreter.call(hook, [module, new PyTuple(given), ...extra]);
    if (withKeywords || result === null) continue;
    given = result instanceof PyTuple ? result.items : [result];
  }
  return [given, keywords];
}

function afterForward(
  interpreter: Interpreter,
  module: PyInstance,
  args: Args,
  keywords: Keywords,
  output: Value,
): Value {
  let result = output;
  for (const [hook, withKeywords] of hooksOf(module, '_forward_hooks')) {
    const extra = withKeywords ? [dictOf(interpreter, keywords)] : [];
    const replaced = interpreter.call(hook, [module, new PyTuple(args), ...extra, result]);
    if (replaced !== null) result = replaced;
  }
  return result;
}

function dictOf(interpreter: Interpreter, keywords: Keywords): PyDict {
  const dict = new PyDict();
  for (const [name, value] of keywords) dict.entries.set(interpreter.key(name), [name, value]);
  return dict;
}

function addHook(
  interpreter: Interpreter,
  [self, hook]: Args,
  kind: string,
  withKeywords: Value | undefined,
): Value {
  const hooks = moduleOf(self).attributes.get(kind);
  const removal = handle(interpreter);
  if (!(hooks instanceof PyDict)) return removal;
  const key = removal as object;
  hooks.entries.set(key, [new PyTuple([removal, withKeywords === true]), hook as Value]);
  (removal as PyInstance).attributes.set(
    'remove',
    new NativeFunction('remove', () => nothing(void hooks.entries.delete(key))),
  );
  return removal;
}

/** What registering a hook gives: something that can be asked to remove it. */
function handle(interpreter: Interpreter): Value {
  const instance = new PyInstance(interpreter.types.object);
  instance.attributes.set('remove', new NativeFunction('remove', () => null));
  return instance;
}

function notImplemented(interpreter: Interpreter, [self]: Args): Value {
  const message = `Module [${moduleOf(self).type.name}] is missing the required "forward" function`;
  return interpreter.raise('NotImplementedError', message);
}

/** A copy that remembers the original's site; tensors that share storage go on sharing. */
function deepCopy(interpreter: Interpreter, [self, memo]: Args): Value {
  const original = moduleOf(self);
  const copy = new PyInstance(original.type);
  copy.payload = original.payload;
  const deepcopy = interpreter.getAttribute(interpreter.importModule('copy'), 'deepcopy');
  if (memo instanceof PyDict) {
    const id = interpreter.call(interpreter.builtins.get('id') as Value, [original]);
    memo.entries.set(interpreter.key(id), [id, copy]);
  }
  for (const [name, value] of original.attributes) {
    copy.attributes.set(name, interpreter.call(deepcopy, [value, memo as Value]));
  }
  return copy;
}

// --- members ----------------------------------------------------------------------------------------------------------

function getMember(interpreter: Interpreter, [self, name]: Args): Value {
  const found = memberOf(interpreter, moduleOf(self), String(name));
  if (found !== undefined) return found;
  const { type } = moduleOf(self);
  if (type.unknownBase) return type.unknownBase;
  return interpreter.raise('AttributeError', `'${type.name}' object has no attribute '${String(name)}'`);
}

function names(_: Interpreter, [self]: Args): Value {
  const { attributes, type } = moduleOf(self);
  const members = ['_parameters', '_buffers', '_modules'].flatMap((kind) => {
    const dict = attributes.get(kind);
    return dict instanceof PyDict ? [...dict.entries.values()].map(([key]) => String(key)) : [];
  });
  const inherited = type.mro.flatMap((cls) => [...cls.attributes.keys()]);
  return new PyList([...new Set([...attributes.keys(), ...inherited, ...members])].sort());
}

function addModule(interpreter: Interpreter, [self, name, module]: Args): Value {
  if (!isModule(interpreter, module) && module !== null && !(module instanceof Unknown)) {
    interpreter.raise(
      'TypeError',
      `${interpreter.str(interpreter.typeOf(module as Value))} is not a Module subclass`,
    );
  }
  if (!membersOf(moduleOf(self), '_modules')) {
    interpreter.raise('AttributeError', 'cannot assign module before Module.__init__() call');
  }
  return nothing(
    store(
      interpreter,
      moduleOf(self),
      '_modules',
      checkName(interpreter, moduleOf(self), 'module', name as Value),
      module as Value,
    ),
  );
}

function registerParameter(interpreter: Interpreter, [self, name, value]: Args): Value {
  const text = checkName(interpreter, moduleOf(self), 'parameter', name as Value);
  return nothing(store(interpreter, moduleOf(self), '_parameters', text, value as Value));
}

function registerBuffer(interpreter: Interpreter, [self, name, tensor, persistent]: Args): Value {
  const text = checkName(interpreter, moduleOf(self), 'buffer', name as Value);
  store(interpreter, moduleOf(self), '_buffers', text, tensor as Value);
  const transient = moduleOf(self).attributes.get('_non_persistent_buffers_set');
  if (persistent === false && transient instanceof PySet) transient.entries.set(interpreter.key(text), text);
  return null;
}

function getByPath(interpreter: Interpreter, [self, target]: Args): Value {
  const path = String(target);
  if (path === '') return self as Value;
  return path
    .split('.')
    .reduce<Value>((object, name) => interpreter.getAttribute(object, name), self as Value);
}

function setSubmodule(interpreter: Interpreter, [self, target, module]: Args): Value {
  const path = String(target).split('.');
  const last = path.pop() as string;
  const parent = getByPath(interpreter, [self as Value, path.join('.')]);
  interpreter.setAttribute(parent, last, module as Value);
  return null;
}

// --- walks ------------------------------------------------------------------------------------------------------------

function unique(named: readonly [string, PyInstance][]): [string, PyInstance][] {
  const seen = new Set<PyInstance>();
  return named.filter(([, module]) => !seen.has(module) && seen.add(module));
}

function namedModules(interpreter: Interpreter, [self, , prefix, once]: Args): Value {
  return pairs(walk(interpreter, moduleOf(self), String(prefix), once === false ? 'repeat' : new Set()));
}

function namedTensors(
  interpreter: Interpreter,
  [self, prefix, recurse, once]: Args,
  kind: '_parameters' | '_buffers',
): Value {
  const options = { prefix: String(prefix), recurse: recurse !== false, once: once !== false };
  return pairs(walkTensors(interpreter, moduleOf(self), kind, options));
}

function makeStateDict(interpreter: Interpreter, [self, , destination, prefix]: Args): Value {
  const into = destination instanceof PyDict ? destination : new PyDict();
  return stateDict(interpreter, moduleOf(self), into, String(prefix));
}

/** There are no weights, so all of them fit. */
function loaded(): Value {
  const missing = new PyList([]);
  const unexpected = new PyList([]);
  const keys = new PyTuple([missing, unexpected]);
  keys.attributes = new Map([
    ['missing_keys', missing],
    ['unexpected_keys', unexpected],
  ]);
  return keys;
}

function apply(interpreter: Interpreter, [self, callee]: Args): Value {
  applyTo(interpreter, moduleOf(self), callee as Value);
  return self as Value;
}

function train(interpreter: Interpreter, [self, mode]: Args): Value {
  moduleOf(self).attributes.set('training', mode as Value);
  for (const [, child] of childrenOf(interpreter, moduleOf(self)))
    interpreter.callMethod(child, 'train', [mode as Value]);
  return self as Value;
}

function switchGradients(interpreter: Interpreter, [self, on]: Args): Value {
  for (const [, parameter] of walkTensors(interpreter, moduleOf(self), '_parameters')) {
    const data = tensorOf(parameter);
    if (on !== false) requireGrad(parameter);
    else if (data instanceof TensorData) data.requiresGrad = false;
  }
  return self as Value;
}

function cast(interpreter: Interpreter, self: Value | undefined, dtype: DType): Value {
  convertFloats(interpreter, moduleOf(self), dtype);
  return self as Value;
}

/** `to(dtype)`, `to(device)`, `to(device, dtype)`, `to(tensor)`. */
function convert(interpreter: Interpreter, [self, ...args]: Args, keywords: Keywords = new Map()): Value {
  const given = [...args, ...keywords.values()];
  const dtype = given.map((value) => dtypeOf(value) ?? tensorOf(value)?.spec.dtype).find(Boolean);
  if (dtype !== undefined && kindOf(dtype) !== 'int') convertFloats(interpreter, moduleOf(self), dtype);
  return self as Value;
}

// --- printing ---------------------------------------------------------------------------------------------------------

/** The tree as torch prints it. */
function describe(interpreter: Interpreter, [self]: Args): Value {
  const extra = interpreter.str(interpreter.callMethod(self as Value, 'extra_repr'));
  const name = interpreter.str(interpreter.callMethod(self as Value, '_get_name'));
  const children = childrenOf(interpreter, moduleOf(self)).map(
    ([key, child]) => `(${key}): ${indented(interpreter.repr(child))}`,
  );
  if (children.length === 0) return `${name}(${extra})`;
  const lines = [...(extra === '' ? [] : [extra]), ...children].map((line) => `  ${line}\n`);
  return `${name}(\n${lines.join('')})`;
}

const indented = (text: string): string => text.replaceAll('\n', '\n  ');
