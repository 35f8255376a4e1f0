// What CPython answers to a few hundred snippets (test/python/snippets), our interpreter answers too.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { evaluateExpression, executeText, runModule } from '../../src/python/evaluate';
import { PyRaise } from '../../src/python/exceptions';
import { Interpreter } from '../../src/python/interpreter';
import { standardLibrary } from '../../src/python/stdlib';

interface Block {
  readonly program: string;
  readonly answers: readonly (readonly [expression: string, answer: string])[];
}

const { topics } = JSON.parse(readFileSync('test/data/python-snippets.json', 'utf8')) as {
  topics: Record<string, readonly Block[]>;
};

const NOTHING = { read: () => undefined, isFolder: () => false };

/** Evaluates expressions one after the other behind a program. */
function session(program: string): (expression: string) => string {
  const interpreter = new Interpreter({
    reader: NOTHING,
    searchPaths: [],
    libraries: [standardLibrary],
    limits: { milliseconds: Number.POSITIVE_INFINITY },
  });
  const module = runModule(interpreter, '', 'snippet.py', 'snippet');
  executeText(interpreter, `${program}\n`, module);
  return (expression) => {
    interpreter.frames.length = 0;
    try {
      return interpreter.repr(evaluateExpression(interpreter, expression, module));
    } catch (error) {
      if (!(error instanceof PyRaise)) throw error;
      return `!${error.value.type.name}: ${interpreter.str(error.value)}`;
    }
  };
}

/** Messages of exceptions are compared by their class alone: CPython words them anew with every release. */
const comparable = (answer: string): string =>
  answer.startsWith('!') ? answer.replace(/:[\s\S]*/, '') : answer;

describe('python snippets', () => {
  for (const [topic, blocks] of Object.entries(topics)) {
    blocks.forEach(({ program, answers }, index) => {
      describe(`${topic} ${index + 1}`, () => {
        let ask: (expression: string) => string;
        before(() => {
          ask = session(program);
        });
        for (const [expression, answer] of answers) {
          it(expression.slice(0, 90), () => {
            assert.equal(comparable(ask(expression)), comparable(answer));
          });
        }
      });
    });
  }
});
