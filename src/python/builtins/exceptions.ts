// The hierarchy of built-in exceptions. An exception is an instance with its arguments in `args`.

import type { Interpreter } from '../interpreter';
import { starred } from '../known';
import { native } from '../native';
import { reprOf, strOf } from '../text';
import {
  type Namespace,
  NativeFunction,
  PyClass,
  PyInstance,
  PyProperty,
  PyTuple,
  type Value,
} from '../values';
import { classOf, table } from './receivers';

interface Tree {
  readonly [name: string]: Tree;
}

const HIERARCHY: Tree = {
  BaseException: {
    BaseExceptionGroup: {},
    Exception: {
      ArithmeticError: { FloatingPointError: {}, OverflowError: {}, ZeroDivisionError: {} },
      AssertionError: {},
      AttributeError: {},
      BufferError: {},
      EOFError: {},
      ExceptionGroup: {},
      ImportError: { ModuleNotFoundError: {} },
      LookupError: { IndexError: {}, KeyError: {} },
      MemoryError: {},
      NameError: { UnboundLocalError: {} },
      OSError: {
        BlockingIOError: {},
        ChildProcessError: {},
        ConnectionError: {
          BrokenPipeError: {},
          ConnectionAbortedError: {},
          ConnectionRefusedError: {},
          ConnectionResetError: {},
        },
        FileExistsError: {},
        FileNotFoundError: {},
        InterruptedError: {},
        IsADirectoryError: {},
        NotADirectoryError: {},
        PermissionError: {},
        ProcessLookupError: {},
        TimeoutError: {},
      },
      ReferenceError: {},
      RuntimeError: { NotImplementedError: {}, RecursionError: {} },
      StopAsyncIteration: {},
      StopIteration: {},
      SyntaxError: { IndentationError: { TabError: {} } },
      SystemError: {},
      TypeError: {},
      ValueError: {
        UnicodeError: { UnicodeDecodeError: {}, UnicodeEncodeError: {}, UnicodeTranslateError: {} },
      },
      Warning: {
        BytesWarning: {},
        DeprecationWarning: {},
        EncodingWarning: {},
        FutureWarning: {},
        ImportWarning: {},
        PendingDeprecationWarning: {},
        ResourceWarning: {},
        RuntimeWarning: {},
        SyntaxWarning: {},
        UnicodeWarning: {},
        UserWarning: {},
      },
    },
    GeneratorExit: {},
    KeyboardInterrupt: {},
    SystemExit: {},
  },
};

/** Every class by its name; OSError has its old names too. */
export function exceptionTypes(object: PyClass): Map<string, PyClass> {
  const types = new Map<string, PyClass>();
  const grow = (tree: Tree, base: PyClass): void => {
    for (const [name, children] of Object.entries(tree)) {
      const own = name === 'BaseException' ? baseMethods() : (OWN[name]?.() ?? new Map());
      const cls = new PyClass(name, [base], own, base.mro);
      types.set(name, cls);
      grow(children, cls);
    }
  };
  grow(HIERARCHY, object);
  return types;
}

const argsOf = (self: Value | undefined): readonly Value[] =>
  self instanceof PyInstance ? starred(self.attributes.get('args')) : [];

function baseMethods(): Namespace {
  const methods = table([
    new NativeFunction('__init__', (_, [self, ...args]) => {
      if (self instanceof PyInstance) self.attributes.set('args', new PyTuple(args));
      return null;
    }),
    new NativeFunction('__new__', (interpreter, [cls, ...args]) => {
      const made = new PyInstance(classOf(interpreter, cls));
      made.attributes.set('args', new PyTuple(args));
      return made;
    }),
    native('__repr__', 'self, /', exceptionRepr),
    native('__str__', 'self, /', (interpreter, [self]) => exceptionText(interpreter, argsOf(self))),
    native('add_note', 'self, note, /', () => null),
    native('with_traceback', 'self, tb, /', (_, [self]) => self as Value),
  ]);
  for (const name of ['__cause__', '__context__', '__traceback__']) methods.set(name, null);
  methods.set('__suppress_context__', false);
  return methods;
}

function exceptionRepr(interpreter: Interpreter, [self]: readonly Value[]): Value {
  const args = argsOf(self).map((arg) => reprOf(interpreter, arg));
  return `${interpreter.typeOf(self as Value).name}(${args.join(', ')})`;
}

function exceptionText(interpreter: Interpreter, args: readonly Value[]): string {
  if (args.length === 0) return '';
  return args.length === 1 ? strOf(interpreter, args[0] as Value) : reprOf(interpreter, new PyTuple(args));
}

/** A property that reads one of the arguments. */
const argument = (name: string, index: number): PyProperty =>
  new PyProperty(native(name, 'self, /', (_, [self]) => argsOf(self)[index] ?? null));

/** What some of the classes have of their own. */
const OWN: Readonly<Record<string, () => Namespace>> = {
  ImportError: () =>
    table([
      new NativeFunction('__init__', (_, [self, ...args], keywords) => {
        if (!(self instanceof PyInstance)) return null;
        self.attributes.set('args', new PyTuple(args));
        for (const name of ['name', 'path']) self.attributes.set(name, keywords.get(name) ?? null);
        return null;
      }),
    ]),
  KeyError: () =>
    table([
      native('__str__', 'self, /', (interpreter, [self]) => {
        const args = argsOf(self);
        return args.length === 1 ? reprOf(interpreter, args[0] as Value) : exceptionText(interpreter, args);
      }),
    ]),
  OSError: () => {
    const methods = table([native('__str__', 'self, /', osErrorText)]);
    methods.set('errno', argument('errno', 0));
    methods.set('filename', argument('filename', 2));
    methods.set('strerror', argument('strerror', 1));
    return methods;
  },
  StopIteration: () => new Map<string, Value>([['value', argument('value', 0)]]),
  SystemExit: () => new Map<string, Value>([['code', argument('code', 0)]]),
};

function osErrorText(interpreter: Interpreter, [self]: readonly Value[]): Value {
  const args = argsOf(self);
  if (args.length < 2) return exceptionText(interpreter, args);
  const file = args.length > 2 ? `: ${reprOf(interpreter, args[2] as Value)}` : '';
  return `[Errno ${strOf(interpreter, args[0] as Value)}] ${strOf(interpreter, args[1] as Value)}${file}`;
}
