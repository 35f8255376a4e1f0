// What the lexer hands to the parser: tokens as parallel arrays, because a file has tens of thousands of them and most
// are read once. Words and operators carry their text; for other tokens the range says all.

import type { ParseIssue } from './ast';

/** The kinds of token. Brackets, commas and the like are `Operator`; soft keywords (`match`, `type`) are `Name`. */
export enum T {
  End,
  Newline,
  Indent,
  Dedent,
  Name,
  Keyword,
  Number,
  String,
  /** The prefix and opening quote of an f-string or t-string; its parts follow, then FormatEnd. */
  FormatStart,
  /** Literal text in an f-string, or in the specification of a field. */
  FormatText,
  FormatEnd,
  Operator,
  /** A character that Python has no use for. */
  Stray,
}

/** The tokens of a text, ending with one of kind End, and what was wrong in it. */
export interface Tokens {
  readonly count: number;
  readonly kinds: Uint8Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly words: readonly string[];
  readonly issues: ParseIssue[];
}

/** Tokens while they are being collected. */
export class TokenBuffer implements Tokens {
  count = 0;
  kinds: Uint8Array;
  starts: Int32Array;
  ends: Int32Array;
  readonly words: string[] = [];
  readonly issues: ParseIssue[] = [];

  /** Makes room for the usual number of tokens in a text of this length; more room is made when needed. */
  constructor(textLength: number) {
    const room = (textLength >> 2) + 16;
    this.kinds = new Uint8Array(room);
    this.starts = new Int32Array(room);
    this.ends = new Int32Array(room);
  }

  push(kind: T, start: number, end: number, word = ''): void {
    const at = this.count++;
    if (at === this.kinds.length) this.grow();
    this.kinds[at] = kind;
    this.starts[at] = start;
    this.ends[at] = end;
    this.words.push(word);
  }

  report(message: string, start: number, end: number): void {
    this.issues.push({ message, start, end });
  }

  /** Whether the last token is of this kind. */
  endsWith(kind: T): boolean {
    return this.count > 0 && this.kinds[this.count - 1] === kind;
  }

  private grow(): void {
    const { kinds, starts, ends } = this;
    this.kinds = new Uint8Array(kinds.length * 2);
    this.starts = new Int32Array(kinds.length * 2);
    this.ends = new Int32Array(kinds.length * 2);
    this.kinds.set(kinds);
    this.starts.set(starts);
    this.ends.set(ends);
  }
}
