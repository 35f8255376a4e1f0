// Prices one root: tries the expressions that may build it and the inputs that may fit it, the surest first.

import type { Range } from '../base/site';
import { type InputTree, isTensorInput } from '../frameworks/torch';
import { feedingOf } from '../frameworks/torch/meaning';
import { exampleInputs, statedImage } from '../frameworks/torch/stated-inputs';
import type { ModelReport, Problem } from '../price/model-report';
import { price } from '../price/price';
import type { Value } from '../python/values';
import type { Knob, Trace } from '../trace/trace';
import { candidatesFor, furtherInput } from './assumptions';
import { type Config, knobsFor, rootKey } from './config';
import type { InputSource } from './file-report';
import {
  type FedArguments,
  fedArguments,
  fromComment,
  fromConfig,
  type Inputs,
  parseInputSpec,
} from './inputs';
import type { Root } from './roots';
import type { Session } from './session';

export interface RootRun {
  readonly expression: string;
  readonly trace: Trace | null;
  readonly report: ModelReport | null;
  readonly problem: Problem | null;
  readonly input: InputSource | null;
}

export interface RootContext {
  readonly session: Session;
  readonly file: string;
  readonly text: string;
  /** price-tag.json, where there is one for this file. */
  readonly config: Config | undefined;
  /** What the user set for this root. */
  readonly given?: string;
  /** Examples in a batch, where the user says so: the first size of each input. */
  readonly batch?: number;
  /** Words for a place in the file: `line 88`. */
  readonly place: (range: Range) => string;
}

export function runRoot(root: Root, given: RootContext): RootRun {
  const context = { ...given, batch: given.batch ?? configuredBatch(root, given) };
  const [first = root.name] = root.expressions;
  if (root.expressions.length === 0) return failed(first, needsArguments(root));
  const runs: RootRun[] = [];
  for (const expression of root.expressions) {
    const run = runExpression(root, expression, context);
    if (run.report) return run;
    runs.push(run);
  }
  return root.missing ? failed(first, needsArguments(root)) : (runs[0] as RootRun);
}

const configuredBatch = (root: Root, { config, file }: RootContext): number | undefined =>
  config && knobsFor(config, rootKey(config, file, root.id)).batch;

const needsArguments = (root: Root): Problem => ({
  message: `${root.name} needs arguments that nothing in this file gives: ${root.missing?.join(', ') ?? ''}`,
  stack: [],
});

const failed = (expression: string, problem: Problem): RootRun => ({
  expression,
  trace: null,
  report: null,
  problem,
  input: null,
});

function runExpression(root: Root, expression: string, context: RootContext): RootRun {
  const stated = statedInputs(root, context);
  if (stated instanceof Error) return failed(expression, { message: stated.message, stack: [] });
  if (!stated) return runAssumed(expression, context);
  const { batch } = context;
  const keywords = Object.entries(stated.keywords).map(([name, input]) => [name, batched(input, batch)]);
  const outcome = context.session.trace(expression, {
    mode: 'eval',
    inputs: stated.positional.map((input) => batched(input, batch)),
    keywordInputs: Object.fromEntries(keywords),
  });
  if ('problem' in outcome) return failed(expression, outcome.problem);
  return priced(expression, outcome.trace, stated.source, batchKnobs(batch));
}

/** Inputs that somebody states; an Error where what the user set cannot be read. */
function statedInputs(root: Root, context: RootContext): Inputs | Error | undefined {
  const { given, file, text, config } = context;
  if (given !== undefined) return fromUser(given);
  return fromComment(root, text) ?? fromConfig(root, file, config) ?? fromCode(root, context);
}

function fromUser(spec: string): Inputs | Error {
  try {
    return { ...parseInputSpec(spec), source: { kind: 'user', text: `input set to ${spec}` } };
  } catch (error) {
    return error as Error;
  }
}

/** The first tensors fed to the root in the file whose sizes can be told. */
function fromCode(root: Root, { session, text, place }: RootContext): Inputs | undefined {
  for (const fed of fedArguments(root, () => session.tree, text)) {
    const inputs = evaluateFed(fed, session);
    if (!inputs) continue;
    const source: InputSource = {
      kind: 'code',
      text: `input from ${place(fed.range)}: ${fed.shown}`,
      range: fed.range,
    };
    return { ...inputs, source };
  }
  return undefined;
}

