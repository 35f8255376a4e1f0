// Rows of a table of any length, of which only those on the screen are in the page: all rows are of one height, and two
// empty rows stand for what is above and below.

import { element } from './dom';

/** Rows beyond the edges, so that scrolling shows no gaps. */
const SPARE = 12;

export class VirtualRows {
  private count = 0;
  private first = 0;
  private last = -1;

  constructor(
    private readonly scroller: HTMLElement,
    private readonly body: HTMLElement,
    private readonly height: number,
    private readonly columns: number,
    private readonly row: (at: number) => HTMLElement,
  ) {
    scroller.addEventListener('scroll', () => this.draw());
    new ResizeObserver(() => this.draw()).observe(scroller);
  }

  /** The rows have changed: as many as this, drawn anew. */
  show(count: number): void {
    this.count = count;
    this.last = -1;
    this.draw();
  }

  /** Scrolls as little as it takes to show a row. */
  reveal(at: number): void {
    const head = this.scroller.querySelector('thead')?.getBoundingClientRect().height ?? 0;
    const { scrollTop, clientHeight } = this.scroller;
    const top = at * this.height;
    if (top < scrollTop) this.scroller.scrollTop = top;
    else if (top + this.height > scrollTop + clientHeight - head)
      this.scroller.scrollTop = top + this.height - clientHeight + head;
    this.draw();
  }

  /** Rows that fit. */
  get page(): number {
    return Math.max(1, Math.floor(this.scroller.clientHeight / this.height) - 2);
  }

  private draw(): void {
    const { scrollTop, clientHeight } = this.scroller;
    const first = Math.max(0, Math.min(Math.floor(scrollTop / this.height) - SPARE, this.count - 1));
    const last = Math.min(this.count - 1, Math.ceil((scrollTop + clientHeight) / this.height) + SPARE);
    if (first === this.first && last === this.last) return;
    [this.first, this.last] = [first, last];
    const rows = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => this.row(first + i));
    this.body.replaceChildren(this.space(first), ...rows, this.space(this.count - 1 - last));
  }

  private space(rows: number): HTMLElement {
    const cell = element('td', { colspan: String(this.columns) });
    cell.style.height = `${Math.max(0, rows) * this.height}px`;
    return element('tr', { 'aria-hidden': 'true', class: 'space' }, cell);
  }
}
