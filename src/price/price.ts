// From what a model does to what it costs: the figures of the report, each from its own file. Nothing here knows where a
// trace came from. A trace without calls is that of a model whose forward could not be followed at all.

import { lazily } from '../base/lazy';
import { isGraph, type Trace, type TracedValue } from '../trace/trace';
import { type CallFigures, callFigures, forwardFpo } from './calls';
import { layerRows, operatorRows } from './layers';
import { activationPeak } from './memory';
import type { ModelReport, NamedTensorType, NodeTable } from './model-report';
import { nodeOperators, nodeTable } from './nodes';
import { addFpo, type ResolvedCall, resolveCalls, resolveSingly } from './resolve';
import { backwardCalls, backwardFpo, reachedCalls, savedBytes } from './training';
import { countStorages, modelStorages, ownStorages } from './weights';

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

/** Views of single nodes are rare, and a graph may have very many: both tables are made when they are first read. */
function addNodes(report: object, trace: Trace, figures: CallFigures): void {
  let made: NodeTable | undefined;
  const nodes = (): NodeTable => {
    made ??= nodeTable(trace, figures);
    return made;
  };
  lazily(report, 'operators', () => nodeOperators(nodes()));
  lazily(report, 'nodes', nodes);
}

export function price(trace: Trace, options: PriceOptions): ModelReport {
  const ran = options.ran ?? hasRun(trace);
  // a graph does not say which of its constants would be trained
  const isCode = !isGraph(trace);
  const calls = isCode ? resolveCalls(trace) : [];
  const resolve = isCode ? (at: number) => calls[at] as ResolvedCall : resolveSingly(trace);
  const figures = callFigures(trace, resolve);
  const forward = forwardFpo(figures);
  const own = ownStorages(trace);
  const weights = countStorages(trace, modelStorages(trace, own));
  const trains = ran && isCode;
  const backward = trains ? backwardCalls(trace, calls) : [];
  const saved = trains && options.mode === 'train' ? savedBytes(trace, backward) : null;
  const report = {
    name: options.name,
    params: weights.params,
    buffers: weights.buffers,
    fpo: ran ? forward : null,
    training: { fpo: trains ? addFpo(forward, backwardFpo(reachedCalls(trace, backward))) : null },
    memory: {
      weights: weights.bytes,
      inferencePeak: ran ? weights.bytes + activationPeak(trace, figures.alive) : null,
      savedForBackward: saved,
    },
    inputs: named(trace, trace.inputs),
    outputs: named(trace, trace.outputs),
    layers: layerRows(trace, figures, own, resolve),
    operators: isCode ? operatorRows(trace, figures) : [],
  };
  if (!isCode) addNodes(report, trace, figures);
  return Object.assign(report, { knobs: trace.knobs, gaps: trace.gaps });
}
