// A node that is about to be followed, as its binding sees it: inputs and attributes by the names of the ONNX operator, and
// `call`, which infers an operator of the catalogue and records it. What depends on constants and shapes alone is computed
// here and now and leaves no call in the trace, as every runtime folds it away.

import { DataDependentSize, type Op, type OpArgument, OpError } from '../ops/operator';
import { castContents } from '../tensor/contents';
import { type DType, kindOf } from '../tensor/dtype';
import { bytesOf, elementCount, type Shape, type TensorSpec } from '../tensor/tensor';
import type { Knob } from '../trace/trace';
import type { AttributeValue, GraphRecord, NodeRecord, TensorRecord } from './model';
import { NO_NAME } from './names';
import { quoted } from './onnx-error';
import { type Argument, type Arguments, type Recorder, specsOf } from './recorder';
import { constantTensor, storeFor, Tensor, Unfollowed, type Value } from './values';

/** Pieces of a split, items of a sequence. */
const LIST_LIMIT = 16_384;
/** More dimensions than any runtime takes. */
const RANK_LIMIT = 64;

export interface CallOptions {
  /** Element types of the outputs; default: as inferred. */
  readonly types?: readonly (DType | undefined)[];
  /** Infer as if all tensors were of this type: quantised operators mix types that the catalogue does not. */
  readonly as?: DType;
  /** The output lies in the storage of this tensor. */
  readonly view?: Tensor;
}

/** What a binding of control flow asks of whoever follows the graph. */
export interface Follower {
  /** Follows a subgraph with these inputs; gives its outputs. */
  readonly subgraph: (graph: GraphRecord, inputs: readonly Value[]) => Value[];
  readonly constant: (record: TensorRecord) => Value;
  /** The value of a knob that the user set. */
  readonly knob: (name: string) => number | undefined;
  /** The name of a value as text. */
  readonly text: (name: number) => string;
}

export class NodeCall {
  constructor(
    readonly node: NodeRecord,
    readonly inputs: readonly (Value | null)[],
    private readonly attributes: ReadonlyMap<string, AttributeValue>,
    readonly opset: number,
    readonly recorder: Recorder,
    readonly follower: Follower,
  ) {}

  /** The same node with other inputs, and with attributes in the place of some inputs. */
  with(inputs: readonly (Value | null)[], more: Iterable<[string, AttributeValue]> = []): NodeCall {
    const attributes = new Map([...this.attributes, ...more]);
    return new NodeCall(this.node, inputs, attributes, this.opset, this.recorder, this.follower);
  }

  /** The node as sentences and the trace name it. */
  get title(): string {
    return this.node.name || this.node.op;
  }

  // --- inputs -------------------------------------------------------------------------------------------------------

  value(index: number): Value {
    const value = this.inputs[index];
    if (value === null || value === undefined) throw new Unfollowed(`${this.node.op} lacks input ${index}`);
    if (value.kind === 'unknown') throw new Unfollowed(value.reason, true);
    return value;
  }

  has(index: number): boolean {
    const value = this.inputs[index];
    return value !== null && value !== undefined;
  }

  /** A tensor input. */
  in(index: number): Tensor {
    const value = this.value(index);
    const content = value.kind === 'optional' ? value.content : value;
    if (content?.kind === 'tensor') return content;
    throw new Unfollowed(`${this.node.op} expects a tensor as input ${index}, but gets ${value.kind}`);
  }

  /** A tensor input that may be left out. */
  maybe(index: number): Tensor | null {
    return this.has(index) ? this.in(index) : null;
  }

  /** All tensor inputs from an index on. */
  rest(from = 0): Tensor[] {
    return this.inputs.slice(from).flatMap((one, i) => (one === null ? [] : [this.in(from + i)]));
  }

  shape(index: number): Shape {
    return this.in(index).spec.shape;
  }

  dtype(index: number): DType {
    return this.in(index).spec.dtype;
  }

