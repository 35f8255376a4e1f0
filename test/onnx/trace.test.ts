// Traces of small ONNX models: knobs, gaps, parameters, modules, control flow, and what is said of graphs that break rules.

import assert from 'node:assert/strict';
import type { onnx } from 'onnx-proto';
import { OnnxError } from '../../src/onnx/onnx-error';
import { memorySource } from '../../src/onnx/source';
import { type TraceOptions, traceNamed } from '../../src/onnx/trace';
import type { Trace } from '../../src/trace/trace';
import {
  field,
  floats,
  graphAttribute,
  INT64,
  int,
  intList,
  ints,
  join,
  modelBytes,
  modelSource,
  node,
  traceOnnx,
  valueInfo,
} from './making';

const named = (name: string, proto: onnx.INodeProto): onnx.INodeProto => ({ ...proto, name });

function traced(
  graph: onnx.IGraphProto,
  options: Partial<TraceOptions> = {},
  more: onnx.IModelProto = {},
): Trace {
  return traceOnnx(modelSource(graph, 18, more), { name: 'model.onnx', ...options });
}

const knobsOf = ({ knobs }: Trace): string[] =>
  knobs.map(({ name, value, source }) => `${name} = ${value} (${source})`);
const gapsOf = ({ gaps }: Trace): string[] => gaps.map(({ reason, count }) => `${count} × ${reason}`);
const shapesOut = ({ outputs, values }: Trace): string[] =>
  outputs.map(({ name, value }) => `${name} ${values[value]?.dtype}[${values[value]?.shape}]`);
const callsOf = ({ calls }: Trace): string[] => calls.map(({ op, spelled }) => `${op} ${spelled}`);
const parametersOf = ({ modules }: Trace): string[] =>
  modules.flatMap(({ path, parameters }) => parameters.map(({ name }) => `${path}: ${name}`));

const linear: onnx.IGraphProto = {
  name: 'net',
  node: [named('/fc/Gemm', node('Gemm', ['x', 'w', 'b'], ['y'], [int('transB', 1)]))],
  input: [valueInfo('x', ['batch', 8])],
  output: [valueInfo('y', ['batch', 4])],
  initializer: [floats('w', [4, 8], 128), floats('b', [4], 16), floats('unused', [100], 400)],
};

