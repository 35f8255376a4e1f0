// What is left of a file when a line of it is half-typed: the definitions and calls that a tree has, and how many of
// them are still there, in the same place and inside the same definitions, after a line was put in.

import { type Module, parse, type Stmt } from '../../src/syntax';

/** Lines as they stand while they are being typed. */
export const HALF_TYPED: readonly string[] = [
  'self.conv = nn.Conv2d(',
  'self.conv = nn.',
  'x = self.act(x',
  'x = torch.cat([a, b',
  'if x',
  'for i in',
  'return F.relu(',
  'self.',
  'x = {"a": 1',
  'x =',
  'y = "half',
  'y = f"{half',
  'def fwd(self, x',
  'z = x[:, ',
  'with torch.no_grad(',
  'a = lambda',
  'class Foo(nn',
  '@torch.',
  'x = """half',
];

/** What a tree has, each thing as `Outer/inner@offset`. */
export interface Contents {
  readonly definitions: readonly string[];
  readonly calls: readonly string[];
}

/** How much of a kind of thing there was, and how much of it is left. */
export interface Share {
  readonly kept: number;
  readonly all: number;
}

/** The definitions and calls in a tree; offsets are moved by `shift` first. */
export function contents(module: Module, shift = (offset: number) => offset): Contents {
  const definitions: string[] = [];
  const calls: string[] = [];
  const visit = (value: unknown, path: string): void => {
    if (Array.isArray(value)) for (const item of value) visit(item, path);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
    const node = value as { kind?: string; start: number };
    let inner = path;
    if (isDefinition(node)) {
      inner = `${path}/${node.name}`;
      definitions.push(`${inner}@${shift(node.nameStart)}`);
    }
    if (node.kind === 'Call') calls.push(`${path}@${shift(node.start)}`);
    for (const child of Object.values(node)) visit(child, inner);
  };
  visit(module.body, '');
  return { definitions, calls };
}

function isDefinition(node: object): node is Extract<Stmt, { nameStart: number }> {
  return 'nameStart' in node;
}

/** What is kept of a text when a line is put in at an offset. */
export function afterInsertion(text: string, at: number, line: string): { definitions: Share; calls: Share } {
  const shift = (offset: number) => (offset >= at ? offset + line.length : offset);
  const before = contents(parse(text).module, shift);
  const after = contents(parse(text.slice(0, at) + line + text.slice(at)).module);
  return { definitions: kept(before.definitions, after.definitions), calls: kept(before.calls, after.calls) };
}

function kept(before: readonly string[], after: readonly string[]): Share {
  const there = new Set(after);
  return { kept: before.filter((thing) => there.has(thing)).length, all: before.length };
}

/** Adds shares up. */
export function sum(shares: readonly Share[]): Share {
  const total = (of: (share: Share) => number) => shares.reduce((number, share) => number + of(share), 0);
  return { kept: total((share) => share.kept), all: total((share) => share.all) };
}

/** Where lines may be put in: behind a statement in a method at a quarter, a half and three quarters of a file. */
export function spots(text: string): number[] {
  const ends: number[] = [];
  const visit = (statements: readonly Stmt[], depth: number): void => {
    for (const statement of statements) {
      if (depth === 2 && /^(Assign|Expr)$/.test(statement.kind))
        ends.push(text.indexOf('\n', statement.end) + 1);
      if (statement.kind === 'ClassDef' || statement.kind === 'FunctionDef') visit(statement.body, depth + 1);
    }
  };
  visit(parse(text).module.body, 0);
  const found = [0.25, 0.5, 0.75].map((part) => ends.find((end) => end >= text.length * part));
  return found.filter((spot) => spot !== undefined);
}
