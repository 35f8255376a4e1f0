// Parameters and contraction FPO of torchvision's models, read from torchvision's own source, against what PyTorch counted.
// The package is fetched from the package index into an ignored cache; where it cannot be had, the tests are skipped and
// say so. A model may be less than exact only where it says so itself: by a gap.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { corpus } from '../../scripts/corpora.mjs';
import { createCaseRunner } from '../../src/analysis/cases';
import { openBytes } from '../../src/node/bytes';
import { createNodeReader, readText } from '../../src/node/files';
import * as onnx from '../../src/onnx';

interface Input {
  readonly shape: readonly number[];
  readonly dtype: string;
}

interface Truth {
  readonly id: string;
  readonly kind: string;
  readonly file: string;
  readonly expr: string;
  readonly inputs: readonly Input[] | null;
  readonly params: number;
  readonly trainable: number;
  readonly buffers: number;
  readonly fpo: number | null;
}

interface Famous {
  readonly name: string;
  readonly call: string;
  readonly input: Readonly<Record<string, readonly number[]>>;
  readonly params: number;
  readonly buffers: number;
  readonly flops: number;
}

interface Result {
  readonly ok: boolean;
  readonly error?: string;
  readonly params: { readonly total: number; readonly trainable: number };
  readonly buffers: number;
  readonly fpo: { readonly contraction: number } | null;
  readonly gaps: readonly { readonly reason: string }[];
}

const read = (file: string): string => readFileSync(join('test/data/truth', file), 'utf8');
const truth = read('torchvision.jsonl')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Truth);
const famous = JSON.parse(read('famous.json')) as readonly Famous[];

describe('torchvision, read from its source', function () {
  this.timeout(120_000);
  const run = createCaseRunner({ reader: createNodeReader(), readText, openBytes, onnx: () => onnx });
  let site = '';

  before(function () {
    try {
      site = corpus('torchvision', '0.28.0');
    } catch (error) {
      console.log(`      skipped: ${(error as Error).message}`);
      this.skip();
    }
  });

  for (const one of truth.filter(({ kind }) => kind === 'classification')) {
    it(one.id, () => {
      const { expr, inputs } = one;
      const file = join(site, 'torchvision', one.file);
      const result = run({ id: one.id, file, expr, inputs, searchPaths: [site] }) as Result;
      const { params, trainable, buffers, fpo } = one;
      assert.deepEqual(figures(result), { params, trainable, buffers, fpo, gaps: [] });
    });
  }

  describe('famous models, by their calls', () => {
    let file = '';

    before(() => {
      file = join(mkdtempSync(join(tmpdir(), 'price-tag-')), 'famous.py');
      writeFileSync(file, 'import torchvision\n');
    });

    for (const { name, call, input, params, buffers, flops } of famous) {
      it(name, () => {
        const inputs = Object.values(input).map((shape) => ({ shape, dtype: 'float32' }));
        const result = run({ id: name, file, expr: call, inputs, searchPaths: [site] }) as Result;
        assert.deepEqual(figures(result), { params, trainable: params, buffers, fpo: flops, gaps: [] });
      });
    }
  });

  it('is never wrong without a gap, on all of its models', () => {
    const wrong = truth.filter(({ id, file, expr, inputs, params, fpo }) => {
      const result = run({
        id,
        file: join(site, 'torchvision', file),
        expr,
        inputs,
        searchPaths: [site],
      }) as Result;
      if (!result.ok || result.gaps.length > 0) return false;
      return result.params.total !== params || (fpo !== null && result.fpo?.contraction !== fpo);
    });
    assert.deepEqual(
      wrong.map(({ id }) => id),
      [],
    );
  });
});

function figures(result: Result): object {
  if (!result.ok) return { error: result.error };
  return {
    params: result.params.total,
    trainable: result.params.trainable,
    buffers: result.buffers,
    fpo: result.fpo?.contraction ?? null,
    gaps: [...new Set(result.gaps.map(({ reason }) => reason))],
  };
}
