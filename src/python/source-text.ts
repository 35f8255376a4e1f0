// How module texts are read: whole, or part by part. A host may answer from a cache that outlives the interpreter.

import { type OutlinePart, outline, parse, parsePart } from '../syntax';
import type { Module } from '../syntax/ast';

export interface SourceReader {
  parse(file: string, text: string): Module;
  /** Where the statements of a file are; undefined where it has to be read whole. */
  outline(file: string, text: string): readonly OutlinePart[] | undefined;
  parsePart(file: string, text: string, part: OutlinePart): Module;
}

/** Reads each time anew. */
export const plainReader: SourceReader = {
  parse: (_, text) => parse(text).module,
  outline: (_, text) => outline(text),
  parsePart: (_, text, part) => parsePart(text, part),
};
