// Patterns of einops: `b (h w) c -> b c h w`. A side is a list of groups, one for each dimension; a group is a list of
// axis names. `...` stands for dimensions that have no names; `1` (or an empty pair of brackets) for a dimension of size 1.
// Pure data; what a pattern does to a tensor is in transform.ts.

/** The axes that are composed into one dimension; empty = a dimension of size 1. */
export type Group = readonly string[];

export interface Pattern {
  readonly left: readonly Group[];
  readonly right: readonly Group[];
}

/** A pattern that cannot be read; the message is a sentence for the user. */
export class PatternError extends Error {}

/** `...` as dimensions of their own. */
export const ELLIPSIS = '…';
/** `...` inside brackets, which composes them into one dimension. */
const COMPOSED = '(…)';

/** Reads `left -> right`. */
export function parsePattern(text: string): Pattern {
  const sides = text.split('->');
  if (sides.length !== 2) throw new PatternError(`einops pattern ${JSON.stringify(text)} needs one "->"`);
  return { left: parseSide(sides[0] as string), right: parseSide(sides[1] as string) };
}

/** One side of a pattern, as groups. */
export function parseSide(text: string): Group[] {
  const groups: Group[] = [];
  let open: string[] | undefined;
  for (const [token] of text.replaceAll('...', ` ${ELLIPSIS} `).matchAll(/[()]|[^\s()]+/g)) {
    if (token === '(') open = [];
    else if (token === ')') {
      if (!open)
        throw new PatternError(`einops pattern ${JSON.stringify(text)} closes a bracket that is not open`);
      groups.push(open);
      open = undefined;
    } else if (open) open.push(...(token === '1' ? [] : [token === ELLIPSIS ? COMPOSED : token]));
    else groups.push(token === '1' ? [] : [token]);
  }
  if (open) throw new PatternError(`einops pattern ${JSON.stringify(text)} has an open bracket`);
  return groups;
}

/** Replaces `...` by as many axes as a tensor of this rank has beyond the named dimensions. */
export function expandEllipsis({ left, right }: Pattern, rank: number): Pattern {
  const named = left.filter((group) => !isEllipsis(group)).length;
  const count = left.some(isEllipsis) ? rank - named : 0;
  if (count < 0 || (count === 0 && named !== rank && !left.some(isEllipsis))) {
    throw new PatternError(`an einops pattern of ${named} dimensions does not fit a tensor of ${rank}`);
  }
  const names = Array.from({ length: count }, (_, index) => `${ELLIPSIS}${index}`);
  const expand = (side: readonly Group[]): Group[] =>
    side.flatMap((group) =>
      isEllipsis(group)
        ? names.map((name) => [name])
        : [group.flatMap((axis) => (axis === COMPOSED ? names : [axis]))],
    );
  return { left: expand(left), right: expand(right) };
}

const isEllipsis = (group: Group): boolean => group.length === 1 && group[0] === ELLIPSIS;

/** Sizes of all axes of the left side, from the tensor's shape and the sizes given. */
export function axisSizes(
  left: readonly Group[],
  shape: readonly number[],
  given: ReadonlyMap<string, number>,
): Map<string, number> {
  const sizes = new Map(given);
  for (const axis of left.flat()) if (/^\d+$/.test(axis)) sizes.set(axis, Number(axis));
  left.forEach((group, index) => {
    solveGroup(group, shape[index] as number, sizes);
  });
  return sizes;
}

function solveGroup(group: Group, size: number, sizes: Map<string, number>): void {
  const unknown = group.filter((axis) => !sizes.has(axis));
  const known = group.reduce((product, axis) => product * (sizes.get(axis) ?? 1), 1);
  const [axis] = unknown;
  if (unknown.length > 1)
    throw new PatternError(`the sizes of the axes ${unknown.join(', ')} cannot be told`);
  if (axis === undefined ? known !== size : size % known !== 0) {
    throw new PatternError(`a dimension of ${size} does not fit the axes (${group.join(' ')}) of ${known}`);
  }
  if (axis !== undefined) sizes.set(axis, size / known);
}