  /** The elements of an input that shapes depend on. */
  numbers(index: number): readonly number[] {
    const { contents } = this.in(index).spec;
    if (contents === undefined)
      throw new Unfollowed(
        `what ${this.node.op} gives depends on the elements of its input ${index}, which are not known`,
      );
    return contents;
  }

  /** Refuses a number of pieces that nobody would want, before a list of them is made. */
  few(count: number, what: string): void {
    if (!(count <= LIST_LIMIT))
      throw new Unfollowed(`${this.title} has ${count} ${what}, which is more than is followed`);
  }

  /** The elements of an input, or of an attribute where the input is left out; older opsets have attributes. */
  numbersOr(index: number, attribute: string): readonly number[] | null {
    if (this.has(index)) return this.numbers(index);
    return this.ints(attribute);
  }

  // --- attributes ---------------------------------------------------------------------------------------------------

  attribute(name: string): AttributeValue | undefined {
    return this.attributes.get(name);
  }

  int(name: string, otherwise = 0): number {
    const value = this.attributes.get(name);
    return value?.kind === 'int' || value?.kind === 'float' ? Math.trunc(value.value) : otherwise;
  }

  float(name: string, otherwise = 0): number {
    const value = this.attributes.get(name);
    return value?.kind === 'int' || value?.kind === 'float' ? value.value : otherwise;
  }

  text(name: string, otherwise = ''): string {
    const value = this.attributes.get(name);
    return value?.kind === 'text' ? value.value : otherwise;
  }

  ints(name: string): readonly number[] | null {
    const value = this.attributes.get(name);
    return value?.kind === 'ints' ? value.values : null;
  }

  floats(name: string): readonly number[] | null {
    const value = this.attributes.get(name);
    return value?.kind === 'floats' || value?.kind === 'ints' ? value.values : null;
  }

  /** The length of a list; 0 where it is left out. */
  length(name: string): number {
    const value = this.attributes.get(name);
    return value !== undefined && 'count' in value ? value.count : 0;
  }

  graph(name: string): GraphRecord {
    const value = this.attributes.get(name);
    if (value?.kind === 'graph') return value.graph;
    throw new Unfollowed(`${this.node.op} lacks its graph ${quoted(name)}`);
  }

  // --- outputs ------------------------------------------------------------------------------------------------------

  /** Whether this output is used at all. */
  wants(index: number): boolean {
    return (this.node.outputs[index] ?? NO_NAME) !== NO_NAME;
  }

  /** Calls an operator of the catalogue. */
  call(op: Op, args: Arguments, options: CallOptions = {}): Tensor[] {
    const specs = this.infer(op, args, options).map((spec, i) => this.settled(spec, options.types?.[i]));
    if (specs.length > 0 && specs.every(({ contents }) => contents !== undefined))
      return specs.map(constantTensor);
    const view = options.view ?? weightMoved(op, args);
    const outputs = specs.map((spec) => this.output(spec, view));
    this.recorder.call(op, this.title, args, outputs);
    return outputs;
  }

  /** A spec as values have it; the same one for all that are equal, because a graph has very many of few kinds. */
  private settled(inferred: TensorSpec, wanted: DType | undefined): TensorSpec {
    const { specs } = this.recorder;
    const spec = inferred.contents ? plainSpec(inferred, wanted) : inferred;
    if (spec.contents) return this.checked(spec);
    const [shape, dtype] = [spec.shape, wanted ?? spec.dtype];
    return specs.find(shape, dtype) ?? specs.add(this.checked({ shape, dtype }));
  }

  /** Sizes have to be sizes: what a damaged or hostile file computes may be anything. */
  private checked(spec: TensorSpec): TensorSpec {
    const { shape } = spec;
    const fits =
      shape.length <= RANK_LIMIT &&
      shape.every((size) => size >= 0) &&
      Number.isSafeInteger(elementCount(shape));
    if (fits && shape.every(Number.isSafeInteger)) return spec;
    const shown = shape.length <= RANK_LIMIT ? `[${shape.join(', ')}]` : `${shape.length} dimensions`;
    throw new Unfollowed(`${this.title} gives a tensor of ${shown}, which cannot be`);
  }