describe('onnx trace', () => {
  it('makes a knob of an open size', () => {
    const trace = traced(linear);
    assert.deepEqual(knobsOf(trace), ['batch = 1 (assumed)']);
    assert.deepEqual(shapesOut(trace), ['y float32[1,4]']);
    assert.deepEqual(knobsOf(traced(linear, { knobs: { batch: 16 } })), ['batch = 16 (config)']);
  });

  it('takes sizes from given inputs without a knob', () => {
    const trace = traced(linear, { inputs: { x: { shape: [3, 8] } } });
    assert.deepEqual(knobsOf(trace), []);
    assert.deepEqual(shapesOut(trace), ['y float32[3,4]']);
  });

  it('assumes images, sequences and empty caches by the names of symbols', () => {
    const input = [
      valueInfo('image', ['N', 3, 'height', 'width']),
      valueInfo('ids', ['N', 'sequence_length'], INT64),
      valueInfo('past', ['N', 2, 'past_length', 4]),
      valueInfo('mask', ['N', 'past_length + sequence_length'], INT64),
    ];
    const output = input.map(({ name }) => ({ name: `${name}_out` }));
    const nodes = input.map(({ name }) => node('Abs', [name ?? ''], [`${name}_out`]));
    const trace = traced({ node: nodes, input, output });
    assert.deepEqual(shapesOut(trace), [
      'image_out float32[1,3,224,224]',
      'ids_out int64[1,128]',
      'past_out float32[1,2,0,4]',
      'mask_out int64[1,128]',
    ]);
  });

  it('owns parameters by the module that uses them first, and none that no node uses', () => {
    const trace = traced(linear);
    assert.deepEqual(parametersOf(trace), ['fc: w', 'fc: b']);
    assert.deepEqual(callsOf(trace), ['linear /fc/Gemm']);
    const { parameters } = trace.modules[1] ?? { parameters: [] };
    const [weight] = parameters.map(({ value }) => trace.storages[trace.values[value]?.storage ?? -1]);
    assert.deepEqual(
      [weight?.kind, weight?.bytes, weight?.elements, weight?.trainable, weight?.heldUntil],
      ['parameter', 128, 32, true, -1],
    );
  });

  it('counts quantised weights, but no scales, zero points or indices', () => {
    const graph: onnx.IGraphProto = {
      node: [
        node('DequantizeLinear', ['q', 'scale', 'zero'], ['w']),
        node('MatMul', ['x', 'w'], ['m']),
        node('Gather', ['m', 'index'], ['y'], [int('axis', 1)]),
      ],
      input: [valueInfo('x', [2, 8])],
      output: [valueInfo('y', [2, 2])],
      initializer: [
        { name: 'q', dims: [8, 4], dataType: 3, rawData: new Uint8Array(32) },
        floats('scale', [4], 16),
        { name: 'zero', dims: [4], dataType: 3, rawData: new Uint8Array(4) },
        ints('index', [0, 3]),
      ],
    };
    assert.deepEqual(parametersOf(traced(graph)), [': q']);
    assert.deepEqual(shapesOut(traced(graph)), ['y float32[2,2]']);
  });

  it('builds the module tree from scopes in names, and from metadata', () => {
    const relu = (name: string, input: string, output: string) =>
      named(name, node('Relu', [input], [output]));
    const byName = traced({
      node: [
        relu('/layer1/layer1.0/act/Relu', 'x', 'a'),
        relu('/layer1/layer1.1/act/Relu', 'a', 'b'),
        relu('/Relu', 'b', 'y'),
      ],
      input: [valueInfo('x', [1])],
      output: [valueInfo('y', [1])],
    });
    assert.deepEqual(
      byName.modules.map(({ path, parent }) => `${path}<${parent}`),
      ['<-1', 'layer1<0', 'layer1.0<1', 'layer1.0.act<2', 'layer1.1<1', 'layer1.1.act<4'],
    );
    assert.deepEqual(
      byName.invocations.map(({ module, firstCall, endCall }) => `${module}: ${firstCall}–${endCall}`),
      ['0: 0–3', '1: 0–2', '2: 0–1', '3: 0–1', '4: 1–2', '5: 1–2'],
    );
  });

  it('folds what depends on shapes and constants alone', () => {
    const graph: onnx.IGraphProto = {
      node: [
        node('Shape', ['x'], ['s']),
        node('Gather', ['s', 'zero'], ['n']),
        node('Concat', ['n', 'rest'], ['target'], [int('axis', 0)]),
        node('Reshape', ['x', 'target'], ['y']),
      ],
      input: [valueInfo('x', ['batch', 2, 3])],
      output: [{ name: 'y' }],
      initializer: [ints('zero', [0]), ints('rest', [-1])],
    };
    const trace = traced(graph, { knobs: { batch: 5 } });
    assert.deepEqual(callsOf(trace), ['reshape Reshape']);
    assert.deepEqual(shapesOut(trace), ['y float32[5,6]']);
  });

  it('leaves a gap for an unknown operator and goes on with what the file declares', () => {
    const graph: onnx.IGraphProto = {
      node: [node('Magic', ['x'], ['m'], [], 'com.example'), node('Relu', ['m'], ['y'])],
      input: [valueInfo('x', [1, 4])],
      output: [{ name: 'y' }],
    };
    assert.match(gapsOf(traced(graph))[0] ?? '', /`com.example:Magic` is of a domain that is not known here/);
    assert.deepEqual(shapesOut(traced(graph)), []);
    const declared = traced({ ...graph, valueInfo: [valueInfo('m', [1, 7])] });
    assert.deepEqual(shapesOut(declared), ['y float32[1,7]']);
    assert.equal(declared.gaps.length, 1);
  });

  it('marks sizes that depend on the data', () => {
    const trace = traced({
      node: [named('find', node('NonZero', ['x'], ['y']))],
      input: [valueInfo('x', [4, 5])],
      output: [{ name: 'y' }],
    });
    assert.deepEqual(shapesOut(trace), ['y int64[2,20]']);
    assert.match(knobsOf(trace)[0] ?? '', /nonzero elements of find = 20,2 \(assumed\)/);
  });

  it('follows functions of the model, with their attributes and optional inputs', () => {
    const body = {
      name: 'Block',
      domain: 'my',
      input: ['a', 'w', 'bias'],
      output: ['r'],
      attribute: ['dim'],
      node: [
        node('Gemm', ['a', 'w', 'bias'], ['g']),
        node('Softmax', ['g'], ['r'], [{ name: 'axis', refAttrName: 'dim', type: 2 }]),
      ],
      opsetImport: [{ domain: '', version: 18 }],
    };
    const graph: onnx.IGraphProto = {
      node: [node('Block', ['x', 'w'], ['y'], [int('dim', 1)], 'my')],
      input: [valueInfo('x', [2, 8])],
      output: [{ name: 'y' }],
      initializer: [floats('w', [8, 4], 128)],
    };
    const trace = traced(graph, {}, { functions: [body] });
    assert.deepEqual(callsOf(trace), ['matmul Gemm', 'softmax Softmax']);
    assert.deepEqual(shapesOut(trace), ['y float32[2,4]']);
  });

  it('ends functions that call themselves', () => {
    const body = {
      name: 'Loop',
      domain: 'my',
      input: ['a'],
      output: ['r'],
      node: [node('Loop', ['a'], ['r'], [], 'my')],
    };
    const graph = {
      node: [node('Loop', ['x'], ['y'], [], 'my')],
      input: [valueInfo('x', [1])],
      output: [{ name: 'y' }],
    };
    assert.match(gapsOf(traced(graph, {}, { functions: [body] }))[0] ?? '', /calls itself/);
  });
});

