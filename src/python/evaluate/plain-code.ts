// Loops over plain data as chains of JavaScript closures: whole numbers, texts, tuples, and lists and dicts that are only
// read, appended to or set by key. Position tables of vision models visit each pair of pixels in this way, up to a million
// times, for each layer; some of them are tensors, whose elements may be written and not read.
//
// Such a loop runs on copies of what it changes (see plain-loops.ts), so it may be given up at any point with NotPlain: where
// a value turns up that is not plain, where Python would raise, or where a number leaves the range of whole doubles. The
// interpreter then runs the loop from its beginning. Left out: everything else, floats and attributes first of all.

import type { Call, Expr, For, Stmt, Subscript } from '../../syntax/ast';
import type { Interpreter } from '../interpreter';
import { intFloorDiv, intMod } from '../numbers';
import { type Key, PyDict, PyInstance, PyList, PyRange, PyTuple, type Value } from '../values';

/** Thrown where a loop turns out not to be plain. */
export class NotPlain extends Error {}

/** Variables of a running loop by their slot. */
export class PlainState {
  /** What is to be written to objects when the loop is over: it cannot read them. */
  readonly writes: (readonly [target: Subscript, object: PyInstance, key: Value, value: Value])[] = [];
  private tuple: Value = null;
  private tupleKey: Key = null;

  constructor(
    readonly interpreter: Interpreter,
    readonly values: (Value | undefined)[],
  ) {}

  /** The key of a value in a dict. What is looked for is often set or read next. */
  key(value: Value): Key {
    if (!(value instanceof PyTuple)) return this.interpreter.key(value);
    if (value !== this.tuple) {
      this.tupleKey = this.interpreter.key(value);
      this.tuple = value;
    }
    return this.tupleKey;
  }
}

type Get = (state: PlainState) => Value;
type Do = (state: PlainState) => undefined | 'break' | 'continue';
type Number2 = (a: number, b: number) => number;

/** A loop that may be plain: its names in the order of their slots, and what it does with them. */
export interface PlainLoop {
  readonly names: readonly string[];
  /** Functions of Python's that it calls; names that have to mean them. */
  readonly builtins: ReadonlySet<string>;
  /** Slots that it assigns to. */
  readonly bound: ReadonlySet<number>;
  /** Slots of lists and dicts that it changes, and of other objects that it writes elements of. */
  readonly changed: ReadonlySet<number>;
  /** Runs it over the elements of `source`. */
  readonly run: (state: PlainState, source: Value) => void;
}

/** The loop in closures; undefined where its text alone says that it is not plain. */
export function compilePlainLoop(statement: For): PlainLoop | undefined {
  try {
    return new Compiler().loop(statement);
  } catch (error) {
    if (error instanceof NotPlain) return undefined;
    throw error;
  }
}

const notPlain = (): never => {
  throw new NotPlain();
};

class Compiler {
  private readonly names: string[] = [];
  private readonly builtins = new Set<string>();
  private readonly bound = new Set<number>();
  private readonly changed = new Set<number>();

  loop(statement: For): PlainLoop {
    const { names, builtins, bound, changed } = this;
    const turns = this.turns(statement);
    if ([...changed].some((slot) => bound.has(slot))) notPlain();
    if (names.some((name) => builtins.has(name))) notPlain();
    return { names, builtins, bound, changed, run: turns };
  }

  private slot(name: string): number {
    const known = this.names.indexOf(name);
    return known >= 0 ? known : this.names.push(name) - 1;
  }

  // --- statements ---------------------------------------------------------------------------------------------------

  private turns({ target, body, orelse, isAsync }: For): (state: PlainState, source: Value) => void {
    if (orelse.length > 0 || isAsync) notPlain();
    const assign = this.target(target);
    const turn = this.block(body);
    return (state, source) => {
      for (const item of elementsOf(source)) {
        state.interpreter.step();
        assign(state, item);
        if (turn(state) === 'break') return;
      }
    };
  }

  private block(body: readonly Stmt[]): Do {
    const parts = body.map((statement) => this.statement(statement));
    const [first, second] = parts;
    if (first && !second) return first;
    return (state) => {
      for (const part of parts) {
        const end = part(state);
        if (end !== undefined) return end;
      }
      return undefined;
    };
  }

  private statement(statement: Stmt): Do {
    switch (statement.kind) {
      case 'Assign':
        return this.assignment(statement.targets, this.expression(statement.value));
      case 'AugAssign': {
        const { op, target, value } = statement;
        return this.assignment([target], this.arithmetic(op, target, value));
      }
      case 'Break':
        return () => 'break';
      case 'Continue':
        return () => 'continue';
      case 'Expr':
        return this.append(statement.value);
      case 'For': {
        const source = this.expression(statement.iter);
        const turns = this.turns(statement);
        return (state) => void turns(state, source(state));
      }
      case 'If': {
        const [test, body, orelse] = [
          this.expression(statement.test),
          this.block(statement.body),
          this.block(statement.orelse),
        ];
        return (state) => (isTrue(test(state)) ? body(state) : orelse(state));
      }
      case 'Pass':
        return () => undefined;
    }
    return notPlain();
  }

