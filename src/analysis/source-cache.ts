// Syntax trees by file: the same text is parsed once per process. Trees are never changed, so all analyses share them.

import { parse } from '../syntax';
import type { Module, ParseIssue } from '../syntax/ast';

export interface Parsed {
  readonly module: Module;
  readonly issues: readonly ParseIssue[];
}

/** Trees are kept up to this many characters of source in all; the oldest go first. */
const MOST_CHARACTERS = 64_000_000;

export class SourceCache {
  private readonly kept = new Map<string, { readonly text: string; readonly parsed: Parsed }>();
  private characters = 0;

  parse(file: string, text: string): Parsed {
    const known = this.kept.get(file);
    if (known?.text === text) return known.parsed;
    const parsed = parse(text);
    this.drop(file);
    this.kept.set(file, { text, parsed });
    this.characters += text.length;
    for (const oldest of this.kept.keys()) {
      if (this.characters <= MOST_CHARACTERS || oldest === file) break;
      this.drop(oldest);
    }
    return parsed;
  }

  private drop(file: string): void {
    this.characters -= this.kept.get(file)?.text.length ?? 0;
    this.kept.delete(file);
  }
}
