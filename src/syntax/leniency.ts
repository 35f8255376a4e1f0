// Guesses about text that is known to be wrong: where an unclosed bracket and an unclosed triple quote were meant to
// end. They look at how people lay code out (a line that begins with `def` is not an argument), so they must never run
// on a file that reads strictly; the lexer asks them in its lenient mode only.

/** Words that begin a statement and never begin a line inside brackets. */
const STATEMENT_WORDS: ReadonlySet<string> = new Set([
  ...['assert', 'break', 'class', 'continue', 'def', 'del', 'elif', 'except', 'finally', 'global', 'import'],
  ...['nonlocal', 'pass', 'raise', 'return', 'try', 'while', 'with'],
]);

/** How far into a line a guess looks. */
const LINE_SIGHT = 200;

/**
 * Inside an open bracket: does the line at `at` read like the beginning of the next statement? `indent` is the column
 * of the statement that opened the bracket.
 */
export function looksLikeStatement(text: string, at: number, indent: number): boolean {
  const line = /^([ \t]*)(@?[A-Za-z_][\w.]*)([^\n]*)/.exec(text.slice(at, at + LINE_SIGHT));
  if (line === null) return false;
  const [, blank = '', word = '', rest = ''] = line;
  if (STATEMENT_WORDS.has(word)) return true;
  if (blank.length > indent) return false;
  if (/^(if|for|async)$/.test(word)) return /:\s*(#.*)?$/.test(rest);
  return word.startsWith('@') || word === 'from' || rest.startsWith('(') || looksLikeAssignment(rest);
}

/** The rest of a line behind its first word: `, b[0] = …` but not `== …`. */
function looksLikeAssignment(rest: string): boolean {
  return /^[\w\s.,[\]*]*[^=!<>]=[^=]/.test(rest);
}

/**
 * Finds the triple quote that was never closed. Such a quote pairs with the opening one of the next docstring, and from
 * there on text and code change places; the sign of it is an odd number of triple quotes in the file. Then the first
 * string whose closing quote looks like an opening one is taken to end with its line, once, which puts the rest right
 * again.
 */
export class TripleQuotes {
  private readonly odd: Set<string>;

  constructor(private readonly text: string) {
    const odd = ['"""', "'''"].filter((quote) => isOdd(text, quote));
    this.odd = new Set(odd);
  }

  /** Whether the triple quote at `open` is one that was never closed. */
  isUnclosed(open: number): boolean {
    const quote = this.text.slice(open, open + 3);
    const close = this.text.indexOf(quote, open + 3);
    if (close < 0) return true;
    if (!this.odd.has(quote) || !this.looksLikeOpening(open + 3, close)) return false;
    this.odd.delete(quote);
    return true;
  }

  /** Whether the quote at `at` is followed by text or comes after what a string can follow: `def f():`, `x =`, `f(`. */
  private looksLikeOpening(from: number, at: number): boolean {
    if (!this.text.slice(from, at).includes('\n')) return false;
    const before = this.text.slice(Math.max(from, at - LINE_SIGHT), at);
    return /\w/.test(this.text.charAt(at + 3)) || /[:(=,[{]\s*[bfrtuBFRTU]{0,2}$/.test(before);
  }
}

/** Whether a quote occurs an odd number of times, not counting where it is itself the text of a string: '"""'. */
function isOdd(text: string, quote: string): boolean {
  const other = quote.startsWith('"') ? "'" : '"';
  const quoted = text.split(other + quote + other).length;
  return (text.split(quote).length - quoted) % 2 === 1;
}
