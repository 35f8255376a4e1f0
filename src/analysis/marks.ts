// Figures by place: for each call expression of a file that made layers or did work, what it made or cost. A place may be
// reached by several roots; the first root that reaches it is the one shown there.
//
// Every site of a chain counts, not only the innermost: `self.layer1 = self._make_layer(…)` made the layers that were
// constructed inside it, and `x = self.layer1(x)` cost what was called inside it.

import { contractionFpo, type OpCost } from '../ops/operator';
import type { ModelReport, TensorType } from '../price/model-report';
import { bytesOf } from '../tensor/tensor';
import type { Invocation, Trace } from '../trace/trace';
import type { Mark } from './file-report';

/** A root that was priced: its index among the file's roots, its trace, what each call costs, and its report. */
export interface Priced {
  readonly root: number;
  readonly trace: Trace;
  /** By index of the call. */
  readonly costs: readonly OpCost[];
  readonly report: ModelReport;
}

/** Marks in `file`, sorted by start and then by end descending. */
export function marksOf(file: string, priced: readonly Priced[]): Mark[] {
  const marks = new Map<string, Mark>();
  for (const one of priced) {
    for (const mark of [...constructions(file, one), ...calls(file, one)]) {
      const key = `${mark.kind} ${mark.range.start} ${mark.range.end}`;
      if (!marks.has(key)) marks.set(key, mark);
    }
  }
  return [...marks.values()].sort((a, b) => a.range.start - b.range.start || b.range.end - a.range.end);
}

/** Items by each place of `file` in their chain of sites, by the place's `start:end`. */
class Places<T> {
  readonly at = new Map<string, { readonly start: number; readonly end: number; readonly items: T[] }>();

  constructor(
    private readonly file: string,
    private readonly sites: Trace['sites'],
  ) {}

