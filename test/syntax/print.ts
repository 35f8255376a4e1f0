// A tree as text, for tests: (Kind field field …), names and literals as themselves, `-` for what is absent, and
// parameters in braces as Python writes them. With ranges, each node has its @start-end. cpython.py prints CPython's
// tree in the same form, so that the two can be compared as text; keep them alike.

import {
  type CompFor,
  type Const,
  type Constant,
  Ellipsis,
  type Expr,
  type JoinedStr,
  type Module,
  type Param,
  type Params,
} from '../../src/syntax';

/** How to print. */
export interface PrintOptions {
  /** The text of the tree, if ranges are to be printed. */
  readonly ranges?: string;
  /** Print ranges inside the fields of f-strings too; CPython has right ones there since 3.12. */
  readonly fieldRanges?: boolean;
}

/** Fields in the order in which they are printed. Kinds that are not here are printed in a way of their own. */
const FIELDS: Readonly<Record<string, string>> = {
  alias: 'name asname',
  AnnAssign: 'target annotation value',
  Assert: 'test msg',
  Assign: 'targets value',
  Attribute: 'value attr',
  AugAssign: 'op target value',
  Await: 'value',
  Bad: '',
  BinOp: 'op left right',
  BoolOp: 'op values',
  Break: '',
  Call: 'func args keywords',
  ClassDef: 'name typeParams bases keywords decorators body',
  Compare: 'left ops comparators',
  Continue: '',
  Delete: 'targets',
  Dict: 'keys values',
  DictComp: 'elt value generators',
  ExceptHandler: 'type name body',
  Expr: 'value',
  For: 'isAsync target iter body orelse',
  FormattedValue: 'value conversion spec',
  FunctionDef: 'isAsync name typeParams args returns decorators body',
  GeneratorExp: 'elt generators',
  Global: 'names',
  If: 'test body orelse',
  IfExp: 'test body orelse',
  Import: 'names',
  ImportFrom: 'level module names',
  JoinedStr: 'values',
  keyword: 'arg value',
  Lambda: 'args body',
  List: 'elts',
  ListComp: 'elt generators',
  Match: 'subject cases',
  MatchAs: 'pattern name',
  MatchClass: 'cls patterns kwNames kwPatterns',
  MatchMapping: 'keys patterns rest',
  MatchOr: 'patterns',
  MatchSequence: 'patterns',
  MatchSingleton: 'value',
  MatchStar: 'name',
  MatchValue: 'value',
  Missing: '',
  NamedExpr: 'target value',
  Nonlocal: 'names',
  ParamSpec: 'name default',
  Pass: '',
  Raise: 'exc cause',
  Return: 'value',
  Set: 'elts',
  SetComp: 'elt generators',
  Slice: 'lower upper step',
  Starred: 'value',
  Subscript: 'value slice',
  TemplateStr: 'values',
  Try: 'isStar body handlers orelse finalbody',
  Tuple: 'elts',
  TypeAlias: 'name typeParams value',
  TypeVar: 'name bound default',
  TypeVarTuple: 'name default',
  UnaryOp: 'op operand',
  While: 'test body orelse',
  With: 'isAsync items body',
  Yield: 'value',
  YieldFrom: 'value',
};

/** A module as text, one line for each statement of its top level. */
export function printModule(module: Module, options: PrintOptions = {}): string {
  const printer = new Printer(options);
  return module.body.map((statement) => printer.any(statement)).join('\n');
}

/** An expression as text. */
export function printExpression(expression: Expr): string {
  return new Printer({}).any(expression);
}

class Printer {
  private readonly fields = new Map(Object.entries(FIELDS).map(([kind, names]) => [kind, words(names)]));
  /** Inside the field of an f-string. */
  private inField = false;

  constructor(private readonly options: PrintOptions) {}

  any(value: unknown): string {
    if (value === null) return '-';
    if (typeof value === 'string') return value === '' ? "''" : value;
    if (typeof value === 'number') return String(value);
    if (Array.isArray(value)) return `[${value.map((item) => this.any(item)).join(' ')}]`;
    return this.node(value as Record<string, unknown>);
  }

  private node(node: Record<string, unknown>): string {
    if (node.kind === undefined) return this.unranged(node);
    if (node.kind === 'Name') return `${node.id}${this.range(node)}`;
    if (node.kind === 'arg') return this.parameter(node as unknown as Param);
    if (node.kind === 'Constant') return this.constant(node as unknown as Constant);
    if (node.kind === 'JoinedStr' || node.kind === 'TemplateStr')
      return this.joined(node as unknown as JoinedStr);
    if (node.kind === 'MatchSingleton')
      return `(MatchSingleton${this.range(node)} ${literal(node.value as Const)})`;
    const names = this.fields.get(String(node.kind));
    if (names === undefined) throw new Error(`print.ts does not know ${node.kind}`);
    return this.record(`${node.kind}${this.range(node)}`, node, names);
  }

