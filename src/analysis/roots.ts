// What there is to price in a file, found in its syntax: module classes, factory functions, instances. What a class or a
// name means is asked of the interpreter, through Meaning; nothing is built here.
//
// A class is priced by calling it with the arguments that the file gives it somewhere, or with none where all have
// defaults. A factory is a top-level function that can be called without arguments and returns a module. An instance is a
// name at module level, or under `if __name__ == "__main__"`, whose value is a module.

import type { Range } from '../base/site';
import type { ClassDef, Expr, FunctionDef, Module, Stmt } from '../syntax/ast';
import type { RootKind } from './file-report';
import { childrenOf } from './syntax-walk';
import { stripped, type Uses, usesIn } from './uses';

export interface Root {
  /** Stable over edits: `ResNet`, `resnet50()`, `model`. */
  readonly id: string;
  readonly kind: RootKind;
  readonly name: string;
  /** Expressions that build it, the likeliest first; empty where its arguments are not known. */
  readonly expressions: readonly string[];
  readonly range: Range;
  readonly extent: Range;
  /** Names in the file that hold it: what inputs are fed to. */
  readonly holders: () => readonly string[];
  /** Parameters of the constructor that have no default, where that is why it has no expression. */
  readonly missing?: readonly string[];
}

/** What the interpreter says of a name at module level. */
export interface Meaning {
  isModuleClass(name: string): boolean;
  isModuleInstance(name: string): boolean;
  /** Required parameters of a class's constructor or of a function; undefined where that is not known. */
  required(name: string): readonly string[] | undefined;
}

/** Roots of a file in the order in which they stand. */
export function findRoots(tree: Module, text: string, meaning: Meaning): Root[] {
  const uses = usesIn(() => tree);
  const classes = tree.body.flatMap((s) =>
    s.kind === 'ClassDef' && meaning.isModuleClass(s.name) ? [s] : [],
  );
  const made = [
    ...classes.map((node) => classRoot(node, text, uses, meaning)),
    ...factoriesIn(tree, meaning).map((node) => factoryRoot(node, uses)),
  ];
  const roots = [...made, ...instanceRoots(tree, text, meaning, made)];
  return roots.sort((a, b) => a.range.start - b.range.start);
}

/** A class or function at module level as a root; the whole tree is looked at only for how it is used. */
export function rootOf(
  node: ClassDef | FunctionDef,
  tree: () => Module,
  text: string,
  meaning: Meaning,
): Root {
  const uses = usesIn(tree);
  return node.kind === 'ClassDef' ? classRoot(node, text, uses, meaning) : factoryRoot(node, uses);
}

function classRoot(node: ClassDef, text: string, uses: Uses, meaning: Meaning): Root {
  const required = meaning.required(node.name) ?? [];
  const given = (): string[] => uses.callsOf(node.name).map((call) => text.slice(call.start, call.end));
  return {
    id: node.name,
    kind: 'class',
    name: node.name,
    expressions: required.length === 0 ? [`${node.name}()`] : [...new Set(given())],
    range: nameRange(node),
    extent: node,
    holders: () => uses.holdersOf(node.name),
    ...(required.length > 0 && { missing: required }),
  };
}

const factoryRoot = (node: FunctionDef, uses: Uses): Root => ({
  id: `${node.name}()`,
  kind: 'factory',
  name: node.name,
  expressions: [`${node.name}()`],
  range: nameRange(node),
  extent: node,
  holders: () => uses.holdersOf(node.name),
});

/** Names that are bound to a module by something other than the expression that a root of this file is priced by. */
function instanceRoots(tree: Module, text: string, meaning: Meaning, others: readonly Root[]): Root[] {
  const roots = new Map<string, Root>();
  for (const statement of scriptStatements(tree)) {
    if (statement.kind !== 'Assign' || statement.targets.length !== 1) continue;
    const target = statement.targets[0];
    if (target?.kind !== 'Name' || !meaning.isModuleInstance(target.id)) continue;
    const made = stripped(statement.value);
    const spelled = text.slice(made.start, made.end);
    if (others.some(({ expressions }) => expressions[0] === spelled)) continue;
    roots.set(target.id, instanceRoot(target, statement));
  }
  return [...roots.values()];
}

