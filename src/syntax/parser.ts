// Recursive-descent parser for Python 3.8 - 3.14. Never throws on bad input: it reports issues and carries on with the next statement.
import { Ellipsis, type Alias, type Case, type CompFor, type Const, type Expr, type Handler, type JoinedStr, type Keyword, type Module, type Param, type ParseIssue, type Pattern, type Stmt, type TypeParam, type Name } from './ast';
import { lex, T, type Tokens } from './lexer';

export interface ParseResult { module: Module; errors: ParseIssue[] }
export function parseExpressionText(src: string): { expression: Expr; issues: ParseIssue[] } { const { module, errors } = parseModule(src); const first = module.body[0]; return { expression: first?.kind === 'Expr' ? first.value : { kind: 'Missing', start: 0, end: src.length }, issues: errors }; }
export function parseModule(src: string): ParseResult {
  let p = new Parser(src, lex(src)); let module = p.module();
  if (p.errors.length) { p = new Parser(src, lex(src, 0, src.length, false, true)); module = p.module(); }
  return { module, errors: p.errors };
}
type MutParams = { posonly: Param[]; args: Param[]; vararg: Param | null; kwonly: Param[]; kwarg: Param | null };
class SyntaxIssue { constructor(readonly message: string, readonly start: number, readonly end: number) {} }
const BIN: Record<string, number> = { '|': 1, '^': 2, '&': 3, '<<': 4, '>>': 4, '+': 5, '-': 5, '*': 6, '/': 6, '//': 6, '%': 6, '@': 6 };
const AUG = new Set(['+=', '-=', '*=', '/=', '//=', '%=', '@=', '&=', '|=', '^=', '>>=', '<<=', '**=']);
const CMP = new Set(['<', '>', '==', '>=', '<=', '!=']);

/** Deeper nesting than any real program (CPython stops at 200 brackets, 100 blocks); keeps the JS stack safe. */
const MAX_DEPTH = 400;

class Parser {
  private i = 0; private depth = 0; readonly errors: ParseIssue[];
  private kind: Uint8Array; private s: Int32Array; private e: Int32Array; private text: (string | undefined)[];
  constructor(private src: string, t: Tokens) { this.kind = t.kind; this.s = t.start; this.e = t.end; this.text = t.text; this.errors = t.issues; }

  // ---- token access ----
  private k(): T { return this.kind[this.i] as T; }
  private get start() { return this.s[this.i]!; }
  private get prevEnd() { return this.i > 0 ? this.e[this.i - 1]! : 0; }
  private is(t: string) { return this.text[this.i] === t && this.k() !== T.Name; }
  private soft(t: string) { return this.text[this.i] === t; }
  private eat(t: string): boolean { if (this.is(t)) { this.i++; return true; } return false; }
  private expect(t: string) { if (!this.eat(t)) this.fail(`expected '${t}'`); }
  private fail(m: string): never { throw new SyntaxIssue(m, this.start, Math.max(this.e[this.i]!, this.start)); }
  private name(): string { if (this.k() !== T.Name) this.fail('expected a name'); return this.text[this.i++]!; }
  private report(x: unknown) { if (!(x instanceof SyntaxIssue)) throw x; this.errors.push({ message: x.message, start: x.start, end: x.end }); }

  // ---- statements ----
  module(): Module {
    const body: Stmt[] = [];
    while (this.k() !== T.EOF) this.statement(body);
    return { kind: 'Module', start: 0, end: this.src.length, body };
  }
  private statement(out: Stmt[]) {
    const k = this.k();
    if (k === T.Newline || k === T.Dedent) { this.i++; return; }
    if (k === T.Indent) { this.errors.push({ message: 'unexpected indent', start: this.start, end: this.start }); this.i++; while (this.k() !== T.Dedent && this.k() !== T.EOF) this.statement(out); if (this.k() === T.Dedent) this.i++; return; }
    const from = this.start, i0 = this.i, depth = this.depth;
    if (depth > MAX_DEPTH) this.fail('blocks nested too deeply'); this.depth += 4;
    try { const c = this.compound(); if (c) out.push(c); else this.simpleLine(out); }
    catch (x) { this.report(x); if (this.i === i0) this.i++; this.skipLine(); out.push({ kind: 'Bad', start: from, end: Math.max(from, this.prevEnd) }); }
    this.depth = depth;
  }
  private skipLine() { while (this.k() !== T.Newline && this.k() !== T.EOF && this.k() !== T.Dedent && this.k() !== T.Indent) this.i++; if (this.k() === T.Newline) this.i++; }
  private simpleLine(out: Stmt[]) {
    for (;;) {
      out.push(this.simple());
      if (this.eat(';')) { if (this.k() === T.Newline) { this.i++; return; } continue; }
      if (this.k() === T.Newline) { this.i++; return; }
      if (this.k() === T.EOF || this.k() === T.Dedent) return;
      this.fail('expected the end of the line');
    }
  }
  /** Runs `f` for the head of a compound statement; on an error keeps what was read and goes on to the block. */
  private head(f: () => void) { try { f(); } catch (x) { this.report(x); while (!(this.k() === T.Newline || this.k() === T.EOF || this.k() === T.Dedent)) this.i++; } }
  private block(): Stmt[] {
    const body: Stmt[] = [];
    if (!this.eat(':')) {
      if (this.k() === T.Newline && this.kind[this.i + 1] === T.Indent) this.errors.push({ message: "expected ':'", start: this.start, end: this.start });
      else if (this.k() === T.Newline) { this.errors.push({ message: "expected ':'", start: this.start, end: this.start }); this.i++; return body; }
      else this.fail("expected ':'");
    }
    if (this.k() !== T.Newline) { this.simpleLine(body); return body; }
    this.i++;
    if (this.k() !== T.Indent) { this.errors.push({ message: 'expected an indented block', start: this.start, end: this.start }); return body; }
    this.i++;
    while (this.k() !== T.Dedent && this.k() !== T.EOF) this.statement(body);
    if (this.k() === T.Dedent) this.i++;
    return body;
  }
  /** End of the last real token before the current one (skips Newline, Dedent). */
  private bodyEnd(): number { let j = this.i - 1; while (j > 0 && (this.kind[j] === T.Newline || this.kind[j] === T.Dedent || this.kind[j] === T.Indent)) j--; return this.e[j]!; }