  private assignment(targets: readonly Expr[], get: Get): Do {
    const assigns = targets.map((target) => this.target(target));
    return (state) => {
      const result = get(state);
      for (const assign of assigns) assign(state, result);
      return undefined;
    };
  }

  private target(target: Expr): (state: PlainState, value: Value) => void {
    if (target.kind === 'Name') {
      const slot = this.slot(target.id);
      this.bound.add(slot);
      return ({ values }, value) => {
        values[slot] = withoutIdentity(value);
      };
    }
    if (target.kind === 'Subscript') return this.item(target);
    if (target.kind !== 'Tuple') return notPlain();
    const parts = target.elts.map((part) => this.target(part));
    return (state, value) => {
      if (!(value instanceof PyTuple) || value.items.length !== parts.length) return notPlain();
      for (let at = 0; at < parts.length; at++) parts[at]?.(state, value.items[at] as Value);
    };
  }

  /** `name[key] = value` */
  private item(target: Subscript): (state: PlainState, value: Value) => void {
    const slot = this.container(target.value);
    const key = this.expression(target.slice);
    return (state, value) => {
      const holder = state.values[slot];
      const at = key(state);
      if (holder instanceof PyDict) setEntry(state, holder, at, withoutIdentity(value));
      else if (holder instanceof PyList)
        holder.items[position(at, holder.items.length)] = withoutIdentity(value);
      else if (holder instanceof PyInstance) state.writes.push([target, holder, at, withoutIdentity(value)]);
      else notPlain();
    };
  }

  /** `name.append(value)` */
  private append(expression: Expr): Do {
    if (expression.kind !== 'Call' || expression.func.kind !== 'Attribute') return notPlain();
    if (expression.func.attr !== 'append' || expression.keywords.length > 0) return notPlain();
    const slot = this.container(expression.func.value);
    const [value, ...more] = expression.args.map((argument) => this.expression(argument));
    if (!value || more.length > 0) return notPlain();
    return (state) => {
      const list = state.values[slot];
      if (!(list instanceof PyList)) return notPlain();
      list.items.push(withoutIdentity(value(state)));
      if (list.items.length > state.interpreter.limits.elements) notPlain();
      return undefined;
    };
  }

  private container(expression: Expr): number {
    if (expression.kind !== 'Name') return notPlain();
    const slot = this.slot(expression.id);
    this.changed.add(slot);
    return slot;
  }

  // --- expressions --------------------------------------------------------------------------------------------------

  private expression(expression: Expr): Get {
    switch (expression.kind) {
      case 'BinOp':
        return this.arithmetic(expression.op, expression.left, expression.right);
      case 'BoolOp':
        return this.boolean(expression.op === 'or', expression.values);
      case 'Call':
        return this.call(expression);
      case 'Compare':
        return this.comparison(expression.ops, [expression.left, ...expression.comparators]);
      case 'Constant':
        return constant(expression.value, expression.isFloat);
      case 'IfExp': {
        const { test, body, orelse } = expression;
        const [decide, yes, no] = [test, body, orelse].map((part) => this.expression(part)) as [
          Get,
          Get,
          Get,
        ];
        return (state) => (isTrue(decide(state)) ? yes(state) : no(state));
      }
      case 'Name': {
        const slot = this.slot(expression.id);
        return ({ values }) => values[slot] ?? (values[slot] === null ? null : notPlain());
      }
      case 'Subscript':
        return this.subscript(expression);
      case 'Tuple':
        return tupleOf(expression.elts.map((part) => this.expression(part)));
      case 'UnaryOp':
        return this.unary(expression.op, this.expression(expression.operand));
    }
    return notPlain();
  }

  private arithmetic(op: string, left: Expr, right: Expr): Get {
    const apply = ARITHMETIC[op] ?? notPlain();
    const [a, b] = [this.expression(left), this.expression(right)];
    return (state) => whole(apply(number(a(state)), number(b(state))));
  }

  private unary(op: string, operand: Get): Get {
    if (op === '-') return (state) => whole(-number(operand(state)));
    return op === 'not' ? (state) => !isTrue(operand(state)) : notPlain();
  }

  private boolean(stopsAt: boolean, values: readonly Expr[]): Get {
    const parts = values.map((value) => this.expression(value));
    return (state) => {
      let value: Value = !stopsAt;
      for (const part of parts) {
        value = part(state);
        if (isTrue(value) === stopsAt) return value;
      }
      return value;
    };
  }

