// Checks a spec file: Markdown in which ```python blocks say on the line what a statement does.
//
//   y = nn.Linear(3, 4)(torch.ones(2, 3))   # shape: (2, 4)  fpo: 48
//
// Statements of a block are run one after the other in one namespace. What is said of a statement stands at the end of its
// last line: `key: value` pairs, two spaces between them. Keys are those of ANSWERS. A gap or an exception that nobody
// expects fails. With `update`, the values are written anew, and unexpected gaps and errors are added.

import { einopsLibrary } from '../../src/frameworks/einops/library';
import { torchLibrary } from '../../src/frameworks/torch';
import { Recording } from '../../src/frameworks/torch/recording';
import { torchOf } from '../../src/frameworks/torch/state';
import { tensorOf } from '../../src/frameworks/torch/tensors';
import { price } from '../../src/price/price';
import { evaluateExpression, executeText, runModule } from '../../src/python/evaluate';
import { PyRaise } from '../../src/python/exceptions';
import { Interpreter } from '../../src/python/interpreter';
import { standardLibrary } from '../../src/python/stdlib';
import { PyIterator, PyList, type PyModule, PyTuple, Unknown, type Value } from '../../src/python/values';
import { parse, type Stmt } from '../../src/syntax';

const PREAMBLE = 'import torch\nfrom torch import nn\nimport torch.nn.functional as F\n';
const BLOCK = /```python\n([\s\S]*?)```/g;
const EXPECTATIONS = /(?<=\S)( *)# ((?:shape|dtype|params|trainable|fpo|other|gap|knob|equals|error): .*)$/;

/** Between pairs stand two spaces; within a value they may too. */
const BETWEEN = / {2,}(?=(?:shape|dtype|params|trainable|fpo|other|gap|knob|equals|error): )/;

/** What came of one statement. */
interface Outcome {
  readonly value: Value | undefined;
  readonly gaps: readonly string[];
  readonly knobs: readonly string[];
  readonly error: string | undefined;
  readonly fpo: { readonly contraction: number; readonly total: number };
}

/** A spec and the text that it should have had, with complaints line by line. */
export interface Checked {
  readonly text: string;
  readonly complaints: readonly string[];
}

export function check(text: string): Checked {
  const complaints: string[] = [];
  const updated = text.replace(BLOCK, (block, code: string, offset: number) => {
    const firstLine = text.slice(0, offset).split('\n').length + 1;
    return block.replace(code, () => checkBlock(code, firstLine, complaints));
  });
  return { text: updated, complaints };
}

function checkBlock(code: string, firstLine: number, complaints: string[]): string {
  const lines = code.split('\n');
  const program = new SpecProgram();
  for (const statement of parse(code).module.body) {
    const last = code.slice(0, statement.end).split('\n').length - 1;
    const line = lines[last] as string;
    const said = EXPECTATIONS.exec(line);
    const outcome = program.run(statement, code.slice(statement.start, statement.end));
    const expected = said?.[2] ?? '';
    const actual = answers(program.interpreter, outcome, expected);
    if (actual === expected) continue;
    complaints.push(
      `line ${firstLine + last}: ${line.trim()}\n    is ${actual || 'as it should be, and expects too much'}`,
    );
    const bare = said ? line.slice(0, said.index) : line;
    lines[last] = actual === '' ? bare : `${bare}${said?.[1] || '  '}# ${actual}`;
  }
  return lines.join('\n');
}

/** One namespace; each statement is recorded by itself. */
class SpecProgram {
  readonly interpreter: Interpreter;
  private readonly module: PyModule;
  private gaps: string[] = [];

  constructor() {
    this.interpreter = new Interpreter({
      limits: { milliseconds: Number.POSITIVE_INFINITY },
      reader: { read: () => undefined, isFolder: () => false },
      searchPaths: [],
      libraries: [torchLibrary, einopsLibrary, standardLibrary],
      onGap: (reason) => this.gaps.push(reason),
    });
    this.module = runModule(this.interpreter, PREAMBLE, 'spec.py');
  }

