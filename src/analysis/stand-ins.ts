// Names that an expression uses and its file does not define. In `Generator(Options(width=64))` a name that is nowhere
// defined and is called with keywords alone can only stand for something that holds them, as a namespace or a record of
// settings does. It is taken for a types.SimpleNamespace, and whoever asks is told so. Left out: any other unknown name,
// and the outermost call, which is to give the model.

import { type Call, parseExpression } from '../syntax';
import { childrenOf, type Part } from './syntax-walk';

const NAMESPACE = "__import__('types').SimpleNamespace";

/** The expression with namespaces for such names, and the names. */
export function withNamespaces(
  expression: string,
  isDefined: (name: string) => boolean,
): { readonly text: string; readonly names: readonly string[] } {
  const root: Part = parseExpression(expression).expression;
  const calls = callsBelow(root).filter(({ func }) => func.kind === 'Name' && !isDefined(func.id));
  const names = new Set<string>();
  let text = expression;
  for (const { func } of calls.sort((a, b) => b.func.start - a.func.start)) {
    names.add(expression.slice(func.start, func.end));
    text = text.slice(0, func.start) + NAMESPACE + text.slice(func.end);
  }
  return { text, names: [...names] };
}

/** Calls below a part that give keywords and nothing else. */
function callsBelow(part: Part): Call[] {
  return childrenOf(part).flatMap((child) => [...(isRecord(child) ? [child] : []), ...callsBelow(child)]);
}

const isRecord = (part: Part): part is Call =>
  part.kind === 'Call' && (part as Call).args.length === 0 && (part as Call).keywords.length > 0;