  private output(spec: TensorSpec, view: Tensor | undefined): Tensor {
    const shares = view !== undefined && bytesOf(spec) <= view.store.bytes;
    return new Tensor(spec, shares ? view.store : storeFor(spec, 'activation'));
  }

  private infer(op: Op, args: Arguments, { as }: CallOptions): readonly TensorSpec[] {
    const spec = (tensor: Tensor): TensorSpec =>
      as === undefined ? tensor.spec : { shape: tensor.spec.shape, dtype: as };
    const plain: Record<string, OpArgument> = {};
    for (const name of Object.keys(args)) plain[name] = specsOf(args[name] as Argument, spec);
    try {
      return op.infer(plain);
    } catch (error) {
      if (error instanceof OpError) throw new Unfollowed(`${this.title}: ${error.message}`);
      if (error instanceof DataDependentSize) return this.assume(error);
      throw error;
    }
  }

  private assume({ knob, message, assumed }: DataDependentSize): readonly TensorSpec[] {
    this.assumption(knob, assumed[0]?.shape ?? [], message);
    return assumed.map(({ contents: _, ...spec }) => spec);
  }

  /** Marks a figure that rests on an assumption about this node. */
  assumption(what: string, value: number | string | readonly number[], reason: string): void {
    this.recorder.knob({ name: `${what} of ${this.title}`, value, source: 'assumed', reason });
  }

  /** A number that decides what this node does: set by the user, or else assumed for a reason. */
  chosen(what: string, assumed: () => number, reason: string, settable: Knob['settable'] = true): number {
    const name = `${what} of ${this.title}`;
    const set = this.follower.knob(name);
    const number = set ?? assumed();
    const value = settable === true ? number : (settable?.[number] ?? number);
    this.recorder.knob(
      set === undefined
        ? { name, value, source: 'assumed', reason, settable }
        : { name, value, source: 'config', reason: 'set by you', settable },
    );
    return number;
  }

  /** The same memory in another shape or type, without a call. */
  view(tensor: Tensor, shape: Shape, dtype: DType = tensor.spec.dtype): Tensor {
    const { contents } = tensor.spec;
    const spec = { shape, dtype, ...(contents && { contents }) };
    return new Tensor(this.checked(contents ? plainSpec(spec, dtype) : spec), tensor.store);
  }

  /** The same memory seen as another tensor, whose elements are not followed. */
  relabelled(tensor: Tensor, spec: TensorSpec): Tensor {
    return new Tensor(this.checked(spec), tensor.store);
  }

  /** A tensor of unknown contents that no operator was needed for. */
  made(shape: Shape, dtype: DType): Tensor {
    const spec = this.checked({ shape, dtype });
    return new Tensor(spec, storeFor(spec, 'activation'));
  }

  /** A tensor that is computed from constants and shapes alone. */
  folded(shape: Shape, dtype: DType, contents: readonly number[]): Tensor {
    return constantTensor({ shape, dtype, contents });
  }
}

/** A weight that is only turned or cut: runtimes do that once, when they load the model, so it needs no memory of its own. */
function weightMoved(op: Op, args: Arguments): Tensor | undefined {
  if (op.cost !== undefined) return undefined;
  const tensors = Object.values(args).filter((value) => value instanceof Tensor);
  const [only] = tensors;
  if (tensors.length !== 1 || !only) return undefined;
  return only.store.kind === 'parameter' || only.store.kind === 'buffer' ? only : undefined;
}

/** ONNX tensors are dense; contents of integers are integers or nothing. */
function plainSpec({ shape, dtype, contents }: TensorSpec, wanted: DType = dtype): TensorSpec {
  const cast = wanted === 'string' ? undefined : wanted === dtype ? contents : castContents(contents, wanted);
  const broken = kindOf(wanted) === 'int' && cast?.some((value) => !Number.isFinite(value));
  return { shape, dtype: wanted, ...(cast && !broken && { contents: cast }) };
}
