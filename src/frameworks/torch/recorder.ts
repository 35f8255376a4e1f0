// One call of an operator: binds Python's arguments to the binding's signature, infers the outputs, makes their tensors,
// and notes the call in the recording that is under way. In-place twins (`relu_`, `inplace=True`, `out=`) are the same
// operator whose result is written into a tensor that is there already.
//
// An unknown argument gives an unknown result and a gap, except where it is a mere number that no shape depends on.

import type { Aliasing, OpArgument } from '../../ops/operator';
import { DataDependentSize, OpError, UnequalTypes } from '../../ops/operator';
import { bindArguments } from '../../python/binder';
import { PyRaise } from '../../python/exceptions';
import type { Interpreter } from '../../python/interpreter';
import { LimitExceeded } from '../../python/limits';
import {
  type Keywords,
  NativeFunction,
  type Parameter,
  PyFloat,
  type PyInstance,
  PyList,
  PyTuple,
  type Unknown,
  type Value,
} from '../../python/values';
import { kindOf } from '../../tensor/dtype';
import { complexOf } from '../../tensor/promotion';
import { elementCount, type TensorSpec } from '../../tensor/tensor';
import { assumptionOf, noteAssumption, withoutAssumed } from './assumed';
import type { Binding, BoundArguments, Overload } from './binding';
import { NotAnArgument, sequenceItems, type Tensors, toArgument, unknownIn } from './convert';
import { fittedParts, fittedSizes } from './fitted-sizes';
import type { OperatorSignature } from './signature';
import { type TorchState, torchOf } from './state';
import { freshStorage, newTensor, type Storage, TensorData, tensorOf } from './tensors';

/** Keywords that PyTorch takes in many places and that change neither shape nor price. */
const IGNORED = new Set([
  'copy',
  'device',
  'generator',
  'inplace',
  'layout',
  'memory_format',
  'non_blocking',
  'out',
  'pin_memory',
  'requires_grad',
]);

/** Parameters that are numbers which no shape depends on. */
const VALUES_ONLY = new Set([
  'alpha',
  'beta',
  'dropout_p',
  'enable_gqa',
  'eps',
  'fill_value',
  'label_smoothing',
  'momentum',
  'negative_slope',
  'p',
  'scale',
  'std',
  'threshold',
  'training',
  'value',
]);

/** A recorded call weighs as much as these steps: an endless loop of them has to end before it fills the memory. */
const STEPS_OF_A_CALL = 300;

/** How a bound name is called. */
export interface BoundName {
  readonly binding: Binding;
  /** As the user writes it: `F.conv2d`. */
  readonly spelled: string;
  /** `relu_`: written into its first argument. */
  readonly inplace?: boolean;
}

/** A Python function that records a call of an operator. */
export function boundFunction(name: string, bound: BoundName): NativeFunction {
  return new NativeFunction(
    name,
    (interpreter, args, keywords) => callBinding(torchOf(interpreter), bound, args, keywords),
    bound.binding.signature,
  );
}

/** Calls an operator from TypeScript, as Python would. */
export function callBinding(
  torch: TorchState,
  bound: BoundName,
  args: readonly Value[],
  keywords: Keywords = NO_KEYWORDS,
): Value {
  return new OperatorCall(torch, bound).run(args, keywords);
}

const NO_KEYWORDS: Keywords = new Map();

/** Names by which NumPy calls arguments; PyTorch takes them for its own. */
const NUMPY_NAMES: ReadonlyMap<string, string> = new Map([
  ['axis', 'dim'],
  ['keepdims', 'keepdim'],
  ['x', 'input'],
  ['x1', 'input'],
  ['x2', 'other'],
]);

function ownName(name: string, parameters: ReadonlySet<string>): string {
  const other = NUMPY_NAMES.get(name);
  return other !== undefined && !parameters.has(name) && parameters.has(other) ? other : name;
}

class OperatorCall {
  private readonly interpreter: Interpreter;
  private readonly signature: OperatorSignature;
  private readonly tensors: Tensors = new Map();
  /** A number that no shape depends on was unknown: contents cannot be told. */
  private vague = false;
  /** The overload that holds for these arguments. */
  private row: Overload;

  constructor(
    private readonly torch: TorchState,
    private readonly bound: BoundName,
  ) {
    this.interpreter = torch.interpreter;
    this.signature = torch.signatures.of(bound.binding.signature);
    this.row = bound.binding;
  }

