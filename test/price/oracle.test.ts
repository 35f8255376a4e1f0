// Prices of small models against PyTorch's own: parameters, contraction FPO of forward and backward, activations alive at one
// time, bytes kept for backward. The models are in models.py, the truth in test/data/price.json (scripts/oracle-price.py).

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createCaseRunner } from '../../src/analysis/cases';
import { openBytes } from '../../src/node/bytes';
import * as onnx from '../../src/onnx';

interface Truth {
  readonly expr: string;
  readonly inputs: readonly { readonly shape: readonly number[]; readonly dtype: string }[];
  readonly params: number;
  readonly trainable: number;
  readonly buffers: number;
  readonly fpo: number;
  readonly activationPeak: number;
  readonly training: { readonly forward: number; readonly backward: number; readonly saved: number };
}

/** What `batch` answers, as far as it is looked at here. */
interface Answer {
  readonly ok: boolean;
  readonly params: { readonly total: number; readonly trainable: number };
  readonly buffers: number;
  readonly fpo: { readonly contraction: number };
  readonly training: { readonly fpo: { readonly contraction: number } };
  readonly memory: {
    readonly weights: number;
    readonly inferencePeak: number;
    readonly savedForBackward: number;
  };
  readonly gaps: readonly { readonly reason: string }[];
}

const FILE = 'test/price/models.py';
const truth: readonly Truth[] = JSON.parse(readFileSync('test/data/price.json', 'utf8')).cases;
const run = createCaseRunner({
  reader: { read: () => undefined, isFolder: () => false },
  readText: (path) => readFileSync(path, 'utf8'),
  openBytes,
  onnx: () => onnx,
});

const priced = ({ expr, inputs }: Truth, mode: 'eval' | 'train'): Answer =>
  run({ id: expr, file: FILE, expr, inputs, searchPaths: [], mode }) as Answer;

describe('prices against PyTorch', () => {
  for (const one of truth) {
    it(`${one.expr} on ${one.inputs.map(({ shape }) => `[${shape}]`).join(', ')}`, () => {
      const evaluated = priced(one, 'eval');
      assert.deepEqual(evaluated.gaps, []);
      const { memory } = evaluated;
      const trained = priced(one, 'train');
      assert.deepEqual(
        {
          params: evaluated.params.total,
          trainable: evaluated.params.trainable,
          buffers: evaluated.buffers,
          fpo: evaluated.fpo.contraction,
          activationPeak: memory.inferencePeak - memory.weights,
          training: {
            forward: trained.fpo.contraction,
            backward: trained.training.fpo.contraction - trained.fpo.contraction,
            saved: trained.memory.savedForBackward,
          },
        },
        { ...figures(one) },
      );
    });
  }
});

function figures({ expr: _, inputs: __, ...rest }: Truth): Omit<Truth, 'expr' | 'inputs'> {
  return rest;
}