/** The tensors of a call in the file; undefined where one of them is not known at module level. */
function evaluateFed(
  fed: FedArguments,
  session: Session,
): Pick<Inputs, 'positional' | 'keywords'> | undefined {
  const positional: InputTree[] = [];
  const keywords: Record<string, InputTree> = {};
  const problem = session.guard(() => {
    for (const expression of fed.positional) positional.push(session.input(expression));
    for (const [name, expression] of fed.keywords) keywords[name] = session.input(expression);
  });
  return problem ? undefined : { positional, keywords };
}

/** Tries what the model says of its inputs, and then what usually fits, on one model that is built once. */
function runAssumed(expression: string, { session, batch }: RootContext): RootRun {
  let model: Value = null;
  const build = (): Value => {
    model = session.evaluate(expression);
    return model;
  };
  const built = session.traceBuilt(build, { mode: 'eval' });
  if ('problem' in built) return failed(expression, built.problem);
  let first: RootRun | undefined;
  for (const feed of feedsFor(model, built.trace, batch)) {
    const { inputs, keywordInputs, source, knobs } = feed;
    const wholeOnly = first !== undefined;
    const outcome = session.traceBuilt(() => model, { mode: 'eval', inputs, keywordInputs, wholeOnly });
    if ('problem' in outcome || (first && !isSettled(outcome.trace))) continue;
    const run = priced(expression, outcome.trace, source, [...knobs, ...batchKnobs(batch)]);
    if (isSettled(outcome.trace)) return run;
    first = run;
  }
  return first ?? priced(expression, built.trace, null);
}

/** What a model may be fed with, and what is to be said of it. */
interface Feed {
  readonly inputs: readonly InputTree[];
  readonly keywordInputs: Readonly<Record<string, InputTree>>;
  readonly source: InputSource;
  readonly knobs: readonly Knob[];
}

/** The likeliest first. */
function* feedsFor(model: Value, trace: Trace, batch: number | undefined): Generator<Feed> {
  const example = exampleInputs(model);
  if (example) {
    const text = "input from the model's example_input_array";
    const inputs = example.map((input) => batched(input, batch));
    yield { inputs, keywordInputs: {}, source: { kind: 'config', text }, knobs: [] };
  }
  const { positional, takes } = feedingOf(model);
  const further = FURTHER.filter(takes);
  for (const { input, words, source } of candidatesFor(trace, statedImage(model))) {
    const fed = batched(input, batch);
    const inputs = positional.map((name, at) => (at === 0 ? fed : batched(furtherInput(name, input), batch)));
    for (const names of further.length > 0 ? [[], further] : [[]]) {
      const keywordInputs = Object.fromEntries(names.map((name) => [name, fed]));
      const knobs = [{ name: 'input', value: [...input.shape], source, reason: words }];
      const kind = source === 'assumed' ? 'assumed' : 'config';
      yield { inputs, keywordInputs, source: { kind, text: words }, knobs };
    }
  }
}

/** Optional arguments that models with an encoder and a decoder cannot do without. */
const FURTHER = ['decoder_input_ids'];

/** It ran to its end, or was stopped: another input would be stopped too. */
const isSettled = ({ incomplete }: Trace): boolean =>
  incomplete === undefined || incomplete.startsWith('stopped');

/** An input with another first size; what is no tensor stays. */
function batched(input: InputTree, batch: number | undefined): InputTree {
  if (batch === undefined || !isTensorInput(input) || input.shape.length === 0) return input;
  return { ...input, shape: [batch, ...input.shape.slice(1)] };
}

const batchKnobs = (batch: number | undefined): Knob[] =>
  batch === undefined ? [] : [{ name: 'batch', value: batch, source: 'config', reason: 'set by the user' }];

function priced(
  expression: string,
  trace: Trace,
  input: InputSource | null,
  knobs: readonly Knob[] = [],
): RootRun {
  const known = { ...trace, knobs: [...knobs, ...trace.knobs] };
  return {
    expression,
    trace: known,
    report: price(known, { name: expression, mode: 'eval' }),
    problem: null,
    input,
  };
}