  run(statement: Stmt, text: string): Outcome {
    this.gaps = [];
    this.interpreter.refill();
    const torch = torchOf(this.interpreter);
    const recording = new Recording(this.interpreter);
    Object.assign(recording, { active: true });
    torch.recording = recording;
    const result = this.attempt(statement, text);
    torch.recording = undefined;
    const trace = recording.builder.build();
    const { fpo } = price(trace, { name: 'spec', mode: 'eval' });
    return {
      ...result,
      gaps: this.gaps,
      knobs: trace.knobs.map(({ name }) => name),
      fpo: fpo ?? { contraction: 0, total: 0 },
    };
  }

  private attempt(statement: Stmt, text: string): { value: Value | undefined; error: string | undefined } {
    try {
      return { value: this.perform(statement, text), error: undefined };
    } catch (error) {
      if (!(error instanceof PyRaise)) throw error;
      return { value: undefined, error: error.message };
    }
  }

  private perform(statement: Stmt, text: string): Value | undefined {
    if (statement.kind === 'Expr') return evaluateExpression(this.interpreter, text, this.module);
    executeText(this.interpreter, text, this.module);
    if (statement.kind !== 'Assign') return undefined;
    const [target] = statement.targets;
    if (target === undefined || target.kind === 'Tuple') return undefined;
    const { start, end } = target;
    return evaluateExpression(
      this.interpreter,
      text.slice(start - statement.start, end - statement.start),
      this.module,
    );
  }
}

type Answer = (interpreter: Interpreter, outcome: Outcome) => string;

const ANSWERS: Readonly<Record<string, Answer>> = {
  dtype: (_, { value }) => tensorOf(value)?.spec.dtype ?? 'none',
  equals: (interpreter, { value }) =>
    value === undefined ? 'nothing' : interpreter.repr(plain(interpreter, value)).replaceAll('\n', '\\n'),
  fpo: (_, { fpo }) => grouped(fpo.contraction),
  knob: (_, { knobs }) => knobs.join(', ') || 'none',
  other: (_, { fpo }) => grouped(fpo.total - fpo.contraction),
  params: (interpreter, { value }) => grouped(countParameters(interpreter, value, false)),
  shape: (interpreter, { value }) => shapesOf(interpreter, value),
  trainable: (interpreter, { value }) => grouped(countParameters(interpreter, value, true)),
};

/** The expectations as they should read: the same keys with true values, and what was not expected. */
function answers(interpreter: Interpreter, outcome: Outcome, expected: string): string {
  const pairs = expected === '' ? [] : expected.split(BETWEEN);
  const keys = pairs.map((pair) => pair.slice(0, pair.indexOf(':')));
  const said = keys.flatMap((key) => {
    const answer = ANSWERS[key];
    return answer && outcome.error === undefined ? [`${key}: ${answer(interpreter, outcome)}`] : [];
  });
  const gaps = [...new Set(outcome.gaps)].map((gap) => `gap: ${gap}`);
  return [...said, ...gaps, ...(outcome.error === undefined ? [] : [`error: ${outcome.error}`])].join('  ');
}

const grouped = (count: number): string => count.toLocaleString('en-US').replaceAll(',', '_');

/** Iterators are shown as the list of what they give. */
const plain = (interpreter: Interpreter, value: Value): Value =>
  value instanceof PyIterator ? new PyList(interpreter.list(value)) : value;

function shapesOf(interpreter: Interpreter, value: Value | undefined): string {
  const spec = tensorOf(value)?.spec;
  if (spec) return spec.shape.length === 1 ? `(${spec.shape[0]},)` : `(${spec.shape.join(', ')})`;
  if (value instanceof PyTuple || value instanceof PyList)
    return `[${value.items.map((item) => shapesOf(interpreter, item)).join(', ')}]`;
  if (value instanceof Unknown) return 'unknown';
  return value === undefined ? 'nothing' : interpreter.repr(value);
}

function countParameters(interpreter: Interpreter, value: Value | undefined, trainable: boolean): number {
  if (value === undefined) return 0;
  const parameters = interpreter.list(interpreter.callMethod(value, 'parameters')).map(tensorOf);
  const storages = new Map(parameters.flatMap((data) => (data ? [[data.storage, data] as const] : [])));
  return [...storages].reduce(
    (sum, [storage, { requiresGrad }]) => sum + (trainable && !requiresGrad ? 0 : storage.elements),
    0,
  );
}
