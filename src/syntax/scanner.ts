// The lexer's place in the text: what lexer.ts and literals.ts share. `at` moves on; tokens, open brackets and blocks
// are kept beside it.

import { BYTE_ORDER_MARK, isLineEnd, LINE_FEED, RETURN } from './characters';
import { TripleQuotes } from './leniency';
import { T, TokenBuffer } from './tokens';

/** How to read a text. */
export interface LexOptions {
  /** Guess where brackets and triple quotes were meant to end. */
  readonly lenient?: boolean;
  /** Line ends mean nothing, as if the whole text stood in brackets. */
  readonly bracketed?: boolean;
  /** Read only from here, the begin of a line, … */
  readonly from?: number;
  /** … to here. */
  readonly to?: number;
}

/** A text being split into tokens. */
export class Scanner {
  readonly tokens: TokenBuffer;
  readonly lenient: boolean;
  readonly bracketed: boolean;
  /** Finds triple quotes that were never closed; in lenient mode only. */
  readonly quotes: TripleQuotes | undefined;
  /** Where the brackets begin that are still open. */
  readonly open: number[] = [];
  /** How many of the open brackets lie outside the current field of an f-string, where nothing closes them. */
  floor = 0;
  /** How many f-strings and specifications we are inside of. */
  formatDepth = 0;
  /** The next character. */
  at = 0;
  /** Where to stop: the end of the text, or of the line for a string that was never closed. */
  to: number;
  /** Whether a line begins here, outside brackets. */
  lineStart: boolean;
  /** The column of the block that the current statement is in. */
  indent = 0;
  /** The columns of the blocks around it, the outermost first, itself the last. */
  readonly indents = [0];
  private readonly names = new Map<string, string>();

  constructor(
    readonly text: string,
    { lenient = false, bracketed = false, from = 0, to = text.length }: LexOptions,
  ) {
    this.tokens = new TokenBuffer(to - from);
    this.lenient = lenient;
    this.bracketed = bracketed;
    this.quotes = lenient ? new TripleQuotes(text) : undefined;
    this.to = to;
    this.at = from === 0 && text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : from;
    this.lineStart = !bracketed;
  }

  /** The code of the character that is `ahead` characters further on; NaN behind the end. */
  code(ahead = 0): number {
    return this.text.charCodeAt(this.at + ahead);
  }

  /** Pushes an operator or bracket that stands here. */
  operator(operator: string): void {
    const start = this.at;
    this.at += operator.length;
    this.tokens.push(T.Operator, start, this.at, operator);
    if (operator === '(' || operator === '[' || operator === '{') this.open.push(start);
    else if (operator === ')' || operator === ']' || operator === '}') {
      if (this.open.length > this.floor) this.open.pop();
    }
  }

  /** Pushes a character that fits nowhere. */
  stray(message: string): void {
    this.tokens.report(message, this.at, this.at + 1);
    this.tokens.push(T.Stray, this.at, this.at + 1);
    this.at++;
  }

  reportOpenBracket(): void {
    const last = this.open.at(-1);
    if (last !== undefined) this.tokens.report('bracket was never closed', last, last + 1);
  }

  /** One string for all uses of a name: a file has few distinct ones, and they are compared and looked up often. */
  intern(word: string): string {
    const known = this.names.get(word);
    if (known !== undefined) return known;
    this.names.set(word, word);
    return word;
  }

  /** How many characters the line end at `ahead` has, 0 where there is none. */
  lineEndLength(ahead = 0): number {
    const code = this.code(ahead);
    if (code === RETURN && this.code(ahead + 1) === LINE_FEED) return 2;
    return isLineEnd(code) ? 1 : 0;
  }

  /** Goes on to the end of the line. */
  skipLine(): void {
    while (this.at < this.to && !isLineEnd(this.code())) this.at++;
  }
}
