// A fixed sample of the larger corpora: every so many models of timm and transformers, read from the packages' own source,
// against what PyTorch counted. Packages that cannot be had are skipped, and said so. `npm run scoreboard` runs all.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { corpus } from '../../scripts/corpora.mjs';
import { createCaseRunner } from '../../src/analysis/cases';
import { openBytes } from '../../src/node/bytes';
import { createNodeReader, readText } from '../../src/node/files';
import * as onnx from '../../src/onnx';

interface Truth {
  readonly id: string;
  readonly file: string;
  readonly expr: string;
  readonly setup?: string;
  readonly inputs?: unknown;
  readonly kwinputs?: unknown;
  readonly params: number;
  readonly fpo: number | null;
}

interface Sample {
  readonly name: string;
  /** Every so many models of the truth file are tried. */
  readonly every: number;
  /** The package of the models, then those that it imports. */
  readonly packages: readonly (readonly [name: string, version: string])[];
}

const SAMPLES: readonly Sample[] = [
  {
    name: 'timm',
    every: 40,
    packages: [
      ['timm', '1.0.29'],
      ['torchvision', '0.28.0'],
    ],
  },
  {
    name: 'transformers',
    every: 30,
    packages: [
      ['transformers', '5.18.0'],
      ['timm', '1.0.29'],
      ['torchvision', '0.28.0'],
    ],
  },
];

for (const { name, every, packages } of SAMPLES) {
  describe(`a sample of ${name}, read from its source`, function () {
    this.timeout(120_000);
    const run = createCaseRunner({ reader: createNodeReader(), readText, openBytes, onnx: () => onnx });
    let searchPaths: string[] = [];

    before(function () {
      try {
        searchPaths = packages.map(([pack, version]) => corpus(pack, version));
      } catch (error) {
        console.log(`      skipped: ${(error as Error).message}`);
        this.skip();
      }
    });

    for (const { params, fpo, ...one } of sampled(name, every)) {
      it(one.id, () => {
        const file = join(searchPaths[0] ?? '', name, one.file);
        const result = run({
          ...one,
          inputs: one.inputs ?? undefined,
          kwinputs: one.kwinputs ?? undefined,
          file,
          searchPaths,
        });
        assert.deepEqual(figures(result, fpo !== null), { params, ...(fpo !== null && { fpo }) });
      });
    }
  });
}

function sampled(name: string, every: number): Truth[] {
  const lines = readFileSync(join('test/data/truth', `${name}.jsonl`), 'utf8')
    .trim()
    .split('\n');
  return lines.filter((_, index) => index % every === 0).map((line) => JSON.parse(line) as Truth);
}

interface Result {
  readonly ok: boolean;
  readonly error?: string;
  readonly params: { readonly total: number };
  readonly fpo: { readonly contraction: number } | null;
}

function figures(raw: object, withFpo: boolean): object {
  const { ok, error, params, fpo } = raw as Result;
  if (!ok) return { error };
  return { params: params.total, ...(withFpo && { fpo: fpo?.contraction ?? null }) };
}