describe('onnx control flow', () => {
  const matmul = (weight: string) => ({
    node: [node('MatMul', ['x', weight], ['out'])],
    output: [{ name: 'out' }],
  });
  const branches: onnx.IGraphProto = {
    node: [
      named(
        'choose',
        node(
          'If',
          ['c'],
          ['y'],
          [graphAttribute('then_branch', matmul('narrow')), graphAttribute('else_branch', matmul('wide'))],
        ),
      ),
    ],
    input: [valueInfo('x', [2, 8]), valueInfo('c', [], 9)],
    output: [{ name: 'y' }],
    initializer: [floats('narrow', [8, 2], 64), floats('wide', [8, 32], 1024)],
  };

  it('assumes the dearer branch and says so', () => {
    const trace = traced(branches);
    assert.deepEqual(shapesOut(trace), ['y float32[2,32]']);
    assert.deepEqual(knobsOf(trace), ['branch of choose = else_branch (assumed)']);
    assert.equal(trace.calls.length, 1);
    assert.deepEqual(shapesOut(traced(branches, { knobs: { 'branch of choose': 1 } })), ['y float32[2,2]']);
  });

  const counted = (rounds: onnx.ITensorProto[]): onnx.IGraphProto => ({
    node: [
      named(
        'repeat',
        node(
          'Loop',
          ['n', '', 'x'],
          ['y', 'all'],
          [
            graphAttribute('body', {
              node: [node('Identity', ['cond'], ['go']), node('Mul', ['state', 'state'], ['next'])],
              input: [valueInfo('i', [], INT64), valueInfo('cond', [], 9), valueInfo('state', [4])],
              output: [{ name: 'go' }, { name: 'next' }, { name: 'next' }],
            }),
          ],
        ),
      ),
    ],
    input: [valueInfo('x', [4]), ...(rounds.length > 0 ? [] : [valueInfo('n', [], INT64)])],
    output: [{ name: 'y' }, { name: 'all' }],
    initializer: rounds,
  });

  it('runs a loop as often as its count says', () => {
    const trace = traced(counted([{ name: 'n', dims: [], dataType: INT64, int64Data: [5] }]));
    assert.equal(trace.calls.filter(({ op }) => op === 'mul').length, 5);
    assert.deepEqual(shapesOut(trace), ['y float32[4]', 'all float32[5,4]']);
  });

  it('counts one round where the count is not known, and claims no shape that hangs on it', () => {
    const trace = traced(counted([]));
    assert.equal(trace.calls.length, 1);
    assert.deepEqual(shapesOut(trace), ['y float32[4]']);
    assert.deepEqual(knobsOf(trace), ['rounds of repeat = 1 (assumed)']);
    const set = traced(counted([]), { knobs: { 'rounds of repeat': 3 } });
    assert.deepEqual(shapesOut(set), ['y float32[4]', 'all float32[3,4]']);
  });

  it('ends a loop that has no end', () => {
    const graph = counted([{ name: 'n', dims: [], dataType: INT64, int64Data: [2 ** 50] }]);
    const trace = traced(graph);
    assert.ok(trace.calls.length <= 10_001);
    assert.deepEqual(shapesOut(trace), ['y float32[4]']);
  });
});