  run(args: readonly Value[], keywords: Keywords): Value {
    const values = this.bind(args, keywords);
    const unknown = this.settleUnknowns(values);
    if (unknown) return this.unknown(unknown);
    try {
      const converted = this.convert(values);
      this.row = this.bound.binding.overload?.(converted) ?? this.row;
      return this.perform(converted, this.target(values, keywords), keywords);
    } catch (error) {
      return this.explain(error);
    }
  }

  // --- arguments ----------------------------------------------------------------------------------------------------

  private bind(args: readonly Value[], keywords: Keywords): Value[] {
    const { parameters, variadic } = this.signature;
    const values = bindArguments(
      this.interpreter,
      this.name,
      parameters,
      this.positional(args),
      keywords.size === 0 ? keywords : this.named(keywords),
    );
    if (variadic >= 0) {
      const spread = keywords.get((parameters[variadic] as Parameter).name);
      values[variadic] = spread ?? flattened(values[variadic] as Value);
    }
    return values;
  }

  /** Keywords by PyTorch's own names, without those that change nothing. Sizes by keyword are bound apart. */
  private named(keywords: Keywords): Keywords {
    const { parameters, names, variadic } = this.signature;
    const spread = parameters[variadic]?.name;
    const named = [...keywords].map(([name, value]): [string, Value] => [ownName(name, names), value]);
    return new Map(named.filter(([name]) => name !== spread && (names.has(name) || !IGNORED.has(name))));
  }

  /** `F.relu(x, True)`: a last flag beyond the signature is `inplace`. */
  private positional(args: readonly Value[]): readonly Value[] {
    const hasFlag = typeof args.at(-1) === 'boolean' && args.length > this.signature.positional;
    return hasFlag ? args.slice(0, -1) : args;
  }

  /** Replaces unknown numbers that do not matter by their defaults; gives the first unknown that does. */
  private settleUnknowns(values: Value[]): Unknown | undefined {
    for (const [index, value] of values.entries()) {
      const unknown = unknownIn(value);
      if (!unknown) continue;
      const { name, default: standard } = this.signature.parameters[index] as Parameter;
      const fitted = name === this.bound.binding.fits && this.fitted(values, value);
      if (fitted) {
        values[index] = fitted;
        continue;
      }
      if (IGNORED.has(name)) values[index] = standard ?? null;
      else if (!VALUES_ONLY.has(name)) return unknown;
      else values[index] = standard ?? new PyFloat(0.5);
      if (name === 'training')
        this.interpreter.gap(`${this.bound.spelled}: training is not known: ${unknown.reason}`);
      this.vague = true;
    }
    return undefined;
  }

  private fitted([input, , dim]: readonly Value[], sizes: Value): PyTuple | undefined {
    return this.signature.names.has('dim')
      ? fittedParts(this.torch, input as Value, sizes, dim as Value)
      : fittedSizes(this.torch, input as Value, sizes);
  }

  private convert(values: readonly Value[]): Record<string, OpArgument> {
    const converted: Record<string, OpArgument> = {};
    for (const [index, { name, kind }] of this.signature.parameters.entries()) {
      const value = kind === 'variadic' ? this.numbersFor(values[index] as Value) : (values[index] as Value);
      converted[name] = this.argument(name, value);
    }
    return converted;
  }

  /** Sizes may be given as tensors of one element; where all are numbers or such tensors, numbers they become. */
  private numbersFor(value: Value): Value {
    const items = sequenceItems(value);
    if (!items?.some((item) => typeof item === 'number')) return value;
    return new PyTuple(items.map((item) => this.numberFor(item)));
  }

  private numberFor(item: Value): Value {
    const { spec } = tensorOf(item) ?? {};
    const assumed = spec && assumptionOf(spec);
    if (assumed !== undefined) noteAssumption(this.torch, assumed, spec?.contents ?? []);
    return spec?.contents?.[0] ?? item;
  }

  private argument(name: string, value: Value): OpArgument {
    if (name === 'generator') return null;
    return toArgument(this.torch, value, this.tensors);
  }

  /** The tensor that the result is written into, if it is to be. */
  private target(values: readonly Value[], keywords: Keywords): PyInstance | undefined {
    const out = keywords.get('out');
    if (tensorOf(out)) return out as PyInstance;
    const asked = keywords.get('inplace') === true || values[this.signature.inplace] === true;
    return asked || this.bound.inplace ? this.firstTensor() : undefined;
  }