  /** One comparison; chains of them are rare in such loops. */
  private comparison(ops: readonly string[], operands: readonly Expr[]): Get {
    const [left, right, ...more] = operands.map((operand) => this.expression(operand)) as [
      Get,
      Get,
      ...Get[],
    ];
    const [op = ''] = ops;
    if (more.length > 0) return notPlain();
    if (op === 'in') return (state) => hasKey(state, right(state), left(state));
    if (op === 'not in') return (state) => !hasKey(state, right(state), left(state));
    const compare = COMPARISONS[op] ?? notPlain();
    return (state) => compare(number(left(state)), number(right(state)));
  }

  private subscript({ value, slice }: Subscript): Get {
    const [container, index] = [this.expression(value), this.expression(slice)];
    return (state) => {
      const holder = container(state);
      const at = index(state);
      if (holder instanceof PyTuple || holder instanceof PyList)
        return withoutIdentity(holder.items[position(at, holder.items.length)] as Value);
      if (!(holder instanceof PyDict)) return notPlain();
      const entry = holder.entries.get(state.key(at));
      return entry ? withoutIdentity(entry[1]) : notPlain();
    };
  }

  private call({ func, args, keywords }: Call): Get {
    const make = func.kind === 'Name' && keywords.length === 0 ? FUNCTIONS[func.id] : undefined;
    if (func.kind !== 'Name' || !make) return notPlain();
    this.builtins.add(func.id);
    return make(args.map((argument) => this.expression(argument)));
  }
}

// --- operations -------------------------------------------------------------------------------------------------------

const ARITHMETIC: Readonly<Record<string, Number2>> = {
  '%': (a, b) => (b === 0 ? notPlain() : Number(intMod(a, b))),
  '*': (a, b) => a * b,
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '//': (a, b) => (b === 0 ? notPlain() : Number(intFloorDiv(a, b))),
};

const COMPARISONS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '==': (a, b) => a === b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

/** Functions of Python's that a plain loop may call. */
const FUNCTIONS: Readonly<Record<string, (args: readonly Get[]) => Get>> = {
  abs: ([x, ...more]) => (x && more.length === 0 ? (state) => Math.abs(number(x(state))) : notPlain()),
  len: ([x, ...more]) => (x && more.length === 0 ? (state) => lengthOf(x(state)) : notPlain()),
  max: (args) => extreme(args, Math.max),
  min: (args) => extreme(args, Math.min),
  range: ([a, b, ...more]) => {
    if (!a || more.length > 0) return notPlain();
    if (!b) return (state) => new PyRange(0, number(a(state)), 1);
    return (state) => new PyRange(number(a(state)), number(b(state)), 1);
  },
};

function extreme([a, b, ...more]: readonly Get[], choose: Number2): Get {
  if (!a || !b || more.length > 0) return notPlain();
  return (state) => choose(number(a(state)), number(b(state)));
}

function tupleOf(parts: readonly Get[]): Get {
  const [a, b, ...more] = parts;
  if (a && b && more.length === 0)
    return (state) => new PyTuple([withoutIdentity(a(state)), withoutIdentity(b(state))]);
  return (state) => new PyTuple(parts.map((part) => withoutIdentity(part(state))));
}

function constant(value: unknown, isFloat: boolean): Get {
  if (isFloat) return notPlain();
  if (typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean' || value === null)
    return () => value;
  return notPlain();
}

const number = (value: Value): number => (typeof value === 'number' ? value : notPlain());

/** A result within the range in which doubles are whole; minus zero is zero. */
const whole = (value: number): number => (Number.isSafeInteger(value) ? value + 0 : notPlain());

function isTrue(value: Value): boolean {
  if (typeof value === 'boolean') return value;
  return typeof value === 'number' ? value !== 0 : notPlain();
}

/** A value that is bound to a name or an element: one list under two names is not followed here. */
const withoutIdentity = (value: Value): Value =>
  value instanceof PyList || value instanceof PyDict ? notPlain() : value;

function position(index: Value, length: number): number {
  const at = number(index);
  const found = at < 0 ? at + length : at;
  return found >= 0 && found < length ? found : notPlain();
}

function lengthOf(value: Value): number {
  if (value instanceof PyDict) return value.entries.size;
  return value instanceof PyTuple || value instanceof PyList ? value.items.length : notPlain();
}

const hasKey = (state: PlainState, container: Value, item: Value): boolean =>
  container instanceof PyDict ? container.entries.has(state.key(item)) : notPlain();

function setEntry(state: PlainState, dict: PyDict, at: Value, value: Value): void {
  const key = state.key(at);
  const entry = dict.entries.get(key);
  if (entry) entry[1] = value;
  else dict.entries.set(key, [at, value]);
}

/** Elements of what a plain loop goes over. A list that grows meanwhile is not plain: see plain-loops.ts. */
function elementsOf(source: Value): Iterable<Value> {
  if (source instanceof PyTuple || source instanceof PyList) return source.items;
  return source instanceof PyRange ? numbersOf(source) : notPlain();
}

function* numbersOf({ start, step, length }: PyRange): Generator<number> {
  for (let index = 0; index < length; index++) yield start + index * step;
}
