// The typed syntax tree of Python 3.8 to 3.14. Every node has a `kind` and a half-open range of UTF-16 offsets, which
// is the unit of editors. Kinds and fields follow CPython's `ast`, so its documentation applies; the differences are
// few: operators are their source text ('+', 'not in'), async statements are a flag, a parameter carries its own
// default, names carry the place of the name itself, and contexts (Load, Store, Del) are left out, because whoever
// reads a target knows that it is one.
// A tree of a file with errors is still well formed: `Missing` stands for an absent expression, `Bad` for a line that
// could not be read, and an Attribute whose name is yet to be typed has the name ''.

import type { Range } from '../base/site';

/** What every node has: its range in the text. */
export type Base = Range;

// ---- expressions ----------------------------------------------------------------------------------------------------

/** Any expression. */
export type Expr =
  | Attribute
  | Await
  | BinOp
  | BoolOp
  | Call
  | Comp
  | Compare
  | Constant
  | DictE
  | FormattedValue
  | IfExp
  | JoinedStr
  | Lambda
  | ListE
  | Missing
  | Name
  | NamedExpr
  | SetE
  | Slice
  | Starred
  | Subscript
  | TupleE
  | UnaryOp
  | Yield
  | YieldFrom;

/** The value of the literal `...`. */
export const Ellipsis: unique symbol = Symbol('...');

/** A bytes literal: one character of `bytes`, 0 to 255, for each byte. */
export interface BytesConst {
  readonly bytes: string;
}

/** An imaginary literal, `2j`. */
export interface ImagConst {
  readonly imag: number;
}

/** The value of a literal. Integers beyond 2^53 are bigints; `Constant.isFloat` tells 1.0 from 1. */
export type Const = string | number | bigint | boolean | null | typeof Ellipsis | BytesConst | ImagConst;

/** A dotted access; `attrStart` is where the name after the dot begins. */
export interface Attribute extends Base {
  readonly kind: 'Attribute';
  readonly value: Expr;
  readonly attr: string;
  readonly attrStart: number;
}

export interface Await extends Base {
  readonly kind: 'Await';
  readonly value: Expr;
}

export interface BinOp extends Base {
  readonly kind: 'BinOp';
  readonly op: string;
  readonly left: Expr;
  readonly right: Expr;
}

/** `a and b and c` is one node with three values. */
export interface BoolOp extends Base {
  readonly kind: 'BoolOp';
  readonly op: 'and' | 'or';
  readonly values: readonly Expr[];
}

/** Starred positional arguments are `Starred` among `args`; `**kwargs` is a keyword with `arg` null. */
export interface Call extends Base {
  readonly kind: 'Call';
  readonly func: Expr;
  readonly args: readonly Expr[];
  readonly keywords: readonly Keyword[];
}

/** A comprehension; for a DictComp `elt` is the key and `value` the value, otherwise `value` is null. */
export interface Comp extends Base {
  readonly kind: 'ListComp' | 'SetComp' | 'GeneratorExp' | 'DictComp';
  readonly elt: Expr;
  readonly value: Expr | null;
  readonly generators: readonly CompFor[];
}

/** One `for … in … if …` of a comprehension. */
export interface CompFor {
  readonly target: Expr;
  readonly iter: Expr;
  readonly ifs: readonly Expr[];
  readonly isAsync: boolean;
}

/** `a < b < c` is one node with two operators. */
export interface Compare extends Base {
  readonly kind: 'Compare';
  readonly left: Expr;
  readonly ops: readonly string[];
  readonly comparators: readonly Expr[];
}

export interface Constant extends Base {
  readonly kind: 'Constant';
  readonly value: Const;
  readonly isFloat: boolean;
}

/** `{**a, 'b': 1}`; a null key means that the value is unpacked. */
export interface DictE extends Base {
  readonly kind: 'Dict';
  readonly keys: readonly (Expr | null)[];
  readonly values: readonly Expr[];
}

/** A replacement field of an f-string; `conversion` is 'r', 's', 'a' or null. */
export interface FormattedValue extends Base {
  readonly kind: 'FormattedValue';
  readonly value: Expr;
  readonly conversion: string | null;
  readonly spec: JoinedStr | null;
}

export interface IfExp extends Base {
  readonly kind: 'IfExp';
  readonly test: Expr;
  readonly body: Expr;
  readonly orelse: Expr;
}

/** An f-string or t-string: string Constants and FormattedValues in turn. */
export interface JoinedStr extends Base {
  readonly kind: 'JoinedStr' | 'TemplateStr';
  readonly values: readonly Expr[];
}

export interface Keyword extends Base {
  readonly kind: 'keyword';
  readonly arg: string | null;
  readonly value: Expr;
}

export interface Lambda extends Base {
  readonly kind: 'Lambda';
  readonly args: Params;
  readonly body: Expr;
  /** Somewhere in it stands a `yield`. */
  readonly special: boolean;
}