const instanceRoot = (target: Extract<Expr, { kind: 'Name' }>, statement: Stmt): Root => ({
  id: target.id,
  kind: 'instance',
  name: target.id,
  expressions: [target.id],
  range: target,
  extent: statement,
  holders: () => [target.id],
});

/** Statements of a script: module level, and what stands in `if __name__ == "__main__"`. */
export function scriptStatements(tree: Module): readonly Stmt[] {
  return tree.body.flatMap((s) => (s.kind === 'If' && mentionsMain(s.test) ? s.body : [s]));
}

const mentionsMain = (test: Expr): boolean =>
  test.kind === 'Compare' &&
  [test.left, ...test.comparators].some((e) => e.kind === 'Name' && e.id === '__name__');

// --- factories --------------------------------------------------------------------------------------------------------

/** Top-level functions that can be called without arguments and give a module. */
function factoriesIn(tree: Module, meaning: Meaning): FunctionDef[] {
  const functions = tree.body.flatMap((s) => (s.kind === 'FunctionDef' ? [s] : []));
  const makers = new Map<string, boolean>();
  const makes = (name: string): boolean => {
    const known = makers.get(name);
    if (known !== undefined) return known;
    makers.set(name, false);
    const node = functions.find((f) => f.name === name);
    const answer = meaning.isModuleClass(name) || (node !== undefined && returnsModule(node, makes));
    makers.set(name, answer);
    return answer;
  };
  return functions.filter((node) => !takesArguments(node) && !node.isAsync && makes(node.name));
}

const takesArguments = ({ args }: FunctionDef): boolean =>
  [...args.posonly, ...args.args, ...args.kwonly].some((p) => p.default === null);

function returnsModule(node: FunctionDef, makes: (name: string) => boolean): boolean {
  const returns = statementsIn(node.body).flatMap((s) => (s.kind === 'Return' && s.value ? [s.value] : []));
  if (returns.length === 0) return false;
  if (node.returns?.kind === 'Name' && makes(node.returns.id)) return true;
  return returns.some((value) => madeBy(value, node).some(makes));
}

/** Names of what is called to make a value: directly, or by an assignment to the name that is returned. */
function madeBy(value: Expr, node: FunctionDef): string[] {
  const made = stripped(value);
  if (made.kind === 'Call') return made.func.kind === 'Name' ? [made.func.id] : [];
  if (made.kind !== 'Name') return [];
  return statementsIn(node.body).flatMap((s) => {
    if (s.kind !== 'Assign' || !s.targets.some((t) => t.kind === 'Name' && t.id === made.id)) return [];
    const source = stripped(s.value);
    return source.kind === 'Call' && source.func.kind === 'Name' ? [source.func.id] : [];
  });
}

/** Statements of a body and of the blocks in it, nested definitions left out. */
export function statementsIn(body: readonly Stmt[]): Stmt[] {
  return body.flatMap((s) => [s, ...(s.kind === 'FunctionDef' || s.kind === 'ClassDef' ? [] : blocksOf(s))]);
}

const blocksOf = (statement: Stmt): Stmt[] =>
  childrenOf(statement).flatMap((child) =>
    'body' in child || isStatement(child) ? statementsIn([child as Stmt]) : [],
  );

const STATEMENTS = new Set([
  'Assign',
  'AugAssign',
  'Expr',
  'For',
  'If',
  'Return',
  'Try',
  'While',
  'With',
  'AnnAssign',
  'Match',
]);
const isStatement = (node: { readonly kind?: string }): boolean => STATEMENTS.has(node.kind ?? '');

const nameRange = (node: ClassDef | FunctionDef): Range => ({
  start: node.nameStart,
  end: node.nameStart + node.name.length,
});

/** The name of the definition that a decorator registers under another: `@register("resnet_s") def small(…)`. */
export function definitionRegisteredAs(name: string, tree: Module): string | undefined {
  const isName = (e: Expr): boolean => e.kind === 'Constant' && e.value === name;
  for (const node of tree.body) {
    if (node.kind !== 'FunctionDef' && node.kind !== 'ClassDef') continue;
    const calls = node.decorators.filter((decorator) => decorator.kind === 'Call');
    const given = calls.flatMap(({ args, keywords }) => [...args, ...keywords.map(({ value }) => value)]);
    if (given.some(isName)) return node.name;
  }
  return undefined;
}
