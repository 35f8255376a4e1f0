// What a definition says of itself: the text that its body begins with.

import type { Stmt } from '../syntax/ast';

export function docstring([first]: readonly Stmt[]): string | null {
  const text = first?.kind === 'Expr' && first.value.kind === 'Constant' ? first.value.value : null;
  return typeof text === 'string' ? text : null;
}
