// Where the statements at module level begin, found without parsing: a library's file is read part by part, and a
// function that nobody asks for is never read at all. Only strings, brackets, comments and line ends are looked at.
// Where those do not add up there is no outline, and the file is parsed whole.

import type { Range } from '../base/site';

/** A `def` or `class` that binds `name`, its decorators included; or other statements, name undefined. */
export interface OutlinePart extends Range {
  readonly name?: string;
  readonly decorated?: boolean;
}

/**
 * Everything that matters to where a statement begins: strings, comments, brackets, lines that begin at column 0. What
 * stands in brackets without any of these is passed over as a whole.
 */
const PIECES =
  /"""(?:[^"\\]|\\[\s\S]|"(?!""))*"""|'''(?:[^'\\]|\\[\s\S]|'(?!''))*'''|"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'|#[^\n]*|\\\r?\n|\([^()[\]{}"'#\\\n]*\)|\[[^()[\]{}"'#\\\n]*\]|[([{]|[)\]}]|["']|\n(?=[^\0-\x20#])/g;

const DEFINITION = /(?:def|class)[ \t]+([A-Za-z_]\w*)/y;

/** The parts of a file in order; together they are the whole text. undefined where the text does not add up. */
export function outline(text: string): OutlinePart[] | undefined {
  const starts = statementStarts(text);
  if (!starts) return undefined;
  const parts: Draft[] = [];
  for (const [index, start] of starts.entries()) {
    const end = starts[index + 1] ?? text.length;
    const name = definitionAt(text, start);
    const last = parts.at(-1);
    if (last?.awaits) grow(last, text, start, end, name);
    else if (text[start] === '@') parts.push({ start, end, decorated: true, awaits: true });
    else if (name === undefined && last && last.name === undefined) last.end = end;
    else if (!continues(text, start) || !last)
      parts.push({ start, end, ...(name !== undefined && { name }) });
    else return undefined;
  }
  return parts;
}

/** A part being made; one that `awaits` has decorators, and not yet what they decorate. */
interface Draft {
  readonly start: number;
  end: number;
  name?: string;
  decorated?: boolean;
  awaits?: boolean;
}

/** Takes a line into a part that has only decorators so far. What is neither of those nor a definition makes it plain. */
function grow(part: Draft, text: string, start: number, end: number, name: string | undefined): void {
  part.end = end;
  part.awaits = text[start] === '@';
  if (name !== undefined) part.name = name;
  else if (!part.awaits) part.decorated = false;
}

function definitionAt(text: string, start: number): string | undefined {
  DEFINITION.lastIndex = start;
  return DEFINITION.exec(text)?.[1];
}

/** `else:` and the like belong to the statement before them, which is then no definition. */
const continues = (text: string, start: number): boolean =>
  /^(?:else|elif|except|finally)\b/.test(text.slice(start, start + 8));

/** Offsets of the lines at column 0 that begin a statement; the first is 0, so that nothing is lost. */
function statementStarts(text: string): number[] | undefined {
  const starts = [0];
  let depth = 0;
  PIECES.lastIndex = 0;
  for (let found = PIECES.exec(text); found !== null; found = PIECES.exec(text)) {
    const [piece] = found;
    if (piece.length > 1) continue;
    if (piece === '"' || piece === "'") return undefined;
    if ('([{'.includes(piece)) depth++;
    else if (')]}'.includes(piece)) depth--;
    else if (piece === '\n' && depth === 0) starts.push(found.index + 1);
    if (depth < 0) return undefined;
  }
  return depth === 0 ? starts : undefined;
}
