// Syntax trees by file: the same text is read once per process. Trees are never changed, so all analyses share them.

import type { SourceReader } from '../python/source-text';
import { type OutlinePart, outline, parse, parsePart } from '../syntax';
import type { Module, ParseIssue } from '../syntax/ast';

export interface Parsed {
  readonly module: Module;
  readonly issues: readonly ParseIssue[];
}

/** What has been read of a text so far. */
interface Kept {
  readonly text: string;
  parsed?: Parsed;
  outline?: readonly OutlinePart[] | undefined;
  readonly parts: Map<number, Module>;
}

/** Trees are kept up to this many characters of source in all; the oldest go first. */
const MOST_CHARACTERS = 64_000_000;

export class SourceCache implements SourceReader {
  private readonly kept = new Map<string, Kept>();
  private characters = 0;

  /** The whole tree, and what is wrong with the text. */
  read(file: string, text: string): Parsed {
    const kept = this.keep(file, text);
    kept.parsed ??= parse(text);
    return kept.parsed;
  }

  parse(file: string, text: string): Module {
    return this.read(file, text).module;
  }

  outline(file: string, text: string): readonly OutlinePart[] | undefined {
    const kept = this.keep(file, text);
    if (!('outline' in kept)) kept.outline = outline(text);
    return kept.outline;
  }

  parsePart(file: string, text: string, part: OutlinePart): Module {
    const { parts } = this.keep(file, text);
    const tree = parts.get(part.start) ?? parsePart(text, part);
    parts.set(part.start, tree);
    return tree;
  }

  private keep(file: string, text: string): Kept {
    const known = this.kept.get(file);
    if (known?.text === text) return known;
    this.drop(file);
    const kept: Kept = { text, parts: new Map() };
    this.kept.set(file, kept);
    this.characters += text.length;
    for (const oldest of this.kept.keys()) {
      if (this.characters <= MOST_CHARACTERS || oldest === file) break;
      this.drop(oldest);
    }
    return kept;
  }

  private drop(file: string): void {
    this.characters -= this.kept.get(file)?.text.length ?? 0;
    this.kept.delete(file);
  }
}
