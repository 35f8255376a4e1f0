// The priced record of one root: what every view shows. Plain data, made from a Trace by price(), read by report,
// editor, webview and cli. Counts are exact integers; bytes are bytes; ids are indices.

import type { Site, SiteStack } from '../base/site';
import type { DType } from '../tensor/dtype';
import type { Shape } from '../tensor/tensor';
import type { Gap, Knob } from '../trace/trace';

/** FPO with its contraction part kept apart; other FPO = total − contraction. MACs = contraction / 2. */
export interface Fpo {
  readonly total: number;
  readonly contraction: number;
}

export interface ParameterCount {
  readonly total: number;
  readonly trainable: number;
}

export interface TensorType {
  readonly shape: Shape;
  readonly dtype: DType;
}

export interface NamedTensorType extends TensorType {
  readonly name: string;
}

/** A row of the layer tree. Figures cover the row and all below it unless `own` stands before them. */
export interface LayerRow {
  /** Index of the parent row; -1 for the root. */
  readonly parent: number;
  /** Dotted path, empty for the root. */
  readonly path: string;
  readonly className: string;
  readonly arguments?: string;
  readonly params: ParameterCount;
  readonly ownParams: ParameterCount;
  readonly buffers: number;
  readonly fpo: Fpo;
  readonly ownFpo: Fpo;
  /** Bytes of parameters and buffers. */
  readonly weightBytes: number;
  /** Bytes of the outputs of its calls. */
  readonly outputBytes: number;
  /** How often the module was called; 0 = never. */
  readonly calls: number;
  /** Types of the tensors in the first call. */
  readonly inputs: readonly TensorType[];
  readonly outputs: readonly TensorType[];
  /** Contraction formula of a module with one operator, as the factors 2, 3, 7, 7, 64, 112, 112; else absent. */
  readonly factors?: readonly (readonly number[])[];
  readonly constructed: SiteStack;
  /** Where it was first called. */
  readonly called: SiteStack;
}

/** Totals per operator: by its name in the catalogue, or of a graph as the file spells it. */
export interface OperatorRow {
  readonly op: string;
  readonly calls: number;
  readonly fpo: Fpo;
  readonly outputBytes: number;
  /** Of a graph: parameters that its nodes are the first to use. */
  readonly params?: number;
}

/**
 * Nodes of a graph in the order in which they run, one entry a node in each column. Figures are a node's own, without those
 * of the nodes within it; columns add up to the model's figures.
 */
export interface NodeTable {
  readonly name: readonly string[];
  /** Index into `operators`. */
  readonly operator: readonly number[];
  /** The node that holds it in a subgraph or function; -1 at the top. */
  readonly parent: readonly number[];
  /** Row of the layer tree. */
  readonly layer: readonly number[];
  /** Index into `texts`. */
  readonly attributes: readonly number[];
  /** Names of values; '' is one left out. */
  readonly inputs: readonly (readonly string[])[];
  /** Indices into `types`; -1 where a type is not known. */
  readonly inputTypes: readonly (readonly number[])[];
  readonly outputs: readonly (readonly string[])[];
  readonly outputTypes: readonly (readonly number[])[];
  /** Elements of the parameters that no node before it uses. */
  readonly params: readonly number[];
  readonly weightBytes: readonly number[];
  readonly contraction: readonly number[];
  readonly other: readonly number[];
  readonly outputBytes: readonly number[];
  /** Bytes of all activations that are alive while it runs. */
  readonly alive: readonly number[];
  readonly operators: readonly string[];
  readonly texts: readonly string[];
  readonly types: readonly TensorType[];
}

export interface MemoryReport {
  /** Parameters and buffers, bytes. */
  readonly weights: number;
  /** Weights + the largest sum of activations alive at one time, bytes. null where nothing was run. */
  readonly inferencePeak: number | null;
  /** Bytes of distinct storages autograd keeps for backward, without parameters; train mode only. */
  readonly savedForBackward: number | null;
}

export interface ModelReport {
  readonly name: string;
  readonly params: ParameterCount;
  readonly buffers: number;
  /** null where forward could not be followed at all. */
  readonly fpo: Fpo | null;
  readonly training: { readonly fpo: Fpo | null };
  readonly memory: MemoryReport;
  readonly inputs: readonly NamedTensorType[];
  readonly outputs: readonly NamedTensorType[];
  readonly layers: readonly LayerRow[];
  readonly operators: readonly OperatorRow[];
  /** Of a graph: its nodes. This and `operators` are made when they are first read. */
  readonly nodes?: NodeTable;
  /** Sentences that no figure depends on. */
  readonly notes?: readonly string[];
  readonly knobs: readonly Knob[];
  readonly gaps: readonly Gap[];
}

/** A problem with one root: what, where, what to do. */
export interface Problem {
  readonly message: string;
  /** Outermost first. */
  readonly stack: readonly Site[];
}