  private compound(): Stmt | null {
    const start = this.start;
    if (this.k() === T.Op) return this.is('@') ? this.decorated() : null;
    if (this.k() === T.Name) return this.text[this.i] === 'match' ? this.match() : null;
    if (this.k() !== T.Keyword) return null;
    switch (this.text[this.i]) {
      case 'def': return this.funcDef(start, [], false);
      case 'class': return this.classDef(start, []);
      case 'async': {
        const nx = this.text[this.i + 1]; this.i++;
        if (nx === 'def') return this.funcDef(start, [], true);
        if (nx === 'for') return this.forStmt(start, true);
        if (nx === 'with') return this.withStmt(start, true);
        this.fail('expected def, for or with after async');
      }
      case 'if': return this.ifStmt();
      case 'while': {
        this.i++; let test: Expr = this.missing(); this.head(() => { test = this.namedTest(); });
        const body = this.block(), orelse = this.elseBlock(); return { kind: 'While', start, end: this.bodyEnd(), test, body, orelse };
      }
      case 'for': return this.forStmt(start, false);
      case 'with': return this.withStmt(start, false);
      case 'try': return this.tryStmt();
    }
    return null;
  }
  private missing(): Expr { return { kind: 'Missing', start: this.start, end: this.start }; }
  private elseBlock(): Stmt[] { return this.eat('else') ? this.block() : []; }
  private ifStmt(): Stmt {
    const start = this.start; this.i++;
    let test: Expr = this.missing(); this.head(() => { test = this.namedTest(); });
    const body = this.block();
    const orelse = this.is('elif') ? [this.ifStmt()] : this.elseBlock();
    return { kind: 'If', start, end: this.bodyEnd(), test, body, orelse };
  }
  private forStmt(start: number, isAsync: boolean): Stmt {
    this.i++; let target: Expr = this.missing(), iter: Expr = target;
    this.head(() => { target = this.targetList(); this.expect('in'); iter = this.starExprs(); });
    const body = this.block(), orelse = this.elseBlock();
    return { kind: 'For', start, end: this.bodyEnd(), isAsync, target, iter, body, orelse };
  }
  private withStmt(start: number, isAsync: boolean): Stmt {
    this.i++; let items: { context: Expr; vars: Expr | null }[] = [];
    this.head(() => {
      if (this.is('(')) { const save = this.i; try { this.i++; items = this.withItems(')'); this.expect(')'); if (!this.is(':')) throw new SyntaxIssue('', 0, 0); return; } catch (x) { if (!(x instanceof SyntaxIssue)) throw x; this.i = save; items = []; } }
      items = this.withItems(':');
    });
    const body = this.block();
    return { kind: 'With', start, end: this.bodyEnd(), isAsync, items, body };
  }
  private withItems(close: string) { const items: { context: Expr; vars: Expr | null }[] = []; do { if (this.is(close)) break; const context = this.test(); items.push({ context, vars: this.eat('as') ? this.target() : null }); } while (this.eat(',')); return items; }
  private tryStmt(): Stmt {
    const start = this.start; this.i++; const body = this.block(); const handlers: Handler[] = []; let isStar = false, finalbody: Stmt[] = [];
    while (this.is('except')) {
      const hs = this.start; this.i++; if (this.eat('*')) isStar = true;
      let type: Expr | null = null, name: string | null = null;
      if (!this.is(':')) this.head(() => { type = this.exprList(() => this.test()); if (this.eat('as')) name = this.name(); });
      const b = this.block(); handlers.push({ kind: 'ExceptHandler', start: hs, end: this.bodyEnd(), type, name, body: b });
    }
    const orelse = this.elseBlock(); if (this.eat('finally')) finalbody = this.block();
    return { kind: 'Try', start, end: this.bodyEnd(), isStar, body, handlers, orelse, finalbody };
  }
  private decorated(): Stmt {
    const decorators: Expr[] = [];
    while (this.eat('@')) { this.head(() => { decorators.push(this.namedTest()); if (this.k() !== T.Newline) this.fail('expected the end of the line'); }); if (this.k() === T.Newline) this.i++; }
    const start = this.start;
    if (this.is('class')) return this.classDef(start, decorators);
    const isAsync = this.eat('async'); if (this.is('def')) return this.funcDef(start, decorators, isAsync);
    this.fail('expected def or class after a decorator');
  }
  private funcDef(start: number, decorators: Expr[], isAsync: boolean): Stmt {
    this.i++; let name = '', nameStart = this.start, typeParams: TypeParam[] = [], returns: Expr | null = null;
    const args = emptyParams();
    this.head(() => { name = this.name(); if (this.is('[')) typeParams = this.typeParams(); this.expect('('); this.params(args, ')', true); this.expect(')'); if (this.eat('->')) returns = this.exprList(() => this.test()); });
    const body = this.block();
    return { kind: 'FunctionDef', start, end: this.bodyEnd(), isAsync, name, nameStart, typeParams, args, returns, decorators, body };
  }
  private classDef(start: number, decorators: Expr[]): Stmt {
    this.i++; let name = '', nameStart = this.start, typeParams: TypeParam[] = []; const bases: Expr[] = [], keywords: Keyword[] = [];
    this.head(() => { name = this.name(); if (this.is('[')) typeParams = this.typeParams(); if (this.eat('(')) { this.callArgs(bases, keywords); this.expect(')'); } });
    const body = this.block();
    return { kind: 'ClassDef', start, end: this.bodyEnd(), name, nameStart, typeParams, bases, keywords, decorators, body };
  }
  private typeParams(): TypeParam[] {
    const out: TypeParam[] = []; this.expect('[');
    while (!this.is(']')) {
      const start = this.start, kind = this.eat('*') ? 'TypeVarTuple' : this.eat('**') ? 'ParamSpec' : 'TypeVar', name = this.name();
      const bound = this.eat(':') ? this.test() : null, def = this.eat('=') ? this.starOr(() => this.test()) : null;
      out.push({ kind, start, end: this.prevEnd, name, bound, default: def }); if (!this.eat(',')) break;
    }
    this.expect(']'); return out;
  }
  private params(p: MutParams, close: string, ann: boolean) {
    let kwonly = false;
    while (!this.is(close)) {
      const start = this.start;
      if (this.eat('/')) { p.posonly.push(...p.args.splice(0)); }
      else if (this.eat('**')) p.kwarg = this.param(ann, false);
      else if (this.eat('*')) { kwonly = true; if (!this.is(',') && !this.is(close)) p.vararg = this.param(ann, true); }
      else { const a = this.param(ann, false); if (this.eat('=')) { const d = this.test(); (a as { default: Expr | null }).default = d; } (kwonly ? p.kwonly : p.args).push(a); }
      void start; if (!this.eat(',')) break;
    }
  }
  private param(ann: boolean, star: boolean): Param {
    const start = this.start, name = this.name(); const annotation = ann && this.eat(':') ? (star ? this.starOr(() => this.test()) : this.test()) : null;
    return { kind: 'arg', start, end: this.prevEnd, name, annotation, default: null };
  }
  private match(): Stmt | null {
    // `match` is a statement only when the line goes on as `match <subject>:` and a new line.
    const nk = this.kind[this.i + 1]!, nt = this.text[this.i + 1];
    if (nk === T.Newline || nk === T.EOF || (nk === T.Op && !['(', '[', '{', '-', '+', '~', '*', '...'].includes(nt!)) || (nk === T.Keyword && !['not', 'None', 'True', 'False', 'lambda', 'await', 'yield'].includes(nt!))) return null;
    const save = this.i, start = this.start; let subject: Expr;
    try { this.i++; subject = this.starNamedExprs(); if (!this.is(':') || this.kind[this.i + 1] !== T.Newline) { this.i = save; return null; } } catch (x) { if (!(x instanceof SyntaxIssue)) throw x; this.i = save; return null; }
    this.i += 2; const cases: Case[] = [];
    if (this.k() !== T.Indent) this.fail('expected an indented block'); this.i++;
    while (this.k() !== T.Dedent && this.k() !== T.EOF) {
      if (!this.soft('case')) { const bad: Stmt[] = []; this.errors.push({ message: "expected 'case'", start: this.start, end: this.start }); this.statement(bad); continue; }
      this.i++; let pattern: Pattern = { kind: 'MatchAs', pattern: null, name: null, start: this.start, end: this.start }, guard: Expr | null = null;
      this.head(() => { pattern = this.patterns(); if (this.eat('if')) guard = this.namedTest(); });
      cases.push({ pattern, guard, body: this.block() });
    }
    if (this.k() === T.Dedent) this.i++;
    return { kind: 'Match', start, end: this.bodyEnd(), subject, cases };
  }
  private patterns(): Pattern {
    const start = this.start, first = this.asPattern();
    if (!this.is(',') && first.kind !== 'MatchStar') return first;
    const patterns = [first]; while (this.eat(',')) { if (this.is(':') || this.is('if')) break; patterns.push(this.asPattern()); }
    return { kind: 'MatchSequence', patterns, start, end: this.prevEnd };
  }
  private asPattern(): Pattern {
    const start = this.start;
    if (this.eat('*')) { const n = this.name(); return { kind: 'MatchStar', name: n === '_' ? null : n, start, end: this.prevEnd }; }
    let p = this.closedPattern();
    if (this.is('|')) { const patterns = [p]; while (this.eat('|')) patterns.push(this.closedPattern()); p = { kind: 'MatchOr', patterns, start, end: this.prevEnd }; }
    if (this.eat('as')) { const name = this.name(); p = { kind: 'MatchAs', pattern: p, name, start, end: this.prevEnd }; }
    return p;
  }
  private closedPattern(): Pattern {
    const start = this.start, t = this.text[this.i];
    if (this.k() === T.Name) {
      let value: Expr = { kind: 'Name', id: this.name(), start, end: this.prevEnd };
      while (this.eat('.')) { const attrStart = this.start; const attr = this.name(); value = { kind: 'Attribute', value, attr, attrStart, start, end: this.prevEnd }; }
      if (this.eat('(')) {
        const patterns: Pattern[] = [], kwNames: string[] = [], kwPatterns: Pattern[] = [];
        while (!this.is(')')) { if (this.k() === T.Name && this.text[this.i + 1] === '=') { kwNames.push(this.name()); this.i++; kwPatterns.push(this.asPattern()); } else patterns.push(this.asPattern()); if (!this.eat(',')) break; }
        this.expect(')'); return { kind: 'MatchClass', cls: value, patterns, kwNames, kwPatterns, start, end: this.prevEnd };
      }
      if (value.kind === 'Name') return { kind: 'MatchAs', pattern: null, name: value.id === '_' ? null : value.id, start, end: this.prevEnd };
      return { kind: 'MatchValue', value, start, end: this.prevEnd };
    }
    if (t === 'None' || t === 'True' || t === 'False') { this.i++; return { kind: 'MatchSingleton', value: t === 'None' ? null : t === 'True', start, end: this.prevEnd }; }
    if (this.is('(') || this.is('[')) {
      const close = this.is('(') ? ')' : ']'; this.i++; const patterns: Pattern[] = []; let comma = false;
      while (!this.is(close)) { patterns.push(this.asPattern()); if (!this.eat(',')) break; comma = true; }
      this.expect(close);
      if (close === ')' && patterns.length === 1 && !comma && patterns[0]!.kind !== 'MatchStar') return patterns[0]!;
      return { kind: 'MatchSequence', patterns, start, end: this.prevEnd };
    }
    if (this.eat('{')) {
      const keys: Expr[] = [], patterns: Pattern[] = []; let rest: string | null = null;
      while (!this.is('}')) { if (this.eat('**')) rest = this.name(); else { keys.push(this.arith(5)); this.expect(':'); patterns.push(this.asPattern()); } if (!this.eat(',')) break; }
      this.expect('}'); return { kind: 'MatchMapping', keys, patterns, rest, start, end: this.prevEnd };
    }
    const value = this.arith(5); return { kind: 'MatchValue', value, start, end: this.prevEnd };
  }

