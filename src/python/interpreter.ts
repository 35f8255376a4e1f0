// The interpreter's face: what natives, builtins and frameworks may ask of it. The work is in the files beside it; this
// class holds the state of a run (modules, frames, budgets) and passes calls on.
//
// Nothing here throws for what the user wrote, except PyRaise (a Python exception, which `except` may catch) and
// LimitExceeded (which nothing catches).

import type { FileReader } from '../base/files';
import type { Site, SiteStack } from '../base/site';
import { findAttribute, getAttribute, setAttribute } from './attributes';
import { type BuiltinTypes, createBuiltins } from './builtins';
import { callValue } from './calls';
import { compareValues, equalValues } from './comparison';
import type { FunctionFacts } from './evaluate/facts';
import { PyRaise } from './exceptions';
import { keyOf } from './hashing';
import { iterate } from './iteration';
import type { Library } from './library';
import { DEFAULT_LIMITS, LimitExceeded, type Limits } from './limits';
import { Modules } from './modules';
import { binaryOperation } from './operators';
import { plainReader, type SourceReader } from './source-text';
import { reprOf, strOf } from './text';
import { getItem, setItem, truthOf } from './truth';
import { isSubclass, typeOf } from './types';
import {
  type Key,
  type Keywords,
  type Namespace,
  PyClass,
  type PyFunction,
  PyInstance,
  type PyModule,
  PyTuple,
  type Scope,
  Unknown,
  type Value,
} from './values';

/** One call of a Python function, a class body or a module. `node` is the expression being worked on in it. */
export interface Frame {
  readonly scope: Scope;
  readonly file: string;
  readonly name: string;
  node: { readonly start: number; readonly end: number };
  /** `try` bodies around the current statement: in one, a missing import raises rather than being unknown. */
  trying: number;
  /** In a generator: what the yields of the statement at work were answered. */
  sent?: Map<object, Value>;
}

/** Who runs the interpreter, and what it is told. */
export interface Host {
  readonly reader: FileReader;
  /** Import roots in order. */
  readonly searchPaths: readonly string[];
  /** Asked in order before files are looked at. */
  readonly libraries: readonly Library[];
  /** Reads texts, or answers from a cache; left out = each time anew. */
  readonly sources?: SourceReader;
  readonly limits?: Partial<Limits>;
  readonly cancelled?: () => boolean;
  /** A place that could not be followed. */
  readonly onGap?: (reason: string, stack: SiteStack) => void;
  /** Around each call of a Python function; gives what is to be told when it ends. */
  readonly onFunction?: (callee: PyFunction, args: readonly Value[]) => ((result: Value) => void) | undefined;
}

const NO_KEYWORDS: Keywords = new Map();

export class Interpreter {
  readonly limits: Limits;
  readonly sources: SourceReader;
  readonly frames: Frame[] = [];
  readonly modules: Modules;
  readonly types: BuiltinTypes;
  readonly builtins: Namespace;
  /** Exceptions being handled, innermost last: what a bare `raise` raises again. */
  readonly handled: PyRaise[] = [];
  /** What the body of a function declares, found once per definition. */
  readonly facts = new WeakMap<object, FunctionFacts>();
  /** State of frameworks, by a symbol of their own. */
  readonly state = new Map<symbol, unknown>();
  private stepsLeft: number;
  private deadline: number;
  private depth = 0;

  constructor(readonly host: Host) {
    this.limits = { ...DEFAULT_LIMITS, ...host.limits };
    this.sources = host.sources ?? plainReader;
    this.stepsLeft = this.limits.steps;
    this.deadline = Date.now() + this.limits.milliseconds;
    this.modules = new Modules(this);
    const { types, namespace } = createBuiltins(this);
    this.types = types;
    this.builtins = namespace;
  }

  // --- values -------------------------------------------------------------------------------------------------------

  call(callee: Value, args: readonly Value[] = [], keywords: Keywords = NO_KEYWORDS): Value {
    return callValue(this, callee, args, keywords);
  }

  callMethod(
    self: Value,
    name: string,
    args: readonly Value[] = [],
    keywords: Keywords = NO_KEYWORDS,
  ): Value {
    return callValue(this, this.getAttribute(self, name), args, keywords);
  }

  /** The result, or undefined where the call raised an exception of this built-in class. */
  callOr(callee: Value, args: readonly Value[], exception: string): Value | undefined {
    const depth = this.frames.length;
    try {
      return callValue(this, callee, args, NO_KEYWORDS);
    } catch (error) {
      const type = this.types.exceptions.get(exception);
      if (!(error instanceof PyRaise && type && isSubclass(error.value.type, type))) throw error;
      this.frames.length = depth;
      return undefined;
    }
  }

  /** Raises AttributeError where there is none. */
  getAttribute(object: Value, name: string): Value {
    return getAttribute(this, object, name);
  }

  /** undefined where there is none; `__getattr__` is asked too. */
  findAttribute(object: Value, name: string): Value | undefined {
    return findAttribute(this, object, name);
  }

