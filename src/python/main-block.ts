// What a script does under `if __name__ == "__main__"`, name by name. Nothing of it is run unless a name is asked for; then
// the statements that made the name what it is are run in their order: assignments, the loops that bind or fill it, and at
// the block's own level calls of its methods (`parser.add_argument(…)`). Left out: what other names do to it.

import type { Expr, Stmt } from '../syntax/ast';

/** The statements behind each name that the block binds. */
export function makersByName(body: readonly Stmt[]): ReadonlyMap<string, readonly Stmt[]> {
  const bound = new Set(body.flatMap(namesBoundBy));
  const makers = new Map<string, Stmt[]>();
  for (const statement of body) {
    const names = [...namesBoundBy(statement), ...namesChangedBy(statement), ...calledOn(statement)];
    for (const name of new Set(names)) {
      if (bound.has(name)) makers.set(name, [...(makers.get(name) ?? []), statement]);
    }
  }
  return makers;
}

/** Names that a statement at module level would bind. */
export function namesBoundBy(statement: Stmt): readonly string[] {
  switch (statement.kind) {
    case 'FunctionDef':
    case 'ClassDef':
      return [statement.name];
    case 'Assign':
      return statement.targets.flatMap(targetNames);
    case 'AnnAssign':
    case 'AugAssign':
      return targetNames(statement.target);
    case 'For':
      return [...targetNames(statement.target), ...statement.body.flatMap(namesBoundBy)];
    case 'If':
    case 'While':
    case 'Try':
      return [...statement.body, ...statement.orelse].flatMap(namesBoundBy);
    case 'With':
      return statement.body.flatMap(namesBoundBy);
    case 'Import':
      return statement.names.map(({ name, asname }) => asname ?? (name.split('.')[0] as string));
    case 'ImportFrom':
      return statement.names.map(({ name, asname }) => asname ?? name);
    default:
      return [];
  }
}

function targetNames(node: Expr): readonly string[] {
  if (node.kind === 'Name') return [node.id];
  if (node.kind === 'Tuple' || node.kind === 'List') return node.elts.flatMap(targetNames);
  return node.kind === 'Starred' ? targetNames(node.value) : [];
}

/** Names whose values get items or attributes, or more of them: `table[key] = 1`, `args.width = 2`, `words.append(x)`. */
function namesChangedBy(statement: Stmt): readonly string[] {
  switch (statement.kind) {
    case 'Assign':
      return statement.targets.flatMap(owners);
    case 'AnnAssign':
    case 'AugAssign':
      return owners(statement.target);
    case 'Expr':
      return FILLING.has(methodOf(statement.value) ?? '') ? calledOn(statement) : [];
    case 'For':
    case 'With':
      return statement.body.flatMap(namesChangedBy);
    case 'If':
    case 'While':
    case 'Try':
      return [...statement.body, ...statement.orelse].flatMap(namesChangedBy);
    default:
      return [];
  }
}

/** Methods that fill what they are called on. */
const FILLING: ReadonlySet<string> = new Set([
  'add',
  'add_argument',
  'append',
  'extend',
  'insert',
  'setdefault',
  'update',
]);

function owners(target: Expr): readonly string[] {
  if (target.kind === 'Tuple' || target.kind === 'List') return target.elts.flatMap(owners);
  return target.kind === 'Name' ? [] : rootName(target);
}

/** The name that a chain of attributes, items and calls begins with. */
function rootName(node: Expr): readonly string[] {
  if (node.kind === 'Name') return [node.id];
  if (node.kind === 'Attribute' || node.kind === 'Subscript') return rootName(node.value);
  return node.kind === 'Call' ? rootName(node.func) : [];
}

const methodOf = (node: Expr): string | undefined =>
  node.kind === 'Call' && node.func.kind === 'Attribute' ? node.func.attr : undefined;

/** The name that a statement calls a method of. */
function calledOn(statement: Stmt): readonly string[] {
  const call = statement.kind === 'Expr' ? statement.value : undefined;
  return call && methodOf(call) !== undefined ? rootName(call) : [];
}
