// Walking a syntax tree by its fields.

/** A node of the tree, or a part of one such as a case of a match. */
export interface Part {
  readonly kind?: string;
}

/** The parts directly below a part, in the order of its fields. */
export function childrenOf(node: object): Part[] {
  const children: Part[] = [];
  for (const field of Object.values(node)) {
    if (Array.isArray(field)) for (const item of field) pushPart(children, item);
    else pushPart(children, field);
  }
  return children;
}

function pushPart(children: Part[], value: unknown): void {
  if (typeof value === 'object' && value !== null) children.push(value as Part);
}