  private firstTensor(): PyInstance | undefined {
    return this.tensors.values().next().value;
  }

  // --- results ------------------------------------------------------------------------------------------------------

  private perform(converted: BoundArguments, target: PyInstance | undefined, keywords: Keywords): Value {
    const args = this.row.adapt?.(converted) ?? converted;
    const specs = this.marked(converted, this.infer(args));
    const aliasing = this.aliasing(args);
    const written = target ?? (aliasing === 'inplace' ? this.firstTensor() : undefined);
    const outputs = written
      ? [this.write(written, specs[0] as TensorSpec, aliasing)]
      : this.make(specs, aliasing === 'view' ? tensorOf(this.firstTensor())?.storage : undefined);
    if (keywords.get('requires_grad') === true) for (const output of outputs) requireGrad(output);
    this.record(args, outputs);
    return written ?? this.result(outputs);
  }

  private infer(args: Readonly<Record<string, OpArgument>>): readonly TensorSpec[] {
    const { op } = this.row;
    let specs: readonly TensorSpec[];
    try {
      specs = op.infer(args);
    } catch (error) {
      specs = this.assumed(error);
    }
    if (specs.some(({ shape }) => elementCount(shape) > Number.MAX_SAFE_INTEGER)) this.overflow(specs);
    if (this.vague) specs = specs.map(({ contents: _, ...spec }) => spec);
    return this.byDefault(args) ? specs.map((spec) => this.inDefaultDtype(spec)) : specs;
  }

  /** Results of assumed contents are assumed; where their sizes hang on them, that is noted. */
  private marked(converted: BoundArguments, specs: readonly TensorSpec[]): readonly TensorSpec[] {
    const reasons = [...this.tensors.keys()].map(assumptionOf);
    const assumed = reasons.find((reason) => reason !== undefined);
    if (assumed === undefined) return specs;
    if (!this.hasSameSizes(converted, specs)) noteAssumption(this.torch, assumed, specs[0]?.shape ?? []);
    return specs.map((spec) => (spec.contents ? { ...spec, assumed } : spec));
  }

  /** Whether the results would have these sizes if nothing were assumed. */
  private hasSameSizes(converted: BoundArguments, specs: readonly TensorSpec[]): boolean {
    const plain = Object.entries(converted).map(([name, value]) => [name, withoutAssumed(value)]);
    const args: BoundArguments = Object.fromEntries(plain);
    try {
      const known = this.row.op.infer(this.row.adapt?.(args) ?? args);
      return specs.every(({ shape }, index) => String(shape) === String(known[index]?.shape));
    } catch {
      return false;
    }
  }

  /** What to go on with where an operator could not say for sure, which is noted. */
  private assumed(error: unknown): readonly TensorSpec[] {
    if (error instanceof DataDependentSize) this.noteKnob(error);
    else if (error instanceof UnequalTypes && !this.interpreter.isTrying)
      this.interpreter.gap(`${error.message}: PyTorch would stop here`);
    else throw error;
    return error.assumed;
  }

  /** Whether floats come from nothing or from integers alone, and nobody says in which dtype. */
  private byDefault(args: Readonly<Record<string, OpArgument>>): boolean {
    if (this.torch.defaultDtype === 'float32' || (args.dtype ?? null) !== null) return false;
    const kinds = [...this.tensors.keys()].map(({ dtype }) => kindOf(dtype));
    return kinds.every((kind) => kind === 'int' || kind === 'bool');
  }

  private inDefaultDtype(spec: TensorSpec): TensorSpec {
    const { defaultDtype } = this.torch;
    if (spec.dtype === 'float32') return { ...spec, dtype: defaultDtype };
    return spec.dtype === 'complex64' ? { ...spec, dtype: complexOf(defaultDtype) } : spec;
  }

  private overflow(specs: readonly TensorSpec[]): never {
    const sizes = specs.map(({ shape }) => `[${shape.join(', ')}]`).join(', ');
    return this.interpreter.raise('RuntimeError', `Storage size calculation overflowed with sizes=${sizes}`);
  }

  private noteKnob({ knob, message, assumed }: DataDependentSize): void {
    this.torch.recording?.assume(knob, assumed[0]?.shape ?? [], message);
  }

