// How a file uses its names: where each is called, and which names hold what such a call gives. Found in one walk of the
// tree, and only when it is asked for.

import type { Call, Expr, Module, Stmt } from '../syntax/ast';
import { childrenOf, type Part } from './syntax-walk';

export interface Uses {
  /** Calls of a name with arguments, outer ones first. */
  callsOf(name: string): readonly Call[];
  /** Names that are assigned a call of `maker`, wrappers such as `.to(device)` looked through. */
  holdersOf(maker: string): readonly string[];
}

export function usesIn(tree: () => Module): Uses {
  let found: Found | undefined;
  const uses = (): Found => {
    found ??= walk(tree());
    return found;
  };
  return {
    callsOf: (name) => uses().calls.get(name) ?? [],
    holdersOf: (maker) => [...new Set(uses().holders.get(maker))],
  };
}

interface Found {
  readonly calls: Map<string, Call[]>;
  readonly holders: Map<string, string[]>;
}

function walk(tree: Module): Found {
  const found: Found = { calls: new Map(), holders: new Map() };
  const visit = (node: Part): void => {
    if (node.kind === 'Call') noteCall(node as Call, found);
    else if (node.kind === 'Assign') noteHolder(node as Extract<Stmt, { kind: 'Assign' }>, found);
    childrenOf(node).forEach(visit);
  };
  visit(tree);
  return found;
}

function noteCall(call: Call, { calls }: Found): void {
  const { func, args, keywords } = call;
  if (func.kind === 'Name' && args.length + keywords.length > 0) push(calls, func.id, call);
}

function noteHolder({ value, targets }: Extract<Stmt, { kind: 'Assign' }>, { holders }: Found): void {
  const made = stripped(value);
  const [target] = targets;
  if (target?.kind === 'Name' && made.kind === 'Call' && made.func.kind === 'Name')
    push(holders, made.func.id, target.id);
}

function push<T>(map: Map<string, T[]>, key: string, item: T): void {
  const list = map.get(key);
  if (list) list.push(item);
  else map.set(key, [item]);
}

const WRAPPERS = new Set([
  'bfloat16',
  'cpu',
  'cuda',
  'double',
  'eval',
  'float',
  'half',
  'requires_grad_',
  'to',
  'train',
]);

/** The call inside `Net().to(device).eval()`. */
export function stripped(value: Expr): Expr {
  if (value.kind === 'Call' && value.func.kind === 'Attribute' && WRAPPERS.has(value.func.attr)) {
    return stripped(value.func.value);
  }
  return value;
}
