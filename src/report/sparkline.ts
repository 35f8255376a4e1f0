// A series of figures as a line of block characters, `▁▁▃▃█`: the lowest figure stands lowest, the highest highest,
// whatever lies between them; so the figures themselves stand beside it. A gap in the series is a dot.

const BLOCKS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const MIDDLE = '▄';
const NONE = '·';

/** The line for a series, oldest first; null is where there was no figure. */
export function sparkline(values: readonly (number | null)[]): string {
  const known = values.filter((value) => value !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  return values.map((value) => (value === null ? NONE : block(value, low, high))).join('');
}

function block(value: number, low: number, high: number): string {
  if (low === high) return MIDDLE;
  const step = Math.round(((value - low) / (high - low)) * (BLOCKS.length - 1));
  return BLOCKS[step] ?? MIDDLE;
}
