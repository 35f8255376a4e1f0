// price-tag.json as a tree with positions. What cannot be read becomes a problem with its place; the rest of the file
// still counts.

import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Range } from '../base/site';

export interface ConfigProblem {
  /** A sentence: what is wrong, and what to do. */
  readonly message: string;
  readonly range: Range;
  readonly severity: 'error' | 'warning';
}

/** Takes problems while a tree is read. */
export type Complain = (message: string, at: Range, severity?: 'error' | 'warning') => void;

/** A property of an object: its key, where the key stands, and its value. */
export interface Property {
  readonly key: string;
  readonly keyRange: Range;
  readonly value: Node;
}

/** The outermost value; undefined where there is none. */
export function parseConfigText(text: string, complain: Complain): Node | undefined {
  const errors: ParseError[] = [];
  try {
    const tree = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
    // What follows from one mistake is reported at the same place: the first says it best.
    const first = new Map(errors.reverse().map((error) => [error.offset, error]));
    for (const error of first.values()) complain(syntaxMessage(error), rangeOf(error));
    return tree;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    complain('This file is nested too deeply to be read.', { start: 0, end: 1 });
    return undefined;
  }
}

export const rangeOf = ({ offset, length }: { offset: number; length: number }): Range => ({
  start: offset,
  end: offset + length,
});

/** The properties of an object, each key once; a later one goes before an earlier one, as in JSON.parse. */
export function propertiesOf(node: Node, complain: Complain): Property[] {
  const found = new Map<string, Property>();
  for (const property of node.children ?? []) {
    const [key, value] = property.children ?? [];
    if (!key || !value) continue;
    const name = String(key.value);
    if (found.has(name))
      complain(`${JSON.stringify(name)} is here twice; only the last counts.`, rangeOf(key), 'warning');
    found.set(name, { key: name, keyRange: rangeOf(key), value });
  }
  return [...found.values()];
}

const MESSAGES: Readonly<Record<string, string>> = {
  CloseBraceExpected: 'A } is missing, or a comma before the next property.',
  CloseBracketExpected: 'A ] is missing, or a comma before the next value.',
  ColonExpected: 'A colon is missing between a name and its value.',
  CommaExpected: 'A comma is missing before this.',
  EndOfFileExpected: 'There is text after the end of the object. Remove it.',
  InvalidCommentToken: 'JSON has no comments. Remove this one.',
  InvalidNumberFormat: 'This is not a number as JSON writes them.',
  PropertyNameExpected: 'A name in double quotes belongs here, or a comma before this is one too many.',
  UnexpectedEndOfString: 'This string has no closing quote on its line.',
  ValueExpected: 'A value belongs here, or a comma before this is one too many.',
};

const syntaxMessage = ({ error }: ParseError): string =>
  MESSAGES[printParseErrorCode(error)] ?? 'This is not JSON: names and text stand in double quotes.';
