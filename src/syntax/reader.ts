// The parser's place in the tokens. The grammar is in plain functions that take a Reader (expressions.ts, atoms.ts,
// strings.ts, parameters.ts, patterns.ts, statements.ts, compound.ts): each reads one construct from the current token
// on, and throws a Failure where the text does not fit, which recovery.ts turns into an issue. The fields of the
// current token are copied out of the arrays, because they are asked for many times before the next one.

import type { ParseIssue } from './ast';
import { T, type Tokens } from './tokens';

/** Thrown where the text does not fit the grammar; never leaves this folder. */
export class Failure {
  constructor(readonly issue: ParseIssue) {}
}

/** A place to come back to. */
export interface Mark {
  readonly at: number;
  readonly end: number;
  readonly depth: number;
  readonly blocks: number;
  readonly issues: number;
}

/** Brackets, operators and conditions inside one another; CPython stops at 200 brackets. Keeps the stack safe. */
const MAX_DEPTH = 200;

/** Blocks inside one another; CPython stops at 100. */
const MAX_BLOCKS = 100;

/** Reads tokens one after another. */
export class Reader {
  /** Where the current token begins. */
  start = 0;
  /** Where the last token that was taken ends; line ends and indents do not count. Nodes end here. */
  end = 0;
  /** The word or operator that the current token is, '' for other tokens. */
  word = '';
  readonly issues: ParseIssue[];
  /** How many `yield`, `global` and `nonlocal` have been read. */
  specials = 0;
  private kind: T = T.End;
  private stop = 0;
  private at = 0;
  private depth = 0;
  private blocks = 0;

  constructor(
    readonly text: string,
    private readonly tokens: Tokens,
  ) {
    this.issues = tokens.issues;
    this.load(0);
  }

  // ---- looking ----

  /** Whether the current token is of this kind. */
  on(kind: T): boolean {
    return this.kind === kind;
  }

  /** Whether the current token is this keyword, soft keyword or operator. */
  is(word: string): boolean {
    return this.word === word;
  }

  /** Whether a statement ends here. */
  atLineEnd(): boolean {
    return this.kind === T.Newline || this.kind === T.End || this.word === ';';
  }

  /** The kind of the token that is `ahead` tokens further on. */
  kindAhead(ahead: number): T {
    return (this.tokens.kinds[this.at + ahead] ?? T.End) as T;
  }

  /** The word or operator that is `ahead` tokens further on, '' for other tokens. */
  wordAhead(ahead: number): string {
    return this.tokens.words[this.at + ahead] ?? '';
  }

  /** The text of the current token. */
  spelling(): string {
    return this.text.slice(this.start, this.stop);
  }

  /** Where the current token ends. */
  get tokenEnd(): number {
    return this.stop;
  }

  // ---- taking ----

  /** Takes the current token. */
  advance(): void {
    this.end = this.stop;
    this.load(this.at + 1);
  }

  /** Passes over a line end, an indent or a dedent, which belong to no node. */
  skip(): void {
    this.load(this.at + 1);
  }

  /** Takes the current token if it is this word. */
  eat(word: string): boolean {
    if (this.word !== word) return false;
    this.advance();
    return true;
  }

  /** Takes the current token, which has to be this word. */
  expect(word: string): void {
    if (!this.eat(word)) throw this.failure(`expected '${word}'`);
  }

  /** Takes a name. */
  name(): string {
    if (this.kind !== T.Name) throw this.failure('expected a name');
    const { word } = this;
    this.advance();
    return word;
  }

  // ---- what is wrong ----

  /** What to throw where the current token does not fit. */
  failure(message: string): Failure {
    return new Failure({ message, start: this.start, end: Math.max(this.start, this.stop) });
  }

  /** Notes something missing behind the last token, and carries on. */
  report(message: string): void {
    this.issues.push({ message, start: this.end, end: this.end });
  }

  /** Lets a node end at the current token where nothing of it was there to be taken. */
  stretch(): void {
    this.end = Math.max(this.end, this.start);
  }

  // ---- depth and going back ----

  /** Goes one level deeper into an expression; leave() goes up again, and so does reset(). */
  enter(): void {
    if (this.depth >= MAX_DEPTH) throw this.failure('nested too deeply');
    this.depth++;
  }

  leave(): void {
    this.depth--;
  }

  /** Goes one block deeper. */
  enterBlock(): void {
    if (this.blocks >= MAX_BLOCKS) throw this.failure('too many blocks inside one another');
    this.blocks++;
  }

  leaveBlock(): void {
    this.blocks--;
  }

  /** Remembers this place. */
  mark(): Mark {
    return { at: this.at, end: this.end, depth: this.depth, blocks: this.blocks, issues: this.issues.length };
  }

  /** Goes back to a place and forgets what was reported since. */
  reset(mark: Mark): void {
    this.issues.length = mark.issues;
    this.end = mark.end;
    this.resetDepth(mark);
    this.load(mark.at);
  }

  /** Stays here but counts levels as they were at a place. */
  resetDepth(mark: Mark): void {
    this.depth = mark.depth;
    this.blocks = mark.blocks;
  }

  /** Whether no token was taken since. */
  isAt(mark: Mark): boolean {
    return this.at === mark.at;
  }

  private load(at: number): void {
    const { tokens } = this;
    if (at >= tokens.count) return;
    this.at = at;
    this.kind = (tokens.kinds[at] ?? T.End) as T;
    this.start = tokens.starts[at] ?? 0;
    this.stop = tokens.ends[at] ?? 0;
    this.word = tokens.words[at] ?? '';
  }
}
