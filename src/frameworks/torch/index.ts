// PyTorch for whoever runs the interpreter: the library to hand it, and traceModel, which builds something, runs it on
// inputs of known shape, and gives the record of what it did.

import { PendingFile } from '../../base/files';
import type { Site } from '../../base/site';
import { PyRaise } from '../../python/exceptions';
import type { Host, Interpreter } from '../../python/interpreter';
import { isPrelude } from '../../python/library';
import { LimitExceeded } from '../../python/limits';
import { PyClass, type PyFunction, Unknown, type Value } from '../../python/values';
import type { Trace } from '../../trace/trace';
import { isModule } from './module-members';
import { type InputTree, inputValue, namedTensors, parameterNames, summariseOutputs } from './outputs';
import { Recording } from './recording';
import { type TorchState, torchOf } from './state';
import { declareTree, describeTree } from './tree';

export { torchLibrary } from './library';
export type { InputTree, TensorInput } from './outputs';
export { isTensorInput, summariseOutputs } from './outputs';

export interface TraceOptions {
  /** By position. Without these and without `keywordInputs`, nothing is run: the trace holds the modules alone. */
  readonly inputs?: readonly InputTree[];
  readonly keywordInputs?: Readonly<Record<string, InputTree>>;
  /** The method to call; a call of the module itself where it is left out. */
  readonly method?: string;
  readonly mode: 'eval' | 'train';
  /** A run that ends with an exception is of no use: its trace need not hold the layers. */
  readonly wholeOnly?: boolean;
}

/**
 * Builds and runs. An exception while building is passed on; one while running ends the record, which says so in
 * `incomplete`: parameters are right all the same.
 */
export function traceModel(interpreter: Interpreter, build: () => Value, options: TraceOptions): Trace {
  const torch = torchOf(interpreter);
  const recording = new Recording(interpreter);
  const { recording: outer, gradEnabled, trains } = torch;
  Object.assign(torch, { recording, gradEnabled: true, trains: options.mode === 'train' });
  try {
    return watching(recording, () => new Run(torch, recording, options).trace(build));
  } finally {
    Object.assign(torch, { recording: outer, gradEnabled, trains });
  }
}

class Run {
  private readonly interpreter: Interpreter;
  /** The run ended with an exception, not at a limit. */
  private failed = false;

  constructor(
    private readonly torch: TorchState,
    private readonly recording: Recording,
    private readonly options: TraceOptions,
  ) {
    this.interpreter = torch.interpreter;
  }

  trace(build: () => Value): Trace {
    const root = this.instance(build());
    const { builder } = this.recording;
    if (root instanceof Unknown) {
      builder.gap(root.reason, root.stack);
      builder.cutShort(root.reason);
      return builder.build();
    }
    const { unknownBase } = this.interpreter.typeOf(root);
    if (unknownBase)
      builder.gap(`a base of its class is not known: ${unknownBase.reason}`, unknownBase.stack);
    if (isModule(this.interpreter, root))
      this.interpreter.callMethod(root, 'train', [this.options.mode === 'train']);
    declareTree(this.recording, root);
    this.guarded(() => this.run(root));
    if (this.failed && this.options.wholeOnly) return builder.build();
    declareTree(this.recording, root);
    describeTree(this.recording, root);
    return builder.build();
  }

  /** A class of modules stands for an instance made without arguments. */
  private instance(value: Value): Value {
    return value instanceof PyClass && value.mro.includes(this.torch.classes.Module)
      ? this.interpreter.call(value)
      : value;
  }

  private run(root: Value): void {
    const {
      inputs,
      keywordInputs,
      method = isModule(this.interpreter, root) ? 'forward' : undefined,
    } = this.options;
    if (!inputs && !keywordInputs) return;
    const args = (inputs ?? []).map((tree) => inputValue(this.torch, tree));
    const keywords = Object.entries(keywordInputs ?? {}).map(([name, tree]): [string, Value] => [
      name,
      inputValue(this.torch, tree),
    ]);
    const callee = method === undefined ? root : this.interpreter.getAttribute(root, method);
    this.nameInputs(callee, args, keywords);
    this.recording.active = true;
    const target = method === 'forward' ? root : callee;
    const named = new Map(keywords);
    const result = this.recording.holding([...args, ...named.values()], () =>
      this.interpreter.call(target, args, named),
    );
    this.recording.active = false;
    if (result instanceof Unknown) {
      this.recording.builder.gap(`the result is not known: ${result.reason}`, result.stack);
    }
    this.recording.builder.setOutputs(summariseOutputs(this.recording, result));
  }

  private nameInputs(callee: Value, args: readonly Value[], keywords: readonly [string, Value][]): void {
    const names = parameterNames(callee);
    const named = args.map((value, index): [string, Value] => [names?.[index]?.name ?? String(index), value]);
    this.recording.builder.setInputs(
      [...named, ...keywords].flatMap(([name, value]) => namedTensors(this.recording, name, value)),
    );
  }

  /** What goes wrong while running ends the record. */
  private guarded(body: () => void): void {
    const depth = this.interpreter.frames.length;
    try {
      body();
    } catch (error) {
      if (error instanceof PendingFile) throw error;
      this.failed = !(error instanceof LimitExceeded);
      const stack = error instanceof PyRaise ? error.stackSites.filter(isUsers) : this.recording.stack();
      const reason = error instanceof Error ? error.message : String(error);
      this.interpreter.frames.length = depth;
      this.recording.builder.gap(reason, stack);
      this.recording.builder.cutShort(reason);
    } finally {
      this.recording.active = false;
    }
  }
}

const isUsers = ({ file }: Site): boolean => !isPrelude(file);

/** Hears of gaps and of calls of the user's functions while `body` runs. */
function watching<T>(recording: Recording, body: () => T): T {
  const host = recording.interpreter.host as { -readonly [K in keyof Host]: Host[K] };
  const before = { onGap: host.onGap, onFunction: host.onFunction };
  host.onGap = (reason, stack) => {
    recording.builder.gap(reason, stack.filter(isUsers));
    before.onGap?.(reason, stack);
  };
  host.onFunction = (callee, args) => {
    const done = before.onFunction?.(callee, args);
    if (!recording.active || !isWorthNoting(callee)) return done;
    const open = recording.open('function', callee.name, -1, args);
    return (result) => {
      recording.close(open, result);
      done?.(result);
    };
  };
  try {
    return body();
  } finally {
    Object.assign(host, before);
  }
}

/** Functions of the user's that have a name; `forward` is noted as the call of its module. */
const isWorthNoting = ({ name, scope }: PyFunction): boolean =>
  name !== 'forward' &&
  !name.startsWith('__') &&
  !name.startsWith('<') &&
  !isPrelude(scope.module.file ?? '<');