export interface ListE extends Base {
  readonly kind: 'List';
  readonly elts: readonly Expr[];
}

/** Stands where an expression should be but is not; only in files with errors. */
export interface Missing extends Base {
  readonly kind: 'Missing';
}

export interface Name extends Base {
  readonly kind: 'Name';
  readonly id: string;
}

export interface NamedExpr extends Base {
  readonly kind: 'NamedExpr';
  readonly target: Expr;
  readonly value: Expr;
}

export interface SetE extends Base {
  readonly kind: 'Set';
  readonly elts: readonly Expr[];
}

export interface Slice extends Base {
  readonly kind: 'Slice';
  readonly lower: Expr | null;
  readonly upper: Expr | null;
  readonly step: Expr | null;
}

export interface Starred extends Base {
  readonly kind: 'Starred';
  readonly value: Expr;
}

export interface Subscript extends Base {
  readonly kind: 'Subscript';
  readonly value: Expr;
  readonly slice: Expr;
}

export interface TupleE extends Base {
  readonly kind: 'Tuple';
  readonly elts: readonly Expr[];
}

export interface UnaryOp extends Base {
  readonly kind: 'UnaryOp';
  readonly op: string;
  readonly operand: Expr;
}

export interface Yield extends Base {
  readonly kind: 'Yield';
  readonly value: Expr | null;
}

export interface YieldFrom extends Base {
  readonly kind: 'YieldFrom';
  readonly value: Expr;
}

// ---- parameters -----------------------------------------------------------------------------------------------------

/** One parameter of a function or lambda, with its default where it has one. */
export interface Param extends Base {
  readonly kind: 'arg';
  readonly name: string;
  readonly annotation: Expr | null;
  readonly default: Expr | null;
}

/** The parameters of a function or lambda in their five groups. */
export interface Params {
  readonly posonly: readonly Param[];
  readonly args: readonly Param[];
  readonly vararg: Param | null;
  readonly kwonly: readonly Param[];
  readonly kwarg: Param | null;
}

/** One of `[T: int, *Ts, **P]`. */
export interface TypeParam extends Base {
  readonly kind: 'TypeVar' | 'TypeVarTuple' | 'ParamSpec';
  readonly name: string;
  readonly bound: Expr | null;
  readonly default: Expr | null;
}

// ---- statements -----------------------------------------------------------------------------------------------------

/** Any statement. */
export type Stmt =
  | AnnAssign
  | Assert
  | Assign
  | AugAssign
  | Bad
  | ClassDef
  | Delete
  | ExprStmt
  | For
  | FunctionDef
  | If
  | Import
  | ImportFrom
  | Jump
  | Match
  | Raise
  | Return
  | ScopeStmt
  | Try
  | TypeAlias
  | While
  | With;

/** `name` or `name as asname` in an import; the range is that of both. */
export interface Alias extends Base {
  readonly kind: 'alias';
  readonly name: string;
  readonly asname: string | null;
}

export interface AnnAssign extends Base {
  readonly kind: 'AnnAssign';
  readonly target: Expr;
  readonly annotation: Expr;
  readonly value: Expr | null;
}

export interface Assert extends Base {
  readonly kind: 'Assert';
  readonly test: Expr;
  readonly msg: Expr | null;
}

/** `a = b = 1` has two targets. */
export interface Assign extends Base {
  readonly kind: 'Assign';
  readonly targets: readonly Expr[];
  readonly value: Expr;
}

/** `op` is the operator without its `=`. */
export interface AugAssign extends Base {
  readonly kind: 'AugAssign';
  readonly target: Expr;
  readonly op: string;
  readonly value: Expr;
}

/** A line that could not be read; only in files with errors. */
export interface Bad extends Base {
  readonly kind: 'Bad';
}

/** The range begins at `class`, not at a decorator; `nameStart` is where the name begins. */
export interface ClassDef extends Base {
  readonly kind: 'ClassDef';
  readonly name: string;
  readonly nameStart: number;
  readonly typeParams: readonly TypeParam[];
  readonly bases: readonly Expr[];
  readonly keywords: readonly Keyword[];
  readonly decorators: readonly Expr[];
  readonly body: readonly Stmt[];
}

export interface Delete extends Base {
  readonly kind: 'Delete';
  readonly targets: readonly Expr[];
}

export interface ExprStmt extends Base {
  readonly kind: 'Expr';
  readonly value: Expr;
}

export interface For extends Base {
  readonly kind: 'For';
  readonly isAsync: boolean;
  readonly target: Expr;
  readonly iter: Expr;
  readonly body: readonly Stmt[];
  readonly orelse: readonly Stmt[];
}

/** The range begins at `def` or `async`, not at a decorator; `nameStart` is where the name begins. */
export interface FunctionDef extends Base {
  readonly kind: 'FunctionDef';
  readonly isAsync: boolean;
  readonly name: string;
  readonly nameStart: number;
  readonly typeParams: readonly TypeParam[];
  readonly args: Params;
  readonly returns: Expr | null;
  readonly decorators: readonly Expr[];
  readonly body: readonly Stmt[];
  /** Somewhere in it stands a `yield`, `global` or `nonlocal`: who runs it has to look closer. */
  readonly special: boolean;
}

