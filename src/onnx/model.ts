// An ONNX model as plain records, after skimming and decoding: what onnx.proto says, in one form for all of its versions.
// Names of values are numbers; their texts are in `names` of the model.

import type { DType } from '../tensor/dtype';
import type { Shape } from '../tensor/tensor';
import type { Names } from './names';

/** A constant tensor of the file. */
export interface TensorRecord {
  readonly name: number;
  readonly shape: Shape;
  /** undefined where the element type is not known here. */
  readonly dtype: DType | undefined;
  readonly typeNumber: number;
  /** Elements in row-major order, where they were read: numbers for all types but strings. */
  readonly contents?: readonly number[];
  /** File beside the model that holds the payload; it is never opened. */
  readonly location?: string;
  /** Elements that are not zero, of a sparse tensor. */
  readonly nonZero?: number;
}

/** One dimension of a declared shape: a size, a symbol, or nothing known. */
export type Dimension = number | string | null;

/** A declared type. `shape` is undefined where not even the rank is declared. */
export type TypeRecord =
  | {
      readonly kind: 'tensor' | 'sparse';
      readonly dtype: DType | undefined;
      readonly shape: readonly Dimension[] | undefined;
    }
  | { readonly kind: 'sequence' | 'optional'; readonly element: TypeRecord | undefined }
  | { readonly kind: 'map' }
  | { readonly kind: 'opaque' };

export interface ValueRecord {
  readonly name: number;
  readonly type: TypeRecord | undefined;
}

/** The value of an attribute. Lists may be cut off; `count` is their true length. */
export type AttributeValue =
  | { readonly kind: 'int' | 'float'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'ints' | 'floats'; readonly values: readonly number[]; readonly count: number }
  | { readonly kind: 'texts'; readonly values: readonly string[]; readonly count: number }
  | { readonly kind: 'tensor'; readonly tensor: TensorRecord }
  | { readonly kind: 'graph'; readonly graph: GraphRecord }
  | { readonly kind: 'graphs'; readonly graphs: readonly GraphRecord[] }
  | { readonly kind: 'type'; readonly type: TypeRecord }
  | { readonly kind: 'reference'; readonly to: string }
  | { readonly kind: 'other' };

export interface NodeRecord {
  readonly name: string;
  readonly op: string;
  /** '' is ai.onnx. */
  readonly domain: string;
  readonly overload: string;
  /** '' is an input left out. */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly attributes: ReadonlyMap<string, AttributeValue>;
  readonly metadata: ReadonlyMap<string, string>;
}

export interface GraphRecord {
  readonly name: string;
  readonly nodes: readonly NodeRecord[];
  readonly inputs: readonly ValueRecord[];
  readonly outputs: readonly ValueRecord[];
  readonly values: readonly ValueRecord[];
  readonly initializers: readonly TensorRecord[];
}

export interface FunctionRecord {
  readonly name: string;
  readonly domain: string;
  readonly overload: string;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  /** Attributes with defaults; those without stand in no list. */
  readonly defaults: ReadonlyMap<string, AttributeValue>;
  readonly nodes: readonly NodeRecord[];
  /** Declared types, which newer files have. */
  readonly values: readonly ValueRecord[];
  readonly opsets: ReadonlyMap<string, number>;
}

export interface ModelRecord {
  readonly names: Names;
  readonly irVersion: number;
  readonly producer: string;
  readonly opsets: ReadonlyMap<string, number>;
  readonly graph: GraphRecord;
  readonly functions: readonly FunctionRecord[];
  readonly metadata: ReadonlyMap<string, string>;
}

/** Both spellings of the default domain are ''. */
export const domainOf = (domain: string | null | undefined): string =>
  domain === 'ai.onnx' ? '' : (domain ?? '');
