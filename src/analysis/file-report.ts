// What the analysis of one file gives: its roots with their reports, and figures indexed by source range, so that every
// view of the editor is a look-up. Plain data: it crosses from the worker to the editor as it is.

import type { Range } from '../base/site';
import type { Fpo, ModelReport, ParameterCount, Problem, TensorType } from '../price/model-report';

export type RootKind = 'class' | 'factory' | 'instance' | 'file';

/** Where the inputs of a root come from, in words for the user and as a place. */
export interface InputSource {
  readonly kind: 'comment' | 'config' | 'user' | 'code' | 'assumed';
  /** As in `input from line 88: torch.randn(1, 3, 224, 224)`. */
  readonly text: string;
  readonly range?: Range;
}

export interface RootReport {
  /** Stable over edits: `ResNet`, `resnet50()`. */
  readonly id: string;
  readonly kind: RootKind;
  /** Expression that builds it in the file's namespace. */
  readonly expression: string;
  /** The name at its definition: where a lens stands and a diagnostic points. */
  readonly range: Range;
  /** The whole definition. */
  readonly extent: Range;
  /** null where nothing could be priced; `problem` then says why. */
  readonly report: ModelReport | null;
  readonly problem: Problem | null;
  readonly input: InputSource | null;
  /** Where a class that cannot be priced by itself is part of another root: that root, and the layers it makes there. */
  readonly within?: { readonly root: number; readonly layers: readonly number[] };
  /** Constructor arguments that nothing in the file gives, where that is why there is no price. */
  readonly missing?: readonly string[];
  /** The source has errors inside `extent`: figures may be those of what could be read. */
  readonly broken: boolean;
}

/** Figures at a place in the file, of the root that is shown there. */
export interface Mark {
  /** The call expression. */
  readonly range: Range;
  readonly kind: 'construction' | 'call';
  /** Index into roots. */
  readonly root: number;
  /** Rows of that root's layer tree made or called here. */
  readonly layers: readonly number[];
  /** Class or function name: `Conv2d`, `relu`. */
  readonly name: string;
  /** Times this place was run (calls) or instances it made (constructions). */
  readonly count: number;
  readonly params: ParameterCount;
  /** Sum over the count. */
  readonly fpo: Fpo;
  /** Smallest and largest single one. */
  readonly fpoRange: readonly [number, number];
  readonly paramsRange: readonly [number, number];
  /** Of the first time. */
  readonly inputs: readonly TensorType[];
  readonly outputs: readonly TensorType[];
  /** Whether every time had the same output shapes. */
  readonly sameShapes: boolean;
  readonly weightBytes: number;
  readonly outputBytes: number;
  /** Contraction factors of the first time, each product without the leading 2. */
  readonly factors: readonly (readonly number[])[];
  /** Sentence about a gap at this place. */
  readonly gap?: string;
}

export interface FileReport {
  readonly uri: string;
  readonly version: number;
  readonly roots: readonly RootReport[];
  /** Sorted by start, then by end descending: outer marks before inner ones. */
  readonly marks: readonly Mark[];
  /** Problems of the file as a whole: not UTF-8, too large, out of time. */
  readonly problems: readonly Problem[];
  readonly milliseconds: number;
}