  private aliasing(args: Readonly<Record<string, OpArgument>>): Aliasing {
    const { alias = 'fresh' } = this.row.op;
    return typeof alias === 'function' ? alias(args) : alias;
  }

  private make(specs: readonly TensorSpec[], shared: Storage | undefined): PyInstance[] {
    const kind = this.torch.recording?.active ? 'activation' : 'constant';
    return specs.map((spec) => {
      const data = new TensorData(spec, shared ?? freshStorage(spec, kind));
      this.inherit(data);
      return newTensor(this.torch.classes.Tensor, data);
    });
  }

  /** Writes a result into a tensor that is there already. A view of itself (`unsqueeze_`) writes nothing. */
  private write(target: PyInstance, spec: TensorSpec, aliasing: Aliasing): PyInstance {
    const old = target.payload as TensorData;
    if (aliasing !== 'view') old.storage.version++;
    const data = new TensorData(aliasing === 'view' ? spec : { ...spec, dtype: old.spec.dtype }, old.storage);
    this.inherit(data);
    data.requiresGrad ||= old.requiresGrad;
    data.hasHistory ||= old.hasHistory;
    target.payload = data;
    return target;
  }

  /** A result needs a gradient where an argument does. */
  private inherit(data: TensorData): void {
    const gradEnabled = this.torch.gradEnabled && !this.torch.inferenceMode;
    data.detached = !gradEnabled;
    if (!gradEnabled || !data.isFloating) return;
    for (const instance of this.tensors.values()) {
      if ((instance.payload as TensorData).requiresGrad) data.requiresGrad = data.hasHistory = true;
    }
  }

  private record(args: Readonly<Record<string, OpArgument>>, outputs: readonly PyInstance[]): void {
    const { recording, gradEnabled } = this.torch;
    if (!recording?.active) return;
    this.interpreter.step(STEPS_OF_A_CALL);
    recording.holdReachable();
    const traced = Object.entries(args).map(([name, value]) => [
      name,
      recording.argument(value, this.tensors),
    ]);
    recording.builder.call({
      op: this.row.op.name,
      spelled: this.bound.spelled,
      args: Object.fromEntries(traced),
      outputs: outputs.map(({ payload }) => recording.valueId(payload as TensorData)),
      stack: recording.stack(),
      ...(!gradEnabled && { noGrad: true }),
    });
  }

  private result(outputs: readonly PyInstance[]): Value {
    const { result = outputs.length === 1 ? 'one' : 'tuple' } = this.row;
    if (result === 'one' || (typeof result === 'object' && outputs.length === 1))
      return outputs[0] as PyInstance;
    if (result === 'list') return new PyList([...outputs]);
    const tuple = new PyTuple(outputs);
    if (typeof result === 'object') {
      tuple.attributes = new Map(result.map((name, index) => [name, outputs[index] as Value]));
    }
    return tuple;
  }

  // --- trouble ------------------------------------------------------------------------------------------------------

  private get name(): string {
    return this.bound.binding.name;
  }

  private unknown(cause: Unknown): Unknown {
    this.interpreter.gap(`${this.bound.spelled}: ${cause.reason}`);
    return cause;
  }

  private explain(error: unknown): Value {
    if (error instanceof OpError) return this.interpreter.raise(classOf(error), error.message);
    if (error instanceof NotAnArgument) {
      return this.interpreter.unknown(
        `${this.bound.spelled} was given a ${error.message}, which is not followed`,
      );
    }
    if (error instanceof PyRaise || error instanceof LimitExceeded) throw error;
    return this.interpreter.unknown(`${this.bound.spelled} could not be followed: ${String(error)}`);
  }
}

/** PyTorch's class for an error: what is out of range is an IndexError. */
const classOf = ({ message }: OpError): string =>
  /out of (range|bounds)|too many indices/.test(message) ? 'IndexError' : 'RuntimeError';

/** `view(2, 3)` and `view((2, 3))` are the same. */
function flattened(value: Value): Value {
  const items = value instanceof PyTuple ? value.items : [];
  const [only] = items;
  return items.length === 1 && only !== undefined && sequenceItems(only) ? only : value;
}

export function requireGrad(instance: PyInstance): void {
  const data = instance.payload as TensorData;
  if (data.isFloating) data.requiresGrad = true;
}