  private simple(): Stmt {
    const start = this.start, k = this.k();
    if (k === T.Keyword) switch (this.text[this.i]) {
      case 'pass': this.i++; return { kind: 'Pass', start, end: this.prevEnd };
      case 'break': this.i++; return { kind: 'Break', start, end: this.prevEnd };
      case 'continue': this.i++; return { kind: 'Continue', start, end: this.prevEnd };
      case 'return': { this.i++; const value = this.atLineEnd() ? null : this.starExprs(); return { kind: 'Return', start, end: this.prevEnd, value }; }
      case 'raise': { this.i++; const exc = this.atLineEnd() ? null : this.test(), cause = exc && this.eat('from') ? this.test() : null; return { kind: 'Raise', start, end: this.prevEnd, exc, cause }; }
      case 'global': case 'nonlocal': { const kind = this.text[this.i++] === 'global' ? 'Global' : 'Nonlocal'; const names = [this.name()]; while (this.eat(',')) names.push(this.name()); return { kind, start, end: this.prevEnd, names }; }
      case 'del': { this.i++; const targets: Expr[] = []; do { if (this.atLineEnd()) break; targets.push(this.target()); } while (this.eat(',')); return { kind: 'Delete', start, end: this.prevEnd, targets }; }
      case 'assert': { this.i++; const test = this.test(), msg = this.eat(',') ? this.test() : null; return { kind: 'Assert', start, end: this.prevEnd, test, msg }; }
      case 'import': { this.i++; const names: Alias[] = []; do { const s = this.start; let name = this.name(); while (this.eat('.')) name += '.' + this.name(); names.push(this.alias(s, name)); } while (this.eat(',')); return { kind: 'Import', start, end: this.prevEnd, names }; }
      case 'from': return this.importFrom();
    }
    if (k === T.Name && this.text[this.i] === 'type' && this.kind[this.i + 1] === T.Name && (this.text[this.i + 2] === '=' || this.text[this.i + 2] === '[')) {
      this.i++; const s = this.start; const name: Name = { kind: 'Name', id: this.name(), start: s, end: this.prevEnd }; const typeParams = this.is('[') ? this.typeParams() : []; this.expect('=');
      const value = this.test(); return { kind: 'TypeAlias', start, end: this.prevEnd, name, typeParams, value };
    }
    const first = this.yieldOrStarExprs();
    if (this.is('=')) {
      const targets = [first]; let value = first;
      while (this.eat('=')) { value = this.yieldOrStarExprs(); targets.push(value); }
      targets.pop(); return { kind: 'Assign', start, end: this.prevEnd, targets, value };
    }
    if (this.k() === T.Op && AUG.has(this.text[this.i]!)) { const op = this.text[this.i++]!.slice(0, -1); const value = this.yieldOrStarExprs(); return { kind: 'AugAssign', start, end: this.prevEnd, target: first, op, value }; }
    if (this.eat(':')) { const annotation = this.test(), value = this.eat('=') ? this.yieldOrStarExprs() : null; return { kind: 'AnnAssign', start, end: this.prevEnd, target: first, annotation, value }; }
    return { kind: 'Expr', start, end: this.prevEnd, value: first };
  }
  private atLineEnd() { return this.k() === T.Newline || this.k() === T.EOF || this.is(';'); }
  private alias(start: number, name: string): Alias { const asname = this.eat('as') ? this.name() : null; return { kind: 'alias', start, end: this.prevEnd, name, asname }; }
  private importFrom(): Stmt {
    const start = this.start; this.i++; let level = 0, module: string | null = null;
    while (this.is('.') || this.is('...')) level += this.text[this.i++]!.length;
    if (!this.is('import')) { module = this.name(); while (this.eat('.')) module += '.' + this.name(); }
    this.expect('import'); const names: Alias[] = [], s = this.start;
    if (this.eat('*')) names.push({ kind: 'alias', name: '*', asname: null, start: s, end: this.prevEnd });
    else { const paren = this.eat('('); do { if (paren && this.is(')')) break; const a = this.start; names.push(this.alias(a, this.name())); } while (this.eat(',')); if (paren) this.expect(')'); }
    return { kind: 'ImportFrom', start, end: this.prevEnd, module, names, level };
  }

