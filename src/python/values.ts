// The values of the interpreted program. Python's None, bool, int and str are JavaScript's null, boolean, number (bigint
// beyond 2^53) and string; a float is a PyFloat, because 2.0 is not 2. Everything else is a class below.
//
// Built-in containers carry a `type` only where the user subclassed them; Interpreter.typeOf answers for all values.
// An `Unknown` is a value like others: what is computed from it is unknown for the same reason.
// Left out: private name mangling, weak references, buffers.

import type { SiteStack } from '../base/site';
import type { Expr, FunctionDef, Lambda } from '../syntax/ast';
import type { Interpreter } from './interpreter';

export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | PyFloat
  | PyComplex
  | PyBytes
  | EllipsisValue
  | NotImplementedValue
  | PyTuple
  | PyList
  | PyDict
  | PySet
  | PyRange
  | PySlice
  | PyIterator
  | PyFunction
  | NativeFunction
  | BoundMethod
  | PyProperty
  | StaticMethod
  | ClassMethod
  | PyClass
  | PyInstance
  | PyModule
  | PySuper
  | Unknown;

export type Namespace = Map<string, Value>;
export type Keywords = ReadonlyMap<string, Value>;

export class PyFloat {
  constructor(readonly value: number) {}
}

export class PyComplex {
  constructor(
    readonly real: number,
    readonly imag: number,
  ) {}
}

export class PyBytes {
  constructor(readonly text: string) {}
}

/** `...` */
export class EllipsisValue {
  readonly name = 'Ellipsis';
  static readonly only = new EllipsisValue();
}

export class NotImplementedValue {
  readonly text = 'NotImplemented';
  static readonly only = new NotImplementedValue();
}

/** Why something is not known, and where that began. */
export class Unknown {
  constructor(
    readonly reason: string,
    readonly stack: SiteStack,
    /** What it counts as where a condition is made of it. */
    readonly taken = false,
  ) {}

  /** The opposite of a truth that is not known. */
  negated(): Unknown {
    return new Unknown(this.reason, this.stack, !this.taken);
  }
}

export class PyTuple {
  /** Set for subclasses: named tuples, torch.Size. */
  type?: PyClass;
  attributes?: Namespace;
  constructor(
    readonly items: readonly Value[],
    type?: PyClass,
  ) {
    this.type = type;
  }
}

export class PyList {
  type?: PyClass;
  attributes?: Namespace;
  constructor(
    public items: Value[],
    type?: PyClass,
  ) {
    this.type = type;
  }
}

/** What equal keys have in common, usable in a JavaScript Map: see hashing.ts. */
export type Key = string | number | bigint | null | object;

export class PyDict {
  type?: PyClass;
  attributes?: Namespace;
  /** Insertion order; the key as it was first given beside the value. */
  readonly entries = new Map<Key, [Value, Value]>();
  /** `collections.defaultdict`'s factory. */
  factory?: Value;
}

export class PySet {
  type?: PyClass;
  attributes?: Namespace;
  readonly entries = new Map<Key, Value>();
  constructor(readonly frozen = false) {}
}

export class PyRange {
  constructor(
    readonly start: number,
    readonly stop: number,
    readonly step: number,
  ) {}

  get length(): number {
    return Math.max(0, Math.ceil((this.stop - this.start) / this.step));
  }
}

export class PySlice {
  constructor(
    readonly start: Value,
    readonly stop: Value,
    readonly step: Value,
  ) {}
}

/** An iterator or generator: JavaScript's, with what Python adds. */
export class PyIterator {
  constructor(
    readonly source: Iterator<Value, Value | undefined, Value>,
    readonly name = 'iterator',
  ) {}
}

export type ParameterKind = 'positional' | 'normal' | 'variadic' | 'keyword' | 'keywords';

/** A parameter with its default already evaluated. */
export interface Parameter {
  readonly name: string;
  readonly kind: ParameterKind;
  readonly default?: Value;
  readonly annotation?: Expr;
}

/** Variables of a function, class body or module, and the scope around it (classes are skipped, as in Python). */
export interface Scope {
  readonly variables: Namespace;
  readonly parent: Scope | null;
  readonly module: PyModule;
  /** Names declared `global`. */
  readonly globals?: ReadonlySet<string>;
  /** Names declared `nonlocal`. */
  readonly nonlocals?: ReadonlySet<string>;
  /** What the scope is of; functions do not see the variables of a class body around them. */
  readonly kind: 'class' | 'comprehension' | 'function' | 'module';
  /** The class whose method this is, for super(). */
  readonly owner?: PyClass;
  /** The method's first argument, for super(). */
  readonly receiver?: Value;
  /** Functions defined in a class body, whatever decorators make of them. */
  readonly methods?: PyFunction[];
}