  /** The records that have no range. */
  private unranged(node: Record<string, unknown>): string {
    if ('posonly' in node) return this.parameters(node as unknown as Params);
    if ('ifs' in node) return this.generator(node as unknown as CompFor);
    if ('pattern' in node) return this.record('case', node, ['pattern', 'guard', 'body']);
    return this.record('item', node, ['context', 'vars']);
  }

  private record(head: string, node: Record<string, unknown>, names: readonly string[]): string {
    const parts = names.map((name) => {
      const value = node[name];
      if (typeof value === 'boolean') return value ? name.slice(2).toLowerCase() : '';
      return this.any(value);
    });
    return `(${[head, ...parts].filter((part) => part !== '').join(' ')})`;
  }

  private generator({ isAsync, target, iter, ifs }: CompFor): string {
    return this.record('for', { isAsync, target, iter, ifs }, ['isAsync', 'target', 'iter', 'ifs']);
  }

  private parameters({ posonly, args, vararg, kwonly, kwarg }: Params): string {
    const parts = posonly.map((one) => this.any(one));
    if (posonly.length > 0) parts.push('/');
    parts.push(...args.map((one) => this.any(one)));
    if (vararg !== null) parts.push(`*${this.any(vararg)}`);
    else if (kwonly.length > 0) parts.push('*');
    parts.push(...kwonly.map((one) => this.any(one)));
    if (kwarg !== null) parts.push(`**${this.any(kwarg)}`);
    return `{${parts.join(', ')}}`;
  }

  private parameter(node: Param): string {
    const annotation = node.annotation === null ? '' : `: ${this.any(node.annotation)}`;
    const fallback = node.default === null ? '' : ` = ${this.any(node.default)}`;
    return `${node.name}${this.range(node)}${annotation}${fallback}`;
  }

  private range(node: object): string {
    if (this.options.ranges === undefined || (this.inField && this.options.fieldRanges === false)) return '';
    const { start, end } = node as { start: number; end: number };
    return `@${start}-${end}`;
  }

  // ---- literals ----

  private constant(node: Constant): string {
    const named = typeof node.value === 'string' && this.hasNamedEscape(node);
    return `${named ? '\\N' : literal(node.value, node.isFloat)}${this.range(node)}`;
  }

  /** CPython's ranges of an f-string's parts changed from version to version: only the whole has one here. */
  private joined(node: JoinedStr): string {
    const named = this.hasNamedEscape(node);
    const parts = node.values.map((value) => this.part(value, named));
    return `(${[`${node.kind}${this.range(node)}`, ...parts].join(' ')})`;
  }

  private part(value: Expr, named: boolean): string {
    if (value.kind === 'Constant') return named ? '\\N' : literal(value.value);
    if (value.kind !== 'FormattedValue') return this.any(value);
    const outer = this.inField;
    this.inField = true;
    const inner = this.any(value.value);
    this.inField = outer;
    const spec =
      value.spec === null ? '-' : `(${value.spec.values.map((one) => this.part(one, named)).join(' ')})`;
    return `{${inner} ${value.conversion ?? '-'} ${spec}}`;
  }

  /** `\N{DASH}` is not decoded by our parser: strings with one are compared without their text. */
  private hasNamedEscape({ start, end }: { start: number; end: number }): boolean {
    return this.options.ranges?.slice(start, end).includes('\\N{') ?? false;
  }
}

/** A constant bit for bit: floats by the bytes of their double. */
function literal(value: Const, isFloat = false): string {
  if (value === null) return 'None';
  if (value === Ellipsis) return '...';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return ascii(value);
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return isFloat ? `f${double(value)}` : String(value);
  if (typeof value === 'symbol') return String(value);
  return 'bytes' in value ? `b${ascii(value.bytes)}` : `j${double(value.imag)}`;
}

/** A string as JSON in ASCII, as Python's json.dumps has it. */
function ascii(text: string): string {
  const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(text).replace(/[\x7f-\uffff]/g, escaped);
}

function double(value: number): string {
  const bytes = new DataView(new ArrayBuffer(8));
  bytes.setFloat64(0, value);
  return bytes.getBigUint64(0).toString(16).padStart(16, '0');
}

function words(text: string): string[] {
  return text === '' ? [] : text.split(' ');
}