  // ---- expressions ----
  private yieldOrStarExprs(): Expr { return this.is('yield') ? this.yieldExpr() : this.starExprs(); }
  private yieldExpr(): Expr {
    const start = this.start; this.i++;
    if (this.eat('from')) { const value = this.test(); return { kind: 'YieldFrom', start, end: this.prevEnd, value }; }
    const value = this.atLineEnd() || this.is(')') || this.is(']') || this.is('}') || this.is('=') ? null : this.starExprs(); return { kind: 'Yield', start, end: this.prevEnd, value };
  }
  private endsList() { const k = this.k(); if (k === T.Newline || k === T.EOF) return true; if (k !== T.Op && k !== T.Keyword) return false; const t = this.text[this.i]!; return t === ')' || t === ']' || t === '}' || t === ':' || t === '=' || t === ';' || t === 'in' || t === 'for' || AUG.has(t) || t === '!'; }
  /** item (',' item)* ','?  — a bare tuple when there is a comma. */
  private exprList(item: () => Expr): Expr {
    const start = this.start, first = item(); if (!this.is(',')) return first;
    const elts = [first]; while (this.eat(',')) { if (this.endsList() || this.is('as')) break; elts.push(item()); }
    return { kind: 'Tuple', start, end: this.prevEnd, elts };
  }
  private starOr(f: () => Expr): Expr { if (!this.is('*')) return f(); const start = this.start; this.i++; const value = this.arith(1); return { kind: 'Starred', start, end: this.prevEnd, value }; }
  private starExprs(): Expr { return this.exprList(() => this.starOr(() => this.test())); }
  private starNamedExprs(): Expr { return this.exprList(() => this.starOr(() => this.namedTest())); }
  private targetList(): Expr { return this.exprList(() => this.starOr(() => this.arith(1))); }
  private target(): Expr { return this.starOr(() => this.arith(1)); }
  private namedTest(): Expr {
    const start = this.start, t = this.test(); if (!this.is(':=')) return t;
    this.i++; const value = this.test(); return { kind: 'NamedExpr', start, end: this.prevEnd, target: t, value };
  }
  private test(): Expr {
    if (this.is('lambda')) { const start = this.start; this.i++; const args = emptyParams(); this.params(args, ':', false); this.expect(':'); const body = this.test(); return { kind: 'Lambda', start, end: this.prevEnd, args, body }; }
    const start = this.start, body = this.or(); if (!this.is('if')) return body;
    this.i++; const test = this.or(); this.expect('else'); const orelse = this.test();
    return { kind: 'IfExp', start, end: this.prevEnd, test, body, orelse };
  }
  private or(): Expr { const start = this.start, l = this.and(); if (!this.is('or')) return l; const values = [l]; while (this.eat('or')) values.push(this.and()); return { kind: 'BoolOp', op: 'or', start, end: this.prevEnd, values }; }
  private and(): Expr { const start = this.start, l = this.not(); if (!this.is('and')) return l; const values = [l]; while (this.eat('and')) values.push(this.not()); return { kind: 'BoolOp', op: 'and', start, end: this.prevEnd, values }; }
  private not(): Expr { if (!this.is('not')) return this.comparison(); const start = this.start; this.i++; const operand = this.not(); return { kind: 'UnaryOp', op: 'not', start, end: this.prevEnd, operand }; }
  private comparison(): Expr {
    const start = this.start, left = this.arith(1); let ops: string[] | null = null, comparators: Expr[] | null = null;
    for (;;) {
      const t = this.text[this.i]; let op: string;
      if (this.k() === T.Op) { if (!CMP.has(t!)) break; op = t!; this.i++; }
      else if (this.k() !== T.Keyword) break;
      else if (t === 'in') { op = 'in'; this.i++; }
      else if (t === 'is') { this.i++; op = this.eat('not') ? 'is not' : 'is'; }
      else if (t === 'not' && this.text[this.i + 1] === 'in') { op = 'not in'; this.i += 2; }
      else break;
      (ops ??= []).push(op); (comparators ??= []).push(this.arith(1));
    }
    return ops ? { kind: 'Compare', start, end: this.prevEnd, left, ops, comparators: comparators! } : left;
  }
  private arith(min: number): Expr {
    const start = this.start; let left = this.unary();
    while (this.k() === T.Op) {
      const op = this.text[this.i]!, p = BIN[op]; if (p === undefined || p < min) break;
      this.i++; const right = this.arith(p + 1); left = { kind: 'BinOp', op, start, end: this.prevEnd, left, right };
    }
    return left;
  }
  private unary(): Expr {
    if (++this.depth > MAX_DEPTH) { this.depth--; this.fail('expression nested too deeply'); }
    const e = this.unaryInner(); this.depth--; return e;
  }
  private unaryInner(): Expr {
    if (this.k() === T.Op) { const t = this.text[this.i]!; if (t === '-' || t === '+' || t === '~') { const start = this.start; this.i++; const operand = this.unary(); return { kind: 'UnaryOp', op: t, start, end: this.prevEnd, operand }; } }
    const start = this.start; let base: Expr;
    if (this.is('await')) { this.i++; const value = this.postfix(); base = { kind: 'Await', start, end: this.prevEnd, value }; } else base = this.postfix();
    if (!this.is('**')) return base;
    this.i++; const right = this.unary(); return { kind: 'BinOp', op: '**', start, end: this.prevEnd, left: base, right };
  }
  private postfix(): Expr {
    const start = this.start; let v = this.atom();
    while (this.k() === T.Op) {
      const t = this.text[this.i];
      if (t === '.') {
        this.i++; const attrStart = this.start;
        if (this.k() !== T.Name) { // half-typed `self.`: keep what there is
          this.errors.push({ message: 'expected a name', start: this.prevEnd, end: this.prevEnd });
          v = { kind: 'Attribute', value: v, attr: '', attrStart: this.prevEnd, start, end: this.prevEnd }; if (this.k() === T.Keyword) this.i++; continue;
        }
        const attr = this.text[this.i++]!; v = { kind: 'Attribute', value: v, attr, attrStart, start, end: this.prevEnd };
      } else if (t === '(') { this.i++; const args: Expr[] = [], keywords: Keyword[] = []; this.callArgs(args, keywords, this.s[this.i - 1]!); this.close(')'); v = { kind: 'Call', func: v, args, keywords, start, end: this.prevEnd }; }
      else if (t === '[') { this.i++; const slice = this.subscript(); this.close(']'); v = { kind: 'Subscript', value: v, slice, start, end: this.prevEnd }; }
      else break;
    }
    return v;
  }
  /** A closing bracket that is missing at the end of the line is reported but does not lose the expression. */
  private close(t: string) { if (this.eat(t)) return; if (this.k() === T.Newline || this.k() === T.EOF) this.errors.push({ message: `expected '${t}'`, start: this.prevEnd, end: this.prevEnd }); else this.fail(`expected '${t}'`); }
  private callArgs(args: Expr[], keywords: Keyword[], open = 0) {
    while (!this.is(')') && this.k() !== T.Newline && this.k() !== T.EOF) {
      const start = this.start;
      if (this.eat('**')) { const value = this.test(); keywords.push({ kind: 'keyword', arg: null, value, start, end: this.prevEnd }); }
      else if (this.is('*')) { this.i++; const value = this.test(); args.push({ kind: 'Starred', value, start, end: this.prevEnd }); }
      else if (this.k() === T.Name && this.text[this.i + 1] === '=') { const arg = this.name(); this.i++; const value = this.test(); keywords.push({ kind: 'keyword', arg, value, start, end: this.prevEnd }); }
      else {
        const v = this.namedTest();
        if (this.is('for') || this.is('async')) { const generators = this.compFors(); // sole generator argument: its range includes the call's brackets
          args.push({ kind: 'GeneratorExp', elt: v, value: null, generators, start: open, end: this.is(')') ? this.e[this.i]! : this.prevEnd }); }
        else args.push(v);
      }
      if (!this.eat(',')) break;
    }
  }
  private subscript(): Expr {
    const start = this.start, first = this.sliceItem(); if (!this.is(',') && first.kind !== 'Starred') return first;
    const elts = [first]; while (this.eat(',')) { if (this.is(']')) break; elts.push(this.sliceItem()); }
    return { kind: 'Tuple', start, end: this.prevEnd, elts };
  }
  private sliceItem(): Expr {
    const start = this.start; let lower: Expr | null = null;
    if (!this.is(':')) { lower = this.starOr(() => this.namedTest()); if (!this.is(':')) return lower; }
    this.i++; let upper: Expr | null = null, step: Expr | null = null;
    const end = () => this.is(']') || this.is(',') || this.is(':');
    if (!end()) upper = this.test(); if (this.eat(':') && !end()) step = this.test();
    return { kind: 'Slice', start, end: this.prevEnd, lower, upper, step };
  }
  private compFors(): CompFor[] {
    const out: CompFor[] = [];
    while (this.is('for') || this.is('async')) {
      const isAsync = this.eat('async'); this.expect('for'); const target = this.targetList(); this.expect('in'); const iter = this.or(); const ifs: Expr[] = [];
      while (this.eat('if')) { const s = this.start; let c: Expr = this.is('lambda') ? this.test() : this.or(); if (this.eat(':=')) { const value = this.or(); c = { kind: 'NamedExpr', target: c, value, start: s, end: this.prevEnd }; } ifs.push(c); }
      out.push({ target, iter, ifs, isAsync });
    }
    return out;
  }
  private atom(): Expr {
    const start = this.start, k = this.k();
    switch (k) {
      case T.Name: { const id = this.text[this.i++]!; return { kind: 'Name', id, start, end: this.prevEnd }; }
      case T.Int: case T.Float: case T.Imag: { const end = this.e[this.i++]!; return { kind: 'Constant', value: number(this.src.slice(start, end), k), isFloat: k === T.Float, start, end }; }
      case T.Str: case T.FStr: return this.strings();
      case T.Keyword: {
        const t = this.text[this.i]; if (t === 'None' || t === 'True' || t === 'False') { this.i++; return { kind: 'Constant', value: t === 'None' ? null : t === 'True', isFloat: false, start, end: this.prevEnd }; } break;
      }
      case T.Op: switch (this.text[this.i]) {
        case '(': return this.paren();
        case '[': {
          this.i++; if (this.eat(']')) return { kind: 'List', elts: [], start, end: this.prevEnd };
          const first = this.starOr(() => this.namedTest());
          if (this.is('for') || this.is('async')) { const generators = this.compFors(); this.close(']'); return { kind: 'ListComp', elt: first, value: null, generators, start, end: this.prevEnd }; }
          const elts = [first]; while (this.eat(',')) { if (this.is(']') || this.atLineEnd()) break; elts.push(this.starOr(() => this.namedTest())); } this.close(']'); return { kind: 'List', elts, start, end: this.prevEnd };
        }
        case '{': return this.braces();
        case '...': this.i++; return { kind: 'Constant', value: Ellipsis, isFloat: false, start, end: this.prevEnd };
      }
    }
    if ((k === T.Newline || k === T.EOF || (k === T.Op && (this.is(')') || this.is(']') || this.is('}') || this.is(',')))) && this.i > 0) { this.errors.push({ message: 'expected an expression', start: this.prevEnd, end: this.prevEnd }); const at = k === T.Op ? start : this.prevEnd; return { kind: 'Missing', start: at, end: at }; }
    return this.fail('expected an expression');
  }
  private paren(): Expr {
    const start = this.start; this.i++;
    if (this.eat(')')) return { kind: 'Tuple', elts: [], start, end: this.prevEnd };
    if (this.is('yield')) { const y = this.yieldExpr(); this.close(')'); return y; }
    const first = this.starOr(() => this.namedTest());
    if (this.is('for') || this.is('async')) { const generators = this.compFors(); this.close(')'); return { kind: 'GeneratorExp', elt: first, value: null, generators, start, end: this.prevEnd }; }
    if (!this.is(',')) { this.close(')'); return first; }
    const elts = [first]; while (this.eat(',')) { if (this.is(')') || this.atLineEnd()) break; elts.push(this.starOr(() => this.namedTest())); } this.close(')'); return { kind: 'Tuple', elts, start, end: this.prevEnd };
  }
  private braces(): Expr {
    const start = this.start; this.i++; const keys: (Expr | null)[] = [], values: Expr[] = [];
    if (this.eat('}')) return { kind: 'Dict', keys, values, start, end: this.prevEnd };
    let isDict = false;
    for (let first = true; !this.is('}') && !this.atLineEnd(); first = false) {
      if (this.eat('**')) { isDict = true; keys.push(null); values.push(this.arith(1)); }
      else {
        const a = this.starOr(() => this.namedTest());
        if (first ? this.is(':') : isDict) { isDict = true; this.expect(':'); const v = this.test();
          if (first && (this.is('for') || this.is('async'))) { const generators = this.compFors(); this.close('}'); return { kind: 'DictComp', elt: a, value: v, generators, start, end: this.prevEnd }; }
          keys.push(a); values.push(v); }
        else { if (first && (this.is('for') || this.is('async'))) { const generators = this.compFors(); this.close('}'); return { kind: 'SetComp', elt: a, value: null, generators, start, end: this.prevEnd }; } values.push(a); }
      }
      if (!this.eat(',')) break;
    }
    this.close('}'); return isDict ? { kind: 'Dict', keys, values, start, end: this.prevEnd } : { kind: 'Set', elts: values, start, end: this.prevEnd };
  }
  /** One or more adjacent string literals. */
  private strings(): Expr {
    const start = this.start; let plain = '', anyF = false, bytes = false, template = false; const values: Expr[] = []; let lit = '', litStart = start, litEnd = start;
    const flush = () => { if (lit !== '') { values.push({ kind: 'Constant', value: lit, isFloat: false, start: litStart, end: litEnd }); lit = ''; } };
    const add = (s: string, a: number, b: number) => { if (lit === '') litStart = a; lit += s; litEnd = b; };
    while (this.k() === T.Str || this.k() === T.FStr) {
      const a = this.start, b = this.e[this.i]!, isF = this.k() === T.FStr; this.i++;
      let q = a; while (this.src[q] !== '"' && this.src[q] !== "'") q++;
      const pre = this.src.slice(a, q).toLowerCase(), qlen = this.src.startsWith(this.src[q]!.repeat(3), q) && b - q >= 6 ? 3 : 1, raw = pre.includes('r');
      if (pre.includes('b')) bytes = true; if (pre.includes('t')) template = true;
      const closed = this.src[b - 1] === this.src[q] && b - q > qlen, from = q + qlen, to = closed ? b - qlen : b;
      if (!isF) { const s = unescape(this.src.slice(from, to), raw, pre.includes('b')); plain += s; add(s, a, b); }
      else { anyF = true; this.fparts(from, to, raw, add, flush, values); }
    }
    const end = this.prevEnd;
    if (anyF) { flush(); return { kind: template ? 'TemplateStr' : 'JoinedStr', values, start, end }; }
    return { kind: 'Constant', value: bytes ? { bytes: plain } : plain, isFloat: false, start, end };
  }
  private fparts(from: number, to: number, raw: boolean, add: (s: string, a: number, b: number) => void, flush: () => void, values: Expr[]) {
    const src = this.src; let i = from, lit = from;
    const cut = (end: number) => { if (end > lit) add(unescape(src.slice(lit, end), raw, false), lit, end); };
    while (i < to) {
      const c = src[i]!;
      if (c === '\\' && !raw) { if (src[i + 1] === 'N' && src[i + 2] === '{') { i = src.indexOf('}', i) + 1; if (i <= 0) i = to; } else i += src[i + 1] === '{' || src[i + 1] === '}' ? 1 : 2; continue; }
      if (c === '{' && src[i + 1] === '{') { cut(i + 1); i += 2; lit = i; continue; }
      if (c === '}') { cut(i + 1); i += src[i + 1] === '}' ? 2 : 1; lit = i; continue; }
      if (c !== '{') { i++; continue; }
      cut(i); lit = i;
      const sub = new Parser(src, lex(src, i + 1, to, true)); const f = sub.field(i, raw); this.errors.push(...sub.errors);
      if (f.debug) add(f.debug, i, f.value.start); flush(); values.push(f.value); i = lit = f.value.end;
    }
    cut(to);
  }
  /** `{expr=!r:spec}`; this parser was made on the text after `{`. */
  private field(open: number, raw: boolean): { value: Expr & { kind: 'FormattedValue' }; debug: string } {
    let value: Expr = this.missing(), conversion: string | null = null, spec: JoinedStr | null = null, debug = '', end = this.prevEnd;
    try {
      value = this.yieldOrStarExprs(); let at: number;
      if (this.is('=')) { this.i++; debug = this.src.slice(open + 1, this.start); }
      if (this.eat('!')) conversion = this.name();
      at = this.start;
      if (this.is(':') || (this.is(':=') )) {
        let j = at + 1, depth = 0; for (; j < this.src.length; j++) { const c = this.src[j]; if (c === '{') depth++; else if (c === '}') { if (depth === 0) break; depth--; } }
        const parts: Expr[] = []; let lit = '', ls = 0, le = 0; const flush = () => { if (lit !== '') { parts.push({ kind: 'Constant', value: lit, isFloat: false, start: ls, end: le }); lit = ''; } };
        this.fparts(at + 1, j, raw, (s, a, b) => { if (lit === '') ls = a; lit += s; le = b; }, flush, parts); flush();
        spec = { kind: 'JoinedStr', values: parts, start: at, end: j }; end = j + 1;
      } else { if (!this.is('}')) this.fail("expected '}'"); end = this.e[this.i]!; if (debug && !conversion) conversion = 'r'; }
      this.errors.length = 0; // what the lexer said about text beyond the field does not matter
    } catch (x) { this.errors.length = 0; this.report(x); const j = this.src.indexOf('}', open); end = j < 0 ? open + 1 : j + 1; }
    return { value: { kind: 'FormattedValue', value, conversion, spec, start: open, end }, debug };
  }
}
const emptyParams = (): MutParams => ({ posonly: [], args: [], vararg: null, kwonly: [], kwarg: null });
function number(t: string, k: T): Const {
  t = t.replace(/_/g, ''); if (k === T.Imag) return { imag: Number(t.slice(0, -1)) }; if (k === T.Float) return Number(t);
  const n = Number(/^0\d/.test(t) ? String(BigInt(t)) : t); return Number.isSafeInteger(n) ? n : BigInt(t);
}
const ESC: Record<string, string> = { n: '\n', t: '\t', r: '\r', '\\': '\\', "'": "'", '"': '"', a: '\x07', b: '\b', f: '\f', v: '\v' };
function unescape(s: string, raw: boolean, bytes: boolean): string {
  if (s.includes('\r')) s = s.replace(/\r\n?/g, '\n');
  if (raw || !s.includes('\\')) return s;
  return s.replace(/\\(\r?\n|[0-7]{1,3}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|N\{[^}]*\}|[\s\S])/g, (m, e: string) => {
    const c = e[0]!; if (c === '\n' || c === '\r') return ''; if (c >= '0' && c <= '7') return String.fromCharCode(parseInt(e, 8));
    if (c === 'x' && e.length === 3) return String.fromCharCode(parseInt(e.slice(1), 16));
    if (!bytes && (c === 'u' || c === 'U') && e.length > 1) { const cp = parseInt(e.slice(1), 16); return cp <= 0x10ffff ? String.fromCodePoint(cp) : m; }
    return ESC[e] ?? m;
  });
}
export function countNodes(n: unknown): number { if (n === null || typeof n !== 'object') return 0; if (Array.isArray(n)) { let c = 0; for (const x of n) c += countNodes(x); return c; } let c = 'kind' in n ? 1 : 0; for (const k in n) { const v = (n as Record<string, unknown>)[k]; if (typeof v === 'object') c += countNodes(v); } return c; }
