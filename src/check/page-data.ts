// What the page of changes gets and asks, as plain data: it is drawn in a browser that knows nothing of how it came about.

import type { FigureName } from '../price/figures';
import type { BudgetVerdict, LayerChange, RootChange } from './model';

export type Direction = 'down' | 'same' | 'unknown' | 'up';

/** One figure on both sides. */
export interface FigureChange {
  readonly name: FigureName;
  readonly label: string;
  /** `25.6 M`; empty where there is no such root on that side. */
  readonly before: string;
  readonly after: string;
  /** `+1.20 M`; empty where nothing has changed, or nobody can tell by how much. */
  readonly change: string;
  /** `+4.7 %`; empty like `change`, and where there was nothing before. */
  readonly percent: string;
  readonly direction: Direction;
}

export interface PageChange {
  readonly text: string;
  readonly direction: Direction;
}

export interface PageLayer {
  readonly status: LayerChange['status'];
  readonly path: string;
  readonly className: string;
  readonly arguments: string;
  readonly params: PageChange;
  readonly fpo: PageChange;
  /** `net.py:88`; empty where there is no place to go to. */
  readonly place: string;
}

export interface PageVerdict {
  readonly outcome: BudgetVerdict['outcome'];
  readonly sentence: string;
  readonly label: string;
  /** `26.8 M of 26M` */
  readonly text: string;
  /** The figure over its limit; null where either is not known. */
  readonly ratio: number | null;
}

export interface PageRoot {
  readonly key: string;
  readonly title: string;
  readonly file: string;
  readonly status: RootChange['status'];
  readonly direction: Direction;
  /** The three of the price tag. */
  readonly main: readonly FigureChange[];
  /** All others that are known. */
  readonly others: readonly FigureChange[];
  readonly verdicts: readonly PageVerdict[];
  readonly layers: readonly PageLayer[];
  readonly notes: readonly string[];
  readonly caveats: readonly string[];
}

export interface PageData {
  /** `the working tree against HEAD (1a2b3c4)`; empty before the first result. */
  readonly compared: string;
  readonly isRunning: boolean;
  /** Why there is no result, or what else is to be known. */
  readonly warnings: readonly string[];
  readonly notes: readonly string[];
  /** What is to be said of all budgets together; empty where there are none. */
  readonly verdict: string;
  readonly outcome: BudgetVerdict['outcome'];
  readonly roots: readonly PageRoot[];
}

/** What the page asks of the editor; `part` is the index of a layer or of a budget. */
export type PageRequest =
  | { readonly type: 'check' | 'copy' | 'message' | 'ready' }
  | {
      readonly type: 'open';
      readonly key: string;
      readonly of: 'budget' | 'layer' | 'root';
      readonly part: number;
    };