  add(site: number, item: T): void {
    const seen = new Set<string>();
    for (let id = site; id >= 0; id = this.sites[id]?.parent ?? -1) {
      const node = this.sites[id];
      if (node?.file !== this.file) continue;
      const key = `${node.start}:${node.end}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const place = this.at.get(key);
      if (place) place.items.push(item);
      else this.at.set(key, { start: node.start, end: node.end, items: [item] });
    }
  }
}

// --- constructions ----------------------------------------------------------------------------------------------------

function constructions(file: string, { root, trace, report }: Priced): Mark[] {
  const places = new Places<number>(file, trace.sites);
  trace.modules.forEach((module, id) => {
    places.add(module.site, id);
  });
  return [...places.at.values()].map(({ start, end, items }) => {
    const made = new Set(items);
    const tops = items.filter((id) => !made.has(trace.modules[id]?.parent ?? -1));
    return constructionMark(file, { start, end }, root, tops, trace, report);
  });
}

function constructionMark(
  file: string,
  range: Mark['range'],
  root: number,
  tops: readonly number[],
  trace: Trace,
  report: ModelReport,
): Mark {
  const rows = tops.flatMap((id) => report.layers[id] ?? []);
  const first = rows[0];
  const fpo = rows.map((row) => row.fpo.total);
  const params = rows.map((row) => row.params.total);
  return {
    range,
    kind: 'construction',
    root,
    layers: tops,
    name: trace.modules[tops[0] ?? 0]?.className ?? '',
    count: rows.length,
    params: { total: sum(params), trainable: sum(rows.map((row) => row.params.trainable)) },
    fpo: { total: sum(fpo), contraction: sum(rows.map((row) => row.fpo.contraction)) },
    fpoRange: rangeOf(fpo),
    paramsRange: rangeOf(params),
    inputs: first?.inputs ?? [],
    outputs: first?.outputs ?? [],
    sameShapes: rows.every((row) => sameTypes(row.outputs, first?.outputs ?? [])),
    weightBytes: sum(rows.map((row) => row.weightBytes)),
    outputBytes: sum(rows.map((row) => row.outputBytes)),
    factors: first?.factors ?? [],
    ...gapAt(file, range, trace),
  };
}

// --- calls ------------------------------------------------------------------------------------------------------------

/** One execution of a place: an invocation, or a single operator call. */
interface Execution {
  readonly name: string;
  readonly module: number;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly firstCall: number;
  readonly endCall: number;
}

function calls(file: string, one: Priced): Mark[] {
  const { trace } = one;
  const executions = new Map<string, { start: number; end: number; items: Execution[] }>();
  const add = (site: number, item: Execution): void => {
    const node = trace.sites[site];
    if (node?.file !== file) return;
    const key = `${node.start}:${node.end}`;
    const place = executions.get(key);
    if (!place) executions.set(key, { start: node.start, end: node.end, items: [item] });
    else if (!place.items.some((outer) => within(item, outer))) place.items.push(item);
  };
  for (const invocation of outermostFirst(trace.invocations)) add(invocation.site, invocation);
  trace.calls.forEach((call, index) => {
    add(call.site, { ...operatorExecution(trace, index), name: call.spelled, module: -1 });
  });
  return [...executions.values()].map(({ start, end, items }) => callMark(file, { start, end }, items, one));
}

const outermostFirst = (invocations: readonly Invocation[]): Invocation[] =>
  [...invocations].sort((a, b) => a.firstCall - b.firstCall || b.endCall - a.endCall);

const within = (inner: Execution, outer: Execution): boolean =>
  inner.firstCall >= outer.firstCall && inner.endCall <= outer.endCall;

function operatorExecution(
  trace: Trace,
  index: number,
): Pick<Execution, 'inputs' | 'outputs' | 'firstCall' | 'endCall'> {
  const call = trace.calls[index];
  const inputs = Object.values(call?.args ?? {}).flatMap((arg) =>
    typeof arg === 'object' && arg !== null && 'value' in arg ? [arg.value] : [],
  );
  return { inputs: inputs.slice(0, 1), outputs: call?.outputs ?? [], firstCall: index, endCall: index + 1 };
}

function callMark(
  file: string,
  range: Mark['range'],
  items: readonly Execution[],
  { root, trace, costs, report }: Priced,
): Mark {
  const first = items[0] as Execution;
  const spent = items.map((item) => costOfRange(costs, item));
  const totals = spent.map(({ total }) => total);
  const layers = [...new Set(items.map(({ module }) => module).filter((module) => module >= 0))];
  const rows = layers.flatMap((id) => report.layers[id] ?? []);
  const params = rows.map((row) => row.params.total);
  const only = first.endCall - first.firstCall === 1 ? costs[first.firstCall] : soleContraction(costs, first);
  return {
    range,
    kind: 'call',
    root,
    layers,
    name: first.name,
    count: items.length,
    params: { total: sum(params), trainable: sum(rows.map((row) => row.params.trainable)) },
    fpo: { total: sum(totals), contraction: sum(spent.map(({ contraction }) => contraction)) },
    fpoRange: rangeOf(totals),
    paramsRange: rangeOf(params),
    inputs: types(trace, first.inputs),
    outputs: types(trace, first.outputs),
    sameShapes: items.every((item) => sameTypes(types(trace, item.outputs), types(trace, first.outputs))),
    weightBytes: sum(rows.map((row) => row.weightBytes)),
    outputBytes: sum(items.map((item) => sum(types(trace, item.outputs).map(bytesOf)))),
    factors: only?.macs ?? [],
    ...gapAt(file, range, trace),
  };
}

function costOfRange(
  costs: readonly OpCost[],
  { firstCall, endCall }: Execution,
): { total: number; contraction: number } {
  let contraction = 0;
  let other = 0;
  for (let index = firstCall; index < endCall; index++) {
    const cost = costs[index];
    if (!cost) continue;
    contraction += contractionFpo(cost);
    other += cost.other;
  }
  return { total: contraction + other, contraction };
}

/** The one call of an execution that is a contraction: then its formula is the execution's. */
function soleContraction(costs: readonly OpCost[], { firstCall, endCall }: Execution): OpCost | undefined {
  const contractions = costs.slice(firstCall, endCall).filter(({ macs }) => macs.length > 0);
  return contractions.length === 1 ? contractions[0] : undefined;
}

// --- helpers ----------------------------------------------------------------------------------------------------------

const types = (trace: Trace, ids: readonly number[]): TensorType[] =>
  ids.flatMap((id) => {
    const value = trace.values[id];
    return value ? [{ shape: value.shape, dtype: value.dtype }] : [];
  });

const sameTypes = (a: readonly TensorType[], b: readonly TensorType[]): boolean =>
  a.length === b.length && a.every((type, index) => String(type.shape) === String(b[index]?.shape));

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);

const rangeOf = (numbers: readonly number[]): readonly [number, number] =>
  numbers.length === 0 ? [0, 0] : [Math.min(...numbers), Math.max(...numbers)];

/** The first gap that happened at this place or inside it. */
function gapAt(file: string, range: Mark['range'], trace: Trace): { gap?: string } {
  const found = trace.gaps.find(({ stack }) =>
    stack.some((site) => site.file === file && site.start >= range.start && site.end <= range.end),
  );
  return found ? { gap: found.reason } : {};
}
