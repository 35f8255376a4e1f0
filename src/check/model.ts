// What a check gives: what became of each root between two states of a repository, and which budgets hold. Plain data, so
// that it crosses from a worker to the editor and from the command line to programs as it is. Paths are relative to the
// top folder of the repository, with slashes; lines count from 1.

import type { InputSource, RootKind } from '../analysis/file-report';
import type { Range } from '../base/site';
import type { FigureName, Figures } from '../price/figures';

export type { FigureName, Figures } from '../price/figures';

/** How far a figure may be trusted: `assumed` rests on an assumed value, `atLeast` misses what could not be followed. */
export type Trust = 'assumed' | 'atLeast' | 'exact';

/** Lines of a file on one side of the comparison. */
export interface Lines {
  readonly file: string;
  readonly first: number;
  readonly last: number;
  readonly side: 'after' | 'before';
}

/** Changed lines that explain a difference. */
export interface CauseLines extends Lines {
  /** Whether the layer is made or called on these very lines; else they only stand near, in code that it depends on. */
  readonly direct: boolean;
}

/** Where a root is defined, on the side it is on. */
export interface Definition extends Lines {
  /** The name, as UTF-16 offsets into the text of that side. */
  readonly name: Range;
}

/** A root as it is on one side. */
export interface RootState {
  readonly file: string;
  /** As in the file report: `ResNet`, `resnet50()`. */
  readonly id: string;
  readonly kind: RootKind;
  readonly definition: Definition;
  /** null where the root has no price; `problem` then says why. */
  readonly figures: Figures | null;
  readonly trust: Readonly<Record<FigureName, Trust>> | null;
  readonly problem: string | null;
  readonly input: InputSource | null;
  /** Sizes and types, as `1,3,224,224; 1,128:int64`. */
  readonly inputSpec: string;
  /** Sentences about what was assumed and what could not be followed. */
  readonly caveats: readonly string[];
}

export type LayerStatus = 'added' | 'changed' | 'removed' | 'renamed';

/** A difference in the layer tree. Added and removed layers stand for all below them, changed ones for themselves. */
export interface LayerChange {
  readonly status: LayerStatus;
  /** Dotted path after the change, or before it where the layer is gone; empty for the root itself. */
  readonly path: string;
  /** Only where it had another path before. */
  readonly pathBefore?: string;
  readonly className: string;
  /** Constructor arguments, as `3, 64, kernel_size=7`. */
  readonly argumentsBefore?: string;
  readonly argumentsAfter?: string;
  readonly before: LayerFigures | null;
  readonly after: LayerFigures | null;
  /** How many layers it stands for: 1 + those below an added or removed one. */
  readonly count: number;
  /** Where it is made, outermost first, in files of the repository. */
  readonly made: readonly Lines[];
  /** The changed lines it comes from, the surest first. Empty where none can be told. */
  readonly causes: readonly CauseLines[];
}

export interface LayerFigures {
  readonly params: number;
  /** null where forward could not be followed. */
  readonly fpo: number | null;
}

/**
 * What became of a root. `moved`: same name, another file; `renamed`: another name. Figures may have changed as well.
 * `unchanged` ones are told of only where a budget does not hold or cannot be judged.
 */
export type RootStatus = 'added' | 'changed' | 'moved' | 'removed' | 'renamed' | 'unchanged';

export interface RootChange {
  readonly status: RootStatus;
  /** As budgets name it: `net.py::Net`; the one before where it is gone. */
  readonly key: string;
  readonly before: RootState | null;
  readonly after: RootState | null;
  /** Sentences about the comparison itself: other inputs, no price on one side. */
  readonly notes: readonly string[];
  readonly layers: readonly LayerChange[];
  readonly verdicts: readonly BudgetVerdict[];
}

/** `uncertain`: the figure is not known, or rests on an assumption or a gap, so that nobody can say that it holds. */
export type BudgetOutcome = 'broken' | 'holds' | 'uncertain';

/** One budget on one figure of one root. */
export interface BudgetVerdict {
  readonly outcome: BudgetOutcome;
  readonly figure: FigureName;
  /** `most`: an absolute figure; `increase`: a share of the figure before. */
  readonly kind: 'increase' | 'most';
  /** The key of the budget in price-tag.json: a root or a pattern. */
  readonly budget: string;
  /** As it is written there: `26M`, `5%`. */
  readonly spelled: string;
  /** The most that the figure may be; of an increase, computed from the figure before. */
  readonly limit: number | null;
  readonly value: number | null;
  readonly valueBefore: number | null;
  /** Whether it was over already before the change; null where there is nothing to compare with. */
  readonly overBefore: boolean | null;
  /** One sentence for people: what it is, what it may be, since when. */
  readonly sentence: string;
  /** Where the budget stands: the file, and its value as offsets and line, so that it can be raised. */
  readonly place: ConfigPlace;
}

export interface ConfigPlace {
  /** As the reader names it. */
  readonly file: string;
  readonly range: Range;
  readonly line: number;
}

/** Something that is wrong with price-tag.json: a sentence with what to do, and where. */
export interface BudgetProblem extends ConfigPlace {
  readonly message: string;
  readonly severity: 'error' | 'warning';
}

/** A state of the repository, in words and for programs. */
export interface StateName {
  readonly kind: 'empty' | 'index' | 'revision' | 'workTree';
  /** The full object name of a revision. */
  readonly commit?: string;
  /** As in `HEAD`, `origin/main (1a2b3c4)`, `the working tree`, `nothing (no commits yet)`. */
  readonly words: string;
}

export interface CheckReport {
  readonly base: StateName;
  readonly head: StateName;
  /** Roots that changed, and those of which a budget does not hold; by file and place. */
  readonly roots: readonly RootChange[];
  /** Of price-tag.json. */
  readonly problems: readonly BudgetProblem[];
  /** What else is to be known: files in conflict, files that could not be read. Sentences. */
  readonly notes: readonly string[];
  /** `broken` where a budget does not hold, `uncertain` where one cannot be judged, else `holds`. */
  readonly outcome: BudgetOutcome;
  /** Files that were priced on the side after the change: what the check's time went to. */
  readonly priced: number;
  readonly milliseconds: number;
}

/** The price of a root after one commit. */
export interface HistoryEntry {
  readonly commit: string;
  /** Seconds since 1970. */
  readonly time: number;
  readonly author: string;
  readonly subject: string;
  /** Where the root was then. */
  readonly file: string;
  readonly id: string;
  /** Whether a part of it could not be followed, so that it cost at least what the figures say. */
  readonly atLeast: boolean;
  /** null where it had no price; `problem` then says why. */
  readonly figures: Figures | null;
  readonly problem: string | null;
}

/** Oldest first. */
export interface History {
  readonly key: string;
  readonly entries: readonly HistoryEntry[];
  /** Whether there are older commits that were not looked at, or that a shallow clone does not have. */
  readonly more: boolean;
}