  setAttribute(object: Value, name: string, value: Value): void {
    setAttribute(this, object, name, value);
  }

  getItem(container: Value, index: Value): Value {
    return getItem(this, container, index);
  }

  setItem(container: Value, index: Value, value: Value): void {
    setItem(this, container, index, value);
  }

  /** `operator` is the token, as in the syntax tree: `+`, `@`, `//`. */
  binary(operator: string, left: Value, right: Value): Value {
    return binaryOperation(this, operator, left, right);
  }

  /** `operator` is the token, as in the syntax tree: `<`, `not in`, `is`. */
  compare(operator: string, left: Value, right: Value): Value {
    return compareValues(this, operator, left, right);
  }

  equal(left: Value, right: Value): boolean {
    return equalValues(this, left, right);
  }

  truth(value: Value): boolean {
    return truthOf(this, value);
  }

  /** Elements in order. An Unknown has none, and a gap is noted. Counts steps, so that endless iterators end. */
  iterate(value: Value): Iterable<Value> {
    return iterate(this, value);
  }

  /** All elements; over `limits.elements` the run ends. */
  list(value: Value): Value[] {
    const items: Value[] = [];
    for (const item of iterate(this, value)) {
      items.push(item);
      if (items.length > this.limits.elements) this.tooMany(items.length);
    }
    return items;
  }

  key(value: Value): Key {
    return keyOf(this, value);
  }

  repr(value: Value): string {
    return reprOf(this, value);
  }

  str(value: Value): string {
    return strOf(this, value);
  }

  typeOf(value: Value): PyClass {
    return typeOf(this, value);
  }

  /** `type` is a class, a union or a tuple of them; unknown ones match nothing. */
  isInstance(value: Value, type: Value): boolean {
    if (type instanceof PyTuple) return type.items.some((item) => this.isInstance(value, item));
    return type instanceof PyClass && isSubclass(this.typeOf(value), type);
  }

  // --- trouble ------------------------------------------------------------------------------------------------------

  /** Raises a Python exception of a built-in or given class. */
  raise(type: string | PyClass, message: string): never {
    const cls = typeof type === 'string' ? this.types.exceptions.get(type) : type;
    if (!cls) throw new Error(`no exception class ${String(type)}`);
    const value = new PyInstance(cls, new Map([['args', new PyTuple([message])]]));
    throw new PyRaise(value, this.stack(), `${cls.name}: ${message}`);
  }

  /** An unknown value that began here; a gap is noted. */
  unknown(reason: string): Unknown {
    this.gap(reason);
    return new Unknown(reason, this.stack());
  }

  /** Notes a place that could not be followed. While a file is imported that is no gap yet: one is where it is used. */
  gap(reason: string, stack: SiteStack = this.stack()): void {
    if (!this.modules.isRunning) this.host.onGap?.(reason, stack);
  }

  /** Whether code that is being run waits for an exception. */
  get isTrying(): boolean {
    return this.frames.some(({ trying }) => trying > 0);
  }

  /** The sites that led here, outermost first. */
  stack(): Site[] {
    return this.frames.map(({ file, node }) => ({ file, start: node.start, end: node.end }));
  }

  // --- budgets ------------------------------------------------------------------------------------------------------

  /** Counts work done; ends the run when there was too much. */
  step(count = 1): void {
    this.stepsLeft -= count;
    if (this.stepsLeft < 0)
      throw new LimitExceeded('stopped after too many steps: this may never end', 'work');
    if ((this.stepsLeft & 0x3ff) < count) this.checkClock();
  }

  /** Steps that are left; set to give a part of a run a budget of its own. */
  get budget(): number {
    return this.stepsLeft;
  }

  set budget(steps: number) {
    this.stepsLeft = steps;
  }

  /** A new budget of steps, and of time up to a moment, for the next thing to run. */
  refill(deadline = Date.now() + this.limits.milliseconds): void {
    this.stepsLeft = this.limits.steps;
    this.deadline = deadline;
  }

  /** Ends the run for a container of too many elements. */
  tooMany(count: number): never {
    throw new LimitExceeded(
      `stopped at a container of over ${this.limits.elements} elements (${count})`,
      'work',
    );
  }

  /** Runs `body` one call deeper. Deeper than allowed is Python's RecursionError. */
  deeper<T>(body: () => T): T {
    if (this.depth >= this.limits.depth) this.raise('RecursionError', 'maximum recursion depth exceeded');
    this.depth++;
    try {
      return body();
    } finally {
      this.depth--;
    }
  }

  private checkClock(): void {
    if (this.host.cancelled?.()) throw new LimitExceeded('cancelled', 'cancelled');
    if (Date.now() > this.deadline) throw new LimitExceeded('stopped: it took too long', 'time');
  }

  /** A module by its dotted name, imported if need be; raises ModuleNotFoundError. */
  importModule(name: string): PyModule | Unknown {
    return this.modules.import(name);
  }
}
