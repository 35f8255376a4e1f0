// Runs Python text with PyTorch's prelude and no files at all, for tests.

import { type InputTree, torchLibrary, traceModel } from '../../../src/frameworks/torch';
import { evaluateExpression, runModule } from '../../../src/python/evaluate';
import { Interpreter } from '../../../src/python/interpreter';
import { standardLibrary } from '../../../src/python/stdlib';
import type { PyModule, Value } from '../../../src/python/values';
import type { Trace } from '../../../src/trace/trace';

export const FILE = 'test.py';

const NO_FILES = { read: () => undefined, isFolder: () => false };

export interface Program {
  readonly interpreter: Interpreter;
  readonly module: PyModule;
  readonly gaps: string[];
  evaluate(expression: string): Value;
  trace(expression: string, inputs?: readonly InputTree[], keywords?: Record<string, InputTree>): Trace;
}

/** A program of one file. */
export function program(text: string): Program {
  const gaps: string[] = [];
  const interpreter = new Interpreter({
    limits: { milliseconds: Number.POSITIVE_INFINITY },
    reader: NO_FILES,
    searchPaths: [],
    libraries: [torchLibrary, standardLibrary],
    onGap: (reason) => gaps.push(reason),
  });
  const module = runModule(interpreter, text, FILE);
  const evaluate = (expression: string): Value => evaluateExpression(interpreter, expression, module);
  return {
    interpreter,
    module,
    gaps,
    evaluate,
    trace: (expression, inputs, keywordInputs) =>
      traceModel(interpreter, () => evaluate(expression), { inputs, keywordInputs, mode: 'eval' }),
  };
}