describe('onnx graphs that break rules', () => {
  const io = { input: [valueInfo('x', [2, 3])], output: [{ name: 'y' }] };

  const refused = (graph: onnx.IGraphProto): string => {
    try {
      traced(graph);
    } catch (error) {
      assert.ok(error instanceof OnnxError, String(error));
      return error.message;
    }
    return 'accepted';
  };

  it('says where a graph runs in a circle', () => {
    const nodes = [node('Add', ['x', 'b'], ['a']), node('Relu', ['a'], ['b']), node('Relu', ['b'], ['y'])];
    assert.match(refused({ ...io, node: nodes }), /runs in a circle/);
  });

  it('sorts nodes that are out of order', () => {
    const nodes = [node('Relu', ['a'], ['y']), node('Neg', ['x'], ['a'])];
    assert.deepEqual(callsOf(traced({ ...io, node: nodes })), ['neg Neg', 'relu Relu']);
  });

  it('says which name is given twice', () => {
    const nodes = [node('Relu', ['x'], ['y']), node('Neg', ['x'], ['y'])];
    assert.match(refused({ ...io, node: nodes }), /Two values .* have the name `y`/);
    const twice = [floats('w', [1], 4), floats('w', [1], 4)];
    assert.match(refused({ ...io, node: [], initializer: twice }), /Two constants .* have the name `w`/);
  });

  it('says what an operator cannot do instead of failing', () => {
    const nodes = [named('join', node('Reshape', ['x', 's'], ['y']))];
    const trace = traced({ ...io, node: nodes, initializer: [ints('s', [4, -1])] });
    assert.equal(trace.gaps.length, 1);
    assert.deepEqual(shapesOut(trace), []);
  });

  it('does not make tensors that cannot be', () => {
    const nodes = [node('ConstantOfShape', ['s'], ['y'])];
    for (const sizes of [[-4], [2 ** 40, 2 ** 40], new Array<number>(200).fill(1)]) {
      const trace = traced({ ...io, node: nodes, initializer: [ints('s', sizes)] });
      assert.equal(trace.gaps.length, 1, String(sizes));
    }
  });

  it('says what input a model has where another is given', () => {
    const graph = { ...io, node: [node('Relu', ['x'], ['y'])] };
    assert.throws(() => traced(graph, { inputs: { z: { shape: [1] } } }), /no input `z`; its inputs are `x`/);
  });

  it('takes a negative or zero size of an input for an open one', () => {
    const graph = {
      input: [valueInfo('x', [-1, 0, 3])],
      output: [{ name: 'y' }],
      node: [node('Relu', ['x'], ['y'])],
    };
    assert.deepEqual(knobsOf(traced(graph)), ['x.0 = 1 (assumed)', 'x.1 = 1 (assumed)']);
  });

  it('says that an output contradicts what the file declares', () => {
    const graph = { ...io, output: [valueInfo('y', [2, 3], INT64)], node: [node('Relu', ['x'], ['y'])] };
    const trace = traced(graph);
    assert.match(gapsOf(trace)[0] ?? '', /declares int64 for the output `y`, but its operators give float32/);
    assert.deepEqual(shapesOut(trace), []);
  });

  it('names constants of a type that is not known', () => {
    const odd = { name: 'w', dims: [4], dataType: 27, rawData: new Uint8Array(3) };
    const trace = traced({ ...io, node: [node('Add', ['x', 'w'], ['y'])], initializer: [odd] });
    assert.match(gapsOf(trace)[0] ?? '', /not known/);
  });
});

