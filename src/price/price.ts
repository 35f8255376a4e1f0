// From what a model does to what it costs: the figures of the report, each from its own file. Nothing here knows where a
// trace came from. A trace without calls is that of a model whose forward could not be followed at all.

import type { Trace, TracedValue } from '../trace/trace';
import { layerRows, newBytes, operatorRows } from './layers';
import { activationPeak, aliveBytes } from './memory';
import type { ModelReport, NamedTensorType } from './model-report';
import { nodeOperators, nodeTable } from './nodes';
import { addFpo, resolveCalls, sumFpo } from './resolve';
import { backwardCalls, backwardFpo, reachedCalls, savedBytes } from './training';
import { countStorages, modelStorages } from './weights';

export interface PriceOptions {
  /** Name of the root, as the report shows it. */
  readonly name: string;
  /** How the forward pass was run: saved-for-backward is told of training only. */
  readonly mode: 'eval' | 'train';
  /** Whether a forward pass was followed; default: whether there is a call or an output. */
  readonly ran?: boolean;
}

const named = (trace: Trace, list: Trace['inputs']): NamedTensorType[] =>
  list.map(({ name, value }) => {
    const { shape, dtype } = trace.values[value] as TracedValue;
    return { name, shape, dtype };
  });

/** A call that needs no operator and gives no tensor has run too, if nothing ended it. */
const hasRun = ({ calls, outputs, inputs, incomplete }: Trace): boolean =>
  calls.length > 0 || outputs.length > 0 || (inputs.length > 0 && incomplete === undefined);

export function price(trace: Trace, options: PriceOptions): ModelReport {
  // a graph does not say which of its constants would be trained
  const isCode = trace.nodes === undefined;
  const calls = resolveCalls(trace, isCode);
  const ran = options.ran ?? hasRun(trace);
  const weights = countStorages(trace, modelStorages(trace));
  const forward = sumFpo(calls, ({ fpo }) => fpo);
  const trains = ran && isCode;
  const backward = trains ? backwardCalls(trace, calls) : [];
  const [bytes, alive] = [newBytes(trace, calls), aliveBytes(trace, calls)];
  const nodes = nodeTable(trace, { calls, bytes, alive });
  const saved = trains && options.mode === 'train' ? savedBytes(trace, backward) : null;
  return {
    name: options.name,
    params: weights.params,
    buffers: weights.buffers,
    fpo: ran ? forward : null,
    training: { fpo: trains ? addFpo(forward, backwardFpo(reachedCalls(trace, backward))) : null },
    memory: {
      weights: weights.bytes,
      inferencePeak: ran ? weights.bytes + activationPeak(trace, alive) : null,
      savedForBackward: saved,
    },
    inputs: named(trace, trace.inputs),
    outputs: named(trace, trace.outputs),
    layers: layerRows(trace, calls, bytes),
    operators: nodes ? nodeOperators(nodes) : operatorRows(calls, bytes),
    ...(nodes && { nodes }),
    knobs: trace.knobs,
    gaps: trace.gaps,
  };
}
