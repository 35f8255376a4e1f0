// The layer tree of a hand-made trace: own and cumulative figures, shared storages once per row, repeated calls, operators.

import assert from 'node:assert/strict';
import { price } from '../../src/price/price';
import type { TensorSpec } from '../../src/tensor/tensor';
import { TraceBuilder } from '../../src/trace/builder';
import type { TracedModule } from '../../src/trace/trace';

const float = (...shape: number[]): TensorSpec => ({ shape, dtype: 'float32' });
const elements = ({ shape }: TensorSpec): number => shape.reduce((a, b) => a * b, 1);

/** A root with two linear layers that share one weight; the first is called twice. */
function tied() {
  const builder = new TraceBuilder();
  const make = (kind: 'parameter' | 'input' | 'activation', spec: TensorSpec): number => {
    const count = elements(spec);
    return builder.value(
      spec,
      builder.storage({ kind, bytes: 4 * count, elements: count, trainable: kind === 'parameter' }),
    );
  };
  const [root, first, second] = [builder.declareModule(), builder.declareModule(), builder.declareModule()];
  const weight = make('parameter', float(8, 8));
  const bias = make('parameter', float(8));
  let x = make('input', float(2, 8));
  builder.setInputs([{ name: 'x', value: x }]);
  const call = (module: number, given: number | null): void => {
    const open = builder.enter('module', 'Linear', module, [], [x]);
    const out = make('activation', float(2, 8));
    const args = {
      input: { value: x },
      weight: { value: weight },
      bias: given === null ? null : { value: given },
    };
    builder.call({ op: 'linear', spelled: 'F.linear', args, outputs: [out], stack: [] });
    builder.exit(open, [out]);
    x = out;
  };
  const open = builder.enter('module', 'Tied', root, [], [x]);
  call(first, bias);
  call(first, bias);
  call(second, null);
  builder.exit(open, [x]);
  builder.setOutputs([{ name: 'output', value: x }]);
  const described = (path: string, parent: number, parameters: TracedModule['parameters']): TracedModule => ({
    path,
    className: path === '' ? 'Tied' : 'Linear',
    parent,
    site: -1,
    parameters,
    buffers: [],
  });
  builder.describeModule(root, described('', -1, []));
  const shared = { name: 'weight', value: weight };
  builder.describeModule(first, described('first', root, [shared, { name: 'bias', value: bias }]));
  builder.describeModule(second, described('second', root, [shared]));
  return price(builder.build(), { name: 'Tied()', mode: 'train' });
}

describe('layer rows', () => {
  const report = tied();
  const [root, first, second] = report.layers;

  it('a shared weight counts once in every row', () => {
    assert.deepEqual(report.params, { total: 72, trainable: 72 });
    assert.deepEqual(
      [root, first, second].map((row) => [row?.params.total, row?.ownParams.total, row?.weightBytes]),
      [
        [72, 0, 288],
        [72, 72, 288],
        [64, 64, 256],
      ],
    );
  });

  it('figures of a row cover all below it', () => {
    assert.deepEqual(root?.fpo, { total: 3 * 256 + 2 * 16, contraction: 3 * 256 });
    assert.deepEqual(root?.ownFpo, { total: 0, contraction: 0 });
    assert.deepEqual([first?.calls, second?.calls, first?.fpo.contraction], [2, 1, 512]);
    assert.deepEqual([root?.outputBytes, first?.outputBytes], [192, 128]);
  });

  it('a module of one operator shows its factors', () => {
    assert.deepEqual(second?.factors, [[2, 8, 8]]);
    assert.equal(root?.factors, undefined);
  });

  it('backward counts each gradient once, and none for the input of the model', () => {
    assert.equal((report.training.fpo?.contraction ?? 0) - (report.fpo?.contraction ?? 0), 5 * 256);
  });

  it('operators are added up by name', () => {
    assert.deepEqual(report.operators, [
      { op: 'linear', calls: 3, fpo: { total: 800, contraction: 768 }, outputBytes: 192 },
    ]);
  });

  it('memory: weights, the most that lives at once, what is kept', () => {
    assert.equal(report.memory.weights, 288);
    assert.equal(report.memory.inferencePeak, 288 + 2 * 64);
    assert.equal(report.memory.savedForBackward, 3 * 64);
  });
});
