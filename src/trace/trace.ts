// The waist of the hourglass: what a model does, as plain data. Whatever makes a trace (the torch frontend, the ONNX
// reader) fills these records through TraceBuilder; whatever prices or shows one reads them. All of it is JSON.
//
// Ids are indices into the arrays of the same trace.

import type { Site } from '../base/site';
import type { TensorSpec } from '../tensor/tensor';

/** A link in a chain of sites; the chain is read upwards through `parent` (-1 ends it). */
export interface SiteNode extends Site {
  readonly parent: number;
}

export type StorageKind = 'parameter' | 'buffer' | 'input' | 'constant' | 'activation';

/** A block of memory; values that are views of each other share one. */
export interface TracedStorage {
  readonly kind: StorageKind;
  readonly bytes: number;
  /** Elements made in it: what a parameter counts. */
  readonly elements: number;
  /** Parameters only: `requires_grad`. */
  readonly trainable: boolean;
  /** Index of the last call during which something still held it; -1 where no call did. */
  readonly heldUntil: number;
}

/** A tensor that took part. */
export interface TracedValue extends Omit<TensorSpec, 'contents'> {
  readonly storage: number;
  /** Made under no_grad or detached: no gradient flows into it. */
  readonly detached?: boolean;
}

/** An argument as it was given: a value by id, or plain data. */
export type TracedArgument =
  | { readonly value: number }
  | number
  | boolean
  | string
  | null
  | readonly TracedArgument[];

/** One call of an operator. */
export interface OpCall {
  /** Name in the operator catalogue. */
  readonly op: string;
  /** The name the user wrote, as `F.conv2d`, `Conv`. */
  readonly spelled: string;
  readonly args: Readonly<Record<string, TracedArgument>>;
  readonly outputs: readonly number[];
  /** Innermost module of the tree that was running; -1 = none. */
  readonly module: number;
  /** Innermost site; its chain is the call stack. */
  readonly site: number;
  /** Made while gradients were switched off. */
  readonly noGrad?: boolean;
  /** Index into `nodes`: the innermost node that led to it. */
  readonly node?: number;
}

/** A parameter or buffer by the name it has in its module. */
export interface ModuleTensor {
  readonly name: string;
  readonly value: number;
}

/** A module of the tree, by the first path it is reached by. The root is module 0 and has the empty path. */
export interface TracedModule {
  /** Dotted, as in `layer1.0.conv1`. */
  readonly path: string;
  readonly className: string;
  readonly parent: number;
  /** Where it was constructed: chain of sites; -1 = unknown. */
  readonly site: number;
  readonly parameters: readonly ModuleTensor[];
  readonly buffers: readonly ModuleTensor[];
  /** Constructor arguments worth showing, as in `3, 64, kernel_size=7`. */
  readonly arguments?: string;
}

/** A call of a module, or of a function the user wrote: what went in and what came out. */
export interface Invocation {
  readonly kind: 'module' | 'function';
  /** Class or function name. */
  readonly name: string;
  /** Module of the tree; -1 for functions and for modules outside of it. */
  readonly module: number;
  /** Where it was called. */
  readonly site: number;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  /** The operator calls it led to: [first, end). */
  readonly firstCall: number;
  readonly endCall: number;
}

/** A node of the graph that a file holds: what stands in the file, not what it does. Names and values go in pairs. */
export interface TracedNode {
  readonly name: string;
  /** The operator as the file spells it: `Conv`, `com.microsoft:FusedMatMul`. */
  readonly op: string;
  /** The node that holds this one in a subgraph or function; -1 at the top. A node comes before those that it holds. */
  readonly parent: number;
  /** Module of the tree. */
  readonly module: number;
  /** As in `kernel_shape=[3, 3], group=1`. */
  readonly attributes: string;
  readonly inputs: readonly string[];
  /** Ids of values; -1 where a value is not known or no tensor. */
  readonly inputValues: readonly number[];
  readonly outputs: readonly string[];
  readonly outputValues: readonly number[];
  /** Parameters and buffers that no node before uses. */
  readonly weights: readonly number[];
}

/** A value that the code does not fix and the price depends on. */
export interface Knob {
  readonly name: string;
  readonly value: number | string | boolean | readonly number[];
  readonly source: 'code' | 'config' | 'inferred' | 'assumed';
  /** A sentence: where the value comes from, or what was assumed. */
  readonly reason: string;
  /** Set where a number can be given in its place, by its name: any, or the index of one of these. */
  readonly settable?: true | readonly string[];
  readonly site?: Site;
}

/** A place that could not be followed. */
export interface Gap {
  /** A sentence for the user. */
  readonly reason: string;
  /** Chain of sites as plain data, outermost first. */
  readonly stack: readonly Site[];
  readonly count: number;
}

export interface NamedValue {
  readonly name: string;
  readonly value: number;
}

export interface Trace {
  readonly sites: readonly SiteNode[];
  readonly storages: readonly TracedStorage[];
  readonly values: readonly TracedValue[];
  readonly modules: readonly TracedModule[];
  readonly calls: readonly OpCall[];
  readonly invocations: readonly Invocation[];
  readonly inputs: readonly NamedValue[];
  readonly outputs: readonly NamedValue[];
  readonly knobs: readonly Knob[];
  readonly gaps: readonly Gap[];
  /** Nodes of the graph, in the order in which they run; only of what is stored as one. Made when first read. */
  readonly nodes?: readonly TracedNode[];
  /**
   * Set where the run ended early: a sentence, as `RuntimeError: …`. What was recorded until then is here and parameters
   * are complete; figures over calls are lower bounds.
   */
  readonly incomplete?: string;
}

/** Whether a trace is of a graph, and not of code. */
export const isGraph = (trace: Trace): boolean => 'nodes' in trace;