/** One `except` clause. */
export interface Handler extends Base {
  readonly kind: 'ExceptHandler';
  readonly type: Expr | null;
  readonly name: string | null;
  readonly body: readonly Stmt[];
}

/** `elif` is an If alone in `orelse`. */
export interface If extends Base {
  readonly kind: 'If';
  readonly test: Expr;
  readonly body: readonly Stmt[];
  readonly orelse: readonly Stmt[];
}

export interface Import extends Base {
  readonly kind: 'Import';
  readonly names: readonly Alias[];
}

/** `level` is the number of dots in front of the module; `module` is null in `from . import x`. */
export interface ImportFrom extends Base {
  readonly kind: 'ImportFrom';
  readonly module: string | null;
  readonly names: readonly Alias[];
  readonly level: number;
}

/** A statement of one word. */
export interface Jump extends Base {
  readonly kind: 'Pass' | 'Break' | 'Continue';
}

export interface Match extends Base {
  readonly kind: 'Match';
  readonly subject: Expr;
  readonly cases: readonly Case[];
}

/** One `case` of a match statement. */
export interface Case {
  readonly pattern: Pattern;
  readonly guard: Expr | null;
  readonly body: readonly Stmt[];
}

export interface Raise extends Base {
  readonly kind: 'Raise';
  readonly exc: Expr | null;
  readonly cause: Expr | null;
}

export interface Return extends Base {
  readonly kind: 'Return';
  readonly value: Expr | null;
}

export interface ScopeStmt extends Base {
  readonly kind: 'Global' | 'Nonlocal';
  readonly names: readonly string[];
}

/** `isStar` where the clauses are `except*`. */
export interface Try extends Base {
  readonly kind: 'Try';
  readonly isStar: boolean;
  readonly body: readonly Stmt[];
  readonly handlers: readonly Handler[];
  readonly orelse: readonly Stmt[];
  readonly finalbody: readonly Stmt[];
}

/** `type X[T] = …`. */
export interface TypeAlias extends Base {
  readonly kind: 'TypeAlias';
  readonly name: Name;
  readonly typeParams: readonly TypeParam[];
  readonly value: Expr;
}

export interface While extends Base {
  readonly kind: 'While';
  readonly test: Expr;
  readonly body: readonly Stmt[];
  readonly orelse: readonly Stmt[];
}

export interface With extends Base {
  readonly kind: 'With';
  readonly isAsync: boolean;
  readonly items: readonly WithItem[];
  readonly body: readonly Stmt[];
}

/** `context as vars` in a with statement. */
export interface WithItem {
  readonly context: Expr;
  readonly vars: Expr | null;
}

// ---- patterns -------------------------------------------------------------------------------------------------------

/** Any pattern of a `case`. */
export type Pattern =
  | MatchAs
  | MatchClass
  | MatchMapping
  | MatchOr
  | MatchSequence
  | MatchSingleton
  | MatchStar
  | MatchValue;

/** `pattern as name`, a bare name (pattern null), or `_` (both null). */
export interface MatchAs extends Base {
  readonly kind: 'MatchAs';
  readonly pattern: Pattern | null;
  readonly name: string | null;
}

/** `Cls(p, name=q)`: `kwNames` and `kwPatterns` run side by side. */
export interface MatchClass extends Base {
  readonly kind: 'MatchClass';
  readonly cls: Expr;
  readonly patterns: readonly Pattern[];
  readonly kwNames: readonly string[];
  readonly kwPatterns: readonly Pattern[];
}

/** `{key: p, **rest}`: `keys` and `patterns` run side by side. */
export interface MatchMapping extends Base {
  readonly kind: 'MatchMapping';
  readonly keys: readonly Expr[];
  readonly patterns: readonly Pattern[];
  readonly rest: string | null;
}

export interface MatchOr extends Base {
  readonly kind: 'MatchOr';
  readonly patterns: readonly Pattern[];
}

export interface MatchSequence extends Base {
  readonly kind: 'MatchSequence';
  readonly patterns: readonly Pattern[];
}

export interface MatchSingleton extends Base {
  readonly kind: 'MatchSingleton';
  readonly value: Const;
}

/** `*rest` in a sequence; `*_` has no name. */
export interface MatchStar extends Base {
  readonly kind: 'MatchStar';
  readonly name: string | null;
}

export interface MatchValue extends Base {
  readonly kind: 'MatchValue';
  readonly value: Expr;
}

// ---- the whole ------------------------------------------------------------------------------------------------------

/** A file. */
export interface Module extends Base {
  readonly kind: 'Module';
  readonly body: readonly Stmt[];
}

/** Something wrong in the text and where. */
export interface ParseIssue extends Range {
  readonly message: string;
}