export class PyFunction {
  attributes?: Namespace;
  /** The class in whose body it was defined. */
  owner?: PyClass;
  constructor(
    public name: string,
    readonly node: FunctionDef | Lambda,
    public parameters: readonly Parameter[],
    readonly scope: Scope,
    public qualifiedName = name,
  ) {}
}

export type NativeBody = (interpreter: Interpreter, args: readonly Value[], keywords: Keywords) => Value;

/** A function written in TypeScript. Made by native() in native.ts, which binds the arguments to a declared signature. */
export class NativeFunction {
  /** Whether it is a method even in a class of the user's, as what a decorator or a base puts there is. */
  binds?: boolean;
  attributes?: Namespace;
  constructor(
    readonly name: string,
    readonly body: NativeBody,
    /** The declared parameter list, for inspect.signature and messages. */
    readonly signature?: string,
  ) {}
}

export class BoundMethod {
  constructor(
    readonly self: Value,
    readonly callee: Value,
  ) {}
}

export class PyProperty {
  constructor(
    readonly getter: Value,
    readonly setter: Value = null,
    readonly deleter: Value = null,
    /** functools.cached_property: the value is kept in the instance. */
    readonly cachedAs?: string,
  ) {}
}

export class StaticMethod {
  constructor(readonly callee: Value) {}
}

export class ClassMethod {
  constructor(readonly callee: Value) {}
}

/** A class's own attributes. What is written is no longer what the class and its heirs remember. */
class ClassAttributes extends Map<string, Value> {
  constructor(
    attributes: Namespace,
    private readonly changed: (name: string) => void,
  ) {
    super();
    for (const [name, value] of attributes) super.set(name, value);
  }

  override set(name: string, value: Value): this {
    // The constructor of Map has no part in this: it is given nothing to set.
    this.changed(name);
    return super.set(name, value);
  }

  override delete(name: string): boolean {
    this.changed(name);
    return super.delete(name);
  }
}

export class PyClass {
  /** Method resolution order, the class itself first. */
  readonly mro: readonly PyClass[];
  readonly attributes: Namespace;
  /** What has been looked up along the order; undefined = nothing there. */
  private readonly found = new Map<string, Value | undefined>();
  /** Classes in whose order this one is. */
  private readonly heirs: PyClass[] = [];

  constructor(
    public name: string,
    readonly bases: readonly PyClass[],
    attributes: Namespace,
    mro: readonly PyClass[],
    public module = 'builtins',
    /** A base that could not be followed: attributes that are not found are unknown rather than an error. */
    readonly unknownBase?: Unknown,
    /** Where its own methods are looked up: `type`, or a metaclass. */
    readonly metaclass?: PyClass,
    /** Written in the user's code or an installed package, not in a prelude or TypeScript. */
    readonly fromSource = false,
  ) {
    this.mro = [this, ...mro];
    this.attributes = new ClassAttributes(attributes, (name) => {
      for (const { found } of this.heirs) found.delete(name);
    });
    for (const ancestor of this.mro) ancestor.heirs.push(this);
  }

  /** The first definition of a name along the method resolution order. */
  lookup(name: string): Value | undefined {
    const known = this.found.get(name);
    if (known !== undefined || this.found.has(name)) return known;
    const value = this.search(name);
    this.found.set(name, value);
    return value;
  }

  private search(name: string): Value | undefined {
    for (const { attributes } of this.mro) {
      const value = attributes.get(name);
      if (value !== undefined) return value;
    }
    return undefined;
  }
}

/** An object of a class. `payload` is what natives keep in it: the tensor of a torch.Tensor, the text of a Path. */
export class PyInstance {
  payload?: unknown;
  private own?: Namespace;
  constructor(
    public type: PyClass,
    attributes?: Namespace,
  ) {
    this.own = attributes;
  }

  /** Made when first asked for: tensors and numbers have none. */
  get attributes(): Namespace {
    this.own ??= new Map();
    return this.own;
  }
}

export class PyModule {
  /** Names bound by imports that have not been needed yet: see imports.ts. */
  readonly pending = new Map<string, () => Value>();
  /** Asked for names that are not in `variables`: sub-modules, star imports that wait, `__getattr__`. */
  fallback?: (name: string) => Value | undefined;
  constructor(
    readonly name: string,
    readonly variables: Namespace = new Map(),
    /** Source file; undefined for native modules. */
    readonly file?: string,
  ) {}
}

export class PySuper {
  constructor(
    /** Attributes are looked up after this class in the order of the instance's type. */
    readonly after: PyClass,
    readonly self: Value,
    readonly type: PyClass,
  ) {}
}
