// What ONNX Runtime and ONNX's own test data say of shapes, parameters and products: a sample of the truth files, made by
// scripts/sample-onnx-truth.mjs, and by scripts/make-contrib-truth.py. scripts/measure-onnx.mjs measures all of them.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { typeOfName } from '../../src/onnx/element-types';
import type { GivenInput } from '../../src/onnx/inputs';
import { memorySource } from '../../src/onnx/source';
import { traceNamed } from '../../src/onnx/trace';
import { CATALOGUE } from '../../src/ops/catalogue';
import { contractionFpo, type OpArgument } from '../../src/ops/operator';
import type { Trace, TracedArgument } from '../../src/trace/trace';

type TrueTensor = readonly [name: string, dtype: string | null, shape: readonly number[]];

interface Model {
  readonly name: string;
  readonly params: number;
  readonly fpo: number;
  readonly feeds: Readonly<Record<string, GivenInput>>;
  readonly tensors: readonly TrueTensor[];
  readonly model: string;
}

interface Case {
  readonly id: string;
  readonly inputs: Readonly<Record<string, GivenInput>>;
  readonly outputs: readonly TrueTensor[];
  readonly model: string;
}

function rows<T>(file: string): T[] {
  const text = gunzipSync(readFileSync(`test/data/onnx/${file}`)).toString();
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

const source = ({ model }: { readonly model: string }) => memorySource(Buffer.from(model, 'base64'));

/** An argument of a call with its values looked up. */
function plain({ values }: Trace, argument: TracedArgument): OpArgument {
  if (Array.isArray(argument)) return argument.map((one: TracedArgument) => plain({ values } as Trace, one));
  if (typeof argument !== 'object' || argument === null) return argument as OpArgument;
  return values[(argument as { value: number }).value] as OpArgument;
}

function contractionOf(trace: Trace): number {
  let total = 0;
  for (const { op, args, outputs } of trace.calls) {
    const definition = CATALOGUE.get(op);
    assert.ok(definition, `the catalogue has no ${op}`);
    const given = Object.entries(args).map(([name, value]) => [name, plain(trace, value)]);
    const results = outputs.map((id) => trace.values[id]);
    const cost = definition.cost?.(Object.fromEntries(given), results as never);
    if (cost) total += contractionFpo(cost);
  }
  return total;
}

function parametersOf({ modules, values, storages }: Trace): number {
  const owned = modules.flatMap(({ parameters }) =>
    parameters.map(({ value }) => values[value]?.storage ?? -1),
  );
  return [...new Set(owned)].reduce((sum, id) => sum + (storages[id]?.elements ?? 0), 0);
}

/** How a tensor differs from the truth, which names types as ONNX or as numpy does; undefined where it does not. */
function difference(
  tensors: ReturnType<typeof traceNamed>['tensors'],
  [name, dtype, shape]: TrueTensor,
): string | undefined {
  const got = tensors.get(name);
  const wanted = `${dtype === null ? got?.dtype : typeOfName(dtype)}[${shape}]`;
  const shown = got ? `${got.dtype}[${got.shape}]` : 'unknown';
  return shown === wanted ? undefined : `${name} is ${shown}, should be ${wanted}`;
}

const isTensor = ([, dtype]: TrueTensor): boolean => !dtype?.startsWith('sequence');

describe('onnx oracle', () => {
  for (const model of rows<Model>('models.jsonl.gz')) {
    it(`prices ${model.name} as ONNX Runtime runs it`, () => {
      const { trace, tensors } = traceNamed(source(model), { name: model.name, inputs: model.feeds });
      const wrong = model.tensors.filter(isTensor).flatMap((truth) => difference(tensors, truth) ?? []);
      assert.deepEqual(wrong, []);
      assert.equal(contractionOf(trace), model.fpo);
      assert.equal(parametersOf(trace), model.params);
      assert.deepEqual(
        trace.gaps.map(({ reason }) => reason),
        [],
      );
    });
  }

  it('gives each operator case its shapes, or says that it does not know', () => {
    const { wrong, unknown } = compared('operators.jsonl.gz');
    assert.deepEqual(wrong, []);
    assert.deepEqual(
      unknown.filter((id) => !UNKNOWABLE.test(id)),
      [],
    );
  });

  it('gives each operator of com.microsoft its shapes', () => {
    assert.deepEqual(compared('contrib.jsonl.gz'), { wrong: [], unknown: [] });
  });
});

/** Cases whose outputs differ from the truth, and those in which an output is not known. */
function compared(file: string): { readonly wrong: readonly string[]; readonly unknown: readonly string[] } {
  const wrong: string[] = [];
  const unknown: string[] = [];
  for (const one of rows<Case>(file)) {
    const { tensors } = traceNamed(source(one), { name: 'model.onnx', inputs: one.inputs });
    for (const truth of one.outputs) {
      const found = difference(tensors, truth);
      if (found && tensors.has(truth[0])) wrong.push(`${one.id}: ${found}`);
      else if (found) unknown.push(one.id);
    }
  }
  return { wrong, unknown };
}

/** Sizes of decoded images, and ranges whose ends are no constants. */
const UNKNOWABLE = /image_decoder|range_bfloat16/;
