// Offsets to lines and columns, both zero-based as editors have them.

/** A zero-based line and UTF-16 column. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Finds lines by offset in one text; made once per text. */
export class LineIndex {
  private readonly starts: number[] = [0];

  constructor(text: string) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.starts.push(at + 1);
  }

  /** The position of a UTF-16 offset; offsets past the end fall on the last line. */
  position(offset: number): Position {
    const line = this.lineOf(offset);
    return { line, column: offset - (this.starts[line] ?? 0) };
  }

  /** The zero-based line that holds an offset. */
  lineOf(offset: number): number {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
