// Which tensors a root is fed with, and who says so. In order: the user (Set Input…, --input), a comment
// `# price-tag: input=(1, 3, 224, 224)` at the root, price-tag.json, a tensor that the file itself feeds to the model, and
// last an assumption (assumptions.ts). An assumption is never shown as if the code had said it.

import type { Range } from '../base/site';
import type { InputTree } from '../frameworks/torch';
import type { Call, Expr, Module } from '../syntax/ast';
import { readInputSpec } from '../tensor/input-spec';
import { type Config, inputsFor, rootKey } from './config';
import type { InputSource } from './file-report';
import type { Root } from './roots';
import { childrenOf, type Part } from './syntax-walk';
import { stripped } from './uses';

/** Tensors by position and by keyword, and where they come from. */
export interface Inputs {
  readonly positional: readonly InputTree[];
  readonly keywords: Readonly<Record<string, InputTree>>;
  readonly source: InputSource;
}

/** The inputs of a specification as a user writes it. Throws an Error with a sentence. */
export function parseInputSpec(spec: string): Pick<Inputs, 'keywords' | 'positional'> {
  const read = readInputSpec(spec);
  if (typeof read === 'string') throw new Error(read);
  const named = read.flatMap(({ name, ...input }) => (name === undefined ? [] : [[name, input] as const]));
  return {
    positional: read.filter(({ name }) => name === undefined),
    keywords: Object.fromEntries(named),
  };
}

/** `# price-tag: input=(1, 3, 224, 224)` or `input=(1, 128):int64`, on the line of the root, above it, or inside it. */
export function fromComment(root: Root, text: string): Inputs | undefined {
  const lineStart = text.lastIndexOf('\n', root.extent.start - 1) + 1;
  const above = commentBlockStart(text, lineStart);
  const pattern = /#\s*price-tag:\s*input\s*=\s*([^#\n]+)/g;
  pattern.lastIndex = above;
  const found = pattern.exec(text);
  if (!found || found.index > root.extent.end) return undefined;
  const spec = (found[1] ?? '').trim();
  const range = { start: found.index, end: found.index + found[0].length };
  try {
    return {
      ...parseInputSpec(spec),
      source: { kind: 'comment', text: `input from the comment: ${spec}`, range },
    };
  } catch {
    return undefined;
  }
}

/** Start of the lines of comments and decorators directly above a line. */
function commentBlockStart(text: string, lineStart: number): number {
  let start = lineStart;
  while (start > 0) {
    const previous = text.lastIndexOf('\n', start - 2) + 1;
    if (!/^\s*[#@]/.test(text.slice(previous, start))) return start;
    start = previous;
  }
  return start;
}

/** What price-tag.json says of a root. */
export function fromConfig(root: Root, file: string, config: Config | undefined): Inputs | undefined {
  const given = config && inputsFor(config, rootKey(config, file, root.id));
  return given && { ...given, source: { kind: 'config', text: 'input from price-tag.json' } };
}

// --- tensors in the code ----------------------------------------------------------------------------------------------

/** A tensor that the file feeds to a root: the expressions of the arguments, and where the first one is made. */
export interface FedArguments {
  readonly positional: readonly string[];
  readonly keywords: readonly (readonly [name: string, expression: string])[];
  readonly shown: string;
  readonly range: Range;
}

const MAKERS = new Set(['empty', 'full', 'ones', 'rand', 'randint', 'randn', 'tensor', 'zeros']);

/** A text without any of them need not be looked through. */
const MAKING = /\b(?:empty|full|ones|rand|randint|randn|tensor|zeros)\(/;

/** Calls of the root's holders (or of the root's own construction) with tensors that are made in the file. */
export function fedArguments(root: Root, tree: () => Module, text: string): FedArguments[] {
  const found: FedArguments[] = [];
  if (!MAKING.test(text)) return found;
  visitScopes(tree(), new Map(), (call, names) => {
    if (!isCallOf(root, call)) return;
    const fed = argumentsOf(call, names, text);
    if (fed) found.push(fed);
  });
  return found;
}

/** `model(x)`, `model.forward(x)`, `Net()(x)`. */
function isCallOf(root: Root, { func }: Call): boolean {
  const callee = func.kind === 'Attribute' && func.attr === 'forward' ? func.value : func;
  if (callee.kind === 'Name') return root.holders().includes(callee.id);
  const made = stripped(callee);
  return made.kind === 'Call' && made.func.kind === 'Name' && made.func.id === root.name;
}

function argumentsOf(call: Call, names: ReadonlyMap<string, Expr>, text: string): FedArguments | undefined {
  const resolved = call.args.map((arg) => makerOf(arg, names));
  const first = resolved[0] ?? (call.keywords[0] && makerOf(call.keywords[0].value, names));
  if (!first || resolved.some((made) => made === undefined)) return undefined;
  const source = (e: Expr): string => text.slice(e.start, e.end);
  return {
    positional: resolved.flatMap((made) => (made ? [source(made)] : [])),
    keywords: call.keywords.flatMap(({ arg, value }) => {
      const made = makerOf(value, names);
      return arg !== null && made ? [[arg, source(made)] as const] : [];
    }),
    shown: source(first),
    range: first,
  };
}

/** The expression that makes a tensor, or a plain literal; names are followed to their assignment. */
function makerOf(argument: Expr, names: ReadonlyMap<string, Expr>, depth = 4): Expr | undefined {
  const expression = stripped(argument);
  if (expression.kind === 'Constant') return expression;
  if (expression.kind === 'Name' && depth > 0) {
    const made = names.get(expression.id);
    return made && makerOf(made, names, depth - 1);
  }
  if (expression.kind !== 'Call') return undefined;
  const { func } = expression;
  const name = func.kind === 'Attribute' ? func.attr : func.kind === 'Name' ? func.id : '';
  return MAKERS.has(name) ? expression : undefined;
}

type Visit = (call: Call, names: ReadonlyMap<string, Expr>) => void;

/** Visits calls with the assignments seen so far in the functions around them. */
function visitScopes(node: Part, names: Map<string, Expr>, visit: Visit): void {
  const own = node.kind === 'FunctionDef' ? new Map(names) : names;
  for (const child of childrenOf(node)) visitScopes(child, own, visit);
  const part = node as
    | Expr
    | { readonly kind: 'Assign'; readonly targets: readonly Expr[]; readonly value: Expr };
  if (part.kind === 'Call') visit(part, own);
  if (part.kind === 'Assign') {
    for (const target of part.targets) if (target.kind === 'Name') own.set(target.id, part.value);
  }
}
