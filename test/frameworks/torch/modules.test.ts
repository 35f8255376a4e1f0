// Every layer of torch.nn against PyTorch itself: names and shapes of parameters and buffers, output shapes and dtypes,
// contraction FPO as FlopCounterMode counts them, and how the layer prints. The data is made by scripts/oracle-modules.py.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { InputTree } from '../../../src/frameworks/torch';
import { price } from '../../../src/price/price';
import { PyRaise } from '../../../src/python/exceptions';
import type { Trace } from '../../../src/trace/trace';
import { program } from './harness';

type Named = readonly [name: string, shape: readonly number[]];

interface Facts {
  readonly parameters: readonly Named[];
  readonly buffers: readonly Named[];
  readonly outputs: readonly { readonly shape: readonly number[]; readonly dtype: string }[];
  readonly fpo: number;
  readonly repr: string;
}

interface Case extends Facts {
  readonly expression: string;
  readonly inputs: readonly InputTree[];
  readonly keywordInputs?: Record<string, InputTree>;
  /** PyTorch refused it with an exception of this class. */
  readonly error?: string;
}

const CASES = JSON.parse(readFileSync('test/data/modules.json', 'utf8')) as readonly Case[];

const PROGRAM = program(`
import torch
from torch import nn
from torch.nn.utils import parametrizations
`);

/** FlopCounterMode gives nothing for these: it does not know the operators that they are made of. */
const UNCOUNTED = /Bilinear|spectral_norm/;

const show = ({ parameters, buffers, outputs, fpo, repr }: Facts): string => {
  const named = (list: readonly Named[]) => list.map(([name, shape]) => `${name}(${shape})`).join(' ');
  const types = outputs.map(({ shape, dtype }) => `${dtype}(${shape})`).join(' ');
  return `parameters ${named(parameters)}\nbuffers ${named(buffers)}\noutputs ${types}\nfpo ${fpo}\n${repr}`;
};

function namedTensors(trace: Trace, kind: 'parameters' | 'buffers'): Named[] {
  return trace.modules.flatMap((module) =>
    module[kind].map(({ name, value }): Named => {
      const path = module.path === '' ? name : `${module.path}.${name}`;
      return [path, trace.values[value]?.shape ?? []];
    }),
  );
}

/** What we say of a case, as text. */
function outcome({ expression, inputs, keywordInputs, fpo }: Case): string {
  try {
    const trace = PROGRAM.trace(`made := ${expression}`, inputs, keywordInputs);
    if (trace.incomplete !== undefined) return trace.incomplete;
    const report = price(trace, { name: expression, mode: 'eval' });
    const gaps = trace.gaps.map(({ reason }) => `\ngap: ${reason}`).join('');
    const facts = {
      parameters: namedTensors(trace, 'parameters'),
      buffers: namedTensors(trace, 'buffers'),
      outputs: report.outputs,
      fpo: UNCOUNTED.test(expression) ? fpo : (report.fpo?.contraction ?? 0),
      repr: PROGRAM.interpreter.repr(PROGRAM.evaluate('made')),
    };
    return show(facts) + gaps;
  } catch (error) {
    if (error instanceof PyRaise) return error.message;
    throw error;
  }
}

describe('layers of torch.nn are those of PyTorch', () => {
  for (const one of CASES) {
    const shapes = one.inputs.map((input) => JSON.stringify((input as { shape?: unknown }).shape ?? input));
    it(`${one.expression} on ${shapes.join(' ')}`, () => {
      if (one.error === undefined) assert.equal(outcome(one), show(one));
      else assert.match(outcome(one), /^\w*(Error|Exception): /);
    });
  }
});