describe('onnx modules', () => {
  it('reads name scopes and classes from metadata that the decoder does not know', () => {
    const entry = (key: string, value: string) => field(9, join(field(1, key), field(2, value)));
    const relu = join(field(1, 'x'), field(2, 'y'), field(4, 'Relu'));
    const scopes = entry('pkg.torch.onnx.name_scopes', "['', 'layer1', 'layer1.0', 'relu_1']");
    const classes = entry(
      'pkg.torch.onnx.class_hierarchy',
      "['Net', 'torch.nn.Sequential', 'torch.nn.ReLU', 'aten.relu']",
    );
    const graph = modelBytes({ input: [valueInfo('x', [1])], output: [{ name: 'y' }] });
    const bytes = join(graph.subarray(0, 0), mergedGraph(graph, field(1, join(relu, scopes, classes))));
    const { trace } = traceNamed(memorySource(bytes), { name: 'model.onnx' });
    assert.deepEqual(trace.modules.map(({ path, className }) => `${path} ${className}`).slice(1), [
      'layer1 Sequential',
      'layer1.0 ReLU',
    ]);
  });
});

/** The model with one more field in its graph, which is the last field of the model. */
function mergedGraph(model: Uint8Array, extra: Uint8Array): Uint8Array {
  const start = model.indexOf(0x3a);
  const length = model[start + 1] ?? 0;
  const graph = model.subarray(start + 2, start + 2 + length);
  return join(model.subarray(0, start), field(7, join(graph, extra)), model.subarray(start + 2 + length));
}

describe('onnx names of nodes', () => {
  const modulesOf = (name: string): string[] => {
    const graph = { node: [{ ...node('Relu', ['x'], ['y']), name }], input: [valueInfo('x', [1])] };
    return traced({ ...graph, output: [valueInfo('y', [1])] }).modules.map(({ path }) => path);
  };

  it('name modules as exporters do', () => {
    assert.deepEqual(modulesOf('/layer1/layer1.0/conv1/Conv'), ['', 'layer1', 'layer1.0', 'layer1.0.conv1']);
    assert.deepEqual(modulesOf('model/block//Conv2D'), ['', 'model', 'model.block']);
    assert.deepEqual(modulesOf('/Conv'), ['']);
  });

  it('may be of any length', () => {
    assert.equal(modulesOf('/'.repeat(1_000_000)).length, 1);
    assert.equal(modulesOf('a/'.repeat(1_000_000)).length, 33);
  });
});

describe('onnx attributes', () => {
  it('reads old forms: attributes in place of inputs, axes of broadcasting', () => {
    const graph: onnx.IGraphProto = {
      node: [
        node('Add', ['x', 'b'], ['a'], [int('broadcast', 1), int('axis', 1)]),
        node('Slice', ['a'], ['s'], [intList('axes', [2]), intList('starts', [1]), intList('ends', [3])]),
        node('Reshape', ['s'], ['y'], [intList('shape', [0, -1])]),
      ],
      input: [valueInfo('x', [2, 3, 5, 7])],
      output: [{ name: 'y' }],
      initializer: [floats('b', [3], 12)],
    };
    const trace = traceOnnx(modelSource(graph, 4), { name: 'model.onnx' });
    assert.deepEqual(gapsOf(trace), []);
    assert.deepEqual(shapesOut(trace), ['y float32[2,42]']);
  });
});
