// Prices one root: tries the expressions that may build it and the inputs that may fit it, the surest first.

import type { FileReader } from '../base/files';
import type { Range } from '../base/site';
import type { TensorInput } from '../frameworks/torch';
import { inputsFromValues, requiredInputs } from '../frameworks/torch';
import { price } from '../price';
import type { ModelReport, Problem } from '../price/model-report';
import type { Knob, Trace } from '../trace/trace';
import { candidatesFor } from './assumptions';
import type { InputSource } from './file-report';
import { fedArguments, fromComment, fromConfig, type Inputs, parseInputSpec } from './inputs';
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
  readonly reader: FileReader;
  /** What the user set for this root. */
  readonly given?: string;
  /** Words for a place in the file: `line 88`. */
  readonly place: (range: Range) => string;
}

export function runRoot(root: Root, context: RootContext): RootRun {
  const [first = root.name] = root.expressions;
  if (root.expressions.length === 0) return failed(first, needsArguments(root));
  let last: RootRun | undefined;
  for (const expression of root.expressions) {
    const run = runExpression(root, expression, context);
    if (run.report) return run;
    last ??= run;
  }
  return last ?? failed(first, needsArguments(root));
}

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
  const outcome = context.session.trace(expression, {
    mode: 'eval',
    inputs: stated.positional,
    keywordInputs: stated.keywords,
  });
  if ('problem' in outcome) return failed(expression, outcome.problem);
  return priced(expression, outcome.trace, stated.source);
}

/** Inputs that somebody states; an Error where what the user set cannot be read. */
function statedInputs(root: Root, context: RootContext): Inputs | Error | undefined {
  const { given, file, text, reader } = context;
  if (given !== undefined) return fromUser(given);
  return fromComment(root, text) ?? fromConfig(root, file, reader) ?? fromCode(root, context);
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
  for (const fed of fedArguments(root, session.tree, text)) {
    let inputs: Pick<Inputs, 'positional' | 'keywords'> | undefined;
    session.guard(() => {
      inputs = inputsFromValues(
        fed.positional.map((expression) => session.evaluate(expression)),
        fed.keywords.map(([name, expression]) => [name, session.evaluate(expression)]),
      );
    });
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

function runAssumed(expression: string, { session }: RootContext): RootRun {
  const built = session.trace(expression, { mode: 'eval' });
  if ('problem' in built) return failed(expression, built.problem);
  let best: RootRun | undefined;
  for (const { input, words } of candidatesFor(built.trace)) {
    const inputs = requiredInputs(session.interpreter, () => session.evaluate(expression), input);
    const outcome = session.trace(expression, { mode: 'eval', inputs });
    if ('problem' in outcome) continue;
    const run = priced(expression, outcome.trace, { kind: 'assumed', text: words }, assumption(input, words));
    if (outcome.trace.incomplete === undefined) return run;
    best ??= run;
  }
  return best ?? priced(expression, built.trace, null);
}

const assumption = (input: TensorInput, reason: string): Knob => ({
  name: 'input',
  value: [...input.shape],
  source: 'assumed',
  reason,
});

function priced(expression: string, trace: Trace, input: InputSource | null, knob?: Knob): RootRun {
  const known = knob ? { ...trace, knobs: [knob, ...trace.knobs] } : trace;
  return {
    expression,
    trace: known,
    report: price(known, { name: expression, mode: 'eval' }),
    problem: null,
    input,
  };
}
