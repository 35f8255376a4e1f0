// Functions whose bodies are read when somebody asks for them. A library registers functions by the hundred
// (`@register_model`) of which one is called: of a decorated function at module level only the decorators and the header
// are read at once. What is wrong in a body is not told: it is for text that is read to be run.

import type { FunctionDef, Module, Stmt } from './ast';
import type { OutlinePart } from './outline';

/** Reads the statements of a stretch of text; `special` where a `yield`, `global` or `nonlocal` stands in them. */
export type ReadPart = (
  start: number,
  end: number,
) => { readonly module: Module; readonly issues: readonly unknown[]; readonly special: boolean };

/** What matters between a `def` and its body: strings, comments, brackets, the colon. */
const PIECES =
  /"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'|#[^\n]*|\\\r?\n|[([{]|[)\]}]|:(?:[ \t]*(?:#[^\n]*)?\r?\n)?/g;

const DEFINITION = /^(?:async[ \t]+)?def[ \t]/gm;

/** A decorated function whose body waits; undefined where the part is anything else. */
export function lateFunction(text: string, part: OutlinePart, read: ReadPart): FunctionDef | undefined {
  const start = part.decorated && part.name !== undefined ? bodyStart(text, part) : undefined;
  if (start === undefined) return undefined;
  const header = read(part.start, start);
  const [definition, ...others] = header.module.body;
  const isAlone = definition?.kind === 'FunctionDef' && others.length === 0;
  // The body that is missing is the only thing that may be wrong.
  if (!isAlone || header.issues.length > 1) return undefined;
  return new LateFunction(definition, () => read(start, part.end));
}

/** Where the lines of the body begin; undefined where it stands on the line of the `def`. */
function bodyStart(text: string, { start, end }: OutlinePart): number | undefined {
  DEFINITION.lastIndex = start;
  const definition = DEFINITION.exec(text);
  if (!definition || definition.index >= end) return undefined;
  let depth = 0;
  PIECES.lastIndex = definition.index;
  for (let found = PIECES.exec(text); found !== null && PIECES.lastIndex < end; found = PIECES.exec(text)) {
    const [piece] = found;
    if ('([{'.includes(piece)) depth++;
    else if (')]}'.includes(piece)) depth--;
    else if (depth === 0 && piece.startsWith(':')) return piece.endsWith('\n') ? PIECES.lastIndex : undefined;
  }
  return undefined;
}

interface Body {
  readonly statements: readonly Stmt[];
  readonly end: number;
  readonly special: boolean;
}

/** A FunctionDef that reads its body once, at the first look. */
class LateFunction implements FunctionDef {
  readonly kind = 'FunctionDef' as const;
  readonly start: number;
  readonly name: string;
  readonly nameStart: number;
  readonly typeParams: FunctionDef['typeParams'];
  readonly args: FunctionDef['args'];
  readonly returns: FunctionDef['returns'];
  readonly decorators: FunctionDef['decorators'];
  readonly isAsync: boolean;
  private known: Body | undefined;

  constructor(
    header: FunctionDef,
    private readonly read: () => ReturnType<ReadPart>,
  ) {
    this.start = header.start;
    this.name = header.name;
    this.nameStart = header.nameStart;
    this.typeParams = header.typeParams;
    this.args = header.args;
    this.returns = header.returns;
    this.decorators = header.decorators;
    this.isAsync = header.isAsync;
  }

  get body(): readonly Stmt[] {
    return this.whole.statements;
  }

  get end(): number {
    return this.whole.end;
  }

  get special(): boolean {
    return this.whole.special;
  }

  private get whole(): Body {
    if (!this.known) {
      const { module, special } = this.read();
      this.known = { statements: module.body, end: module.body.at(-1)?.end ?? this.nameStart, special };
    }
    return this.known;
  }
}
