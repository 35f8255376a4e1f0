// The table of nodes: its columns add up to the model's figures, nodes of bodies stand behind the node that holds them, and
// the page's filters, orders and neighbours read it.

import assert from 'node:assert/strict';
import type { onnx } from 'onnx-proto';
import type { ModelReport, NodeTable } from '../../src/price/model-report';
import { price } from '../../src/price/price';
import { nodeTitle } from '../../src/report/graph';
import type { PanelLayer } from '../../src/report/panel';
import {
  FRESH_NODES,
  insideOf,
  type NodeState,
  neighbours,
  nextNodeSort,
  shownNodes,
} from '../../webview/node-order';
import { floats, graphAttribute, ints, modelSource, node, traceOnnx, valueInfo } from './making';

const named = (name: string, proto: onnx.INodeProto): onnx.INodeProto => ({ ...proto, name });

/** A product, a loop of three rounds around a sum, and a weight that two nodes share. */
const GRAPH: onnx.IGraphProto = {
  node: [
    named('/a/MatMul', node('MatMul', ['x', 'w'], ['p'])),
    named('/b/Loop', {
      ...node('Loop', ['n', '', 'p'], ['q']),
      attribute: [
        graphAttribute('body', {
          node: [
            named('/b/body/Add', node('Add', ['s', 'p'], ['t'])),
            named('/b/body/Identity', node('Identity', ['c'], ['d'])),
          ],
          input: [{ name: 'i' }, { name: 'c' }, { name: 's' }],
          output: [{ name: 'd' }, { name: 't' }],
        }),
      ],
    }),
    named('/a/MatMul_1', node('MatMul', ['q', 'w'], ['y'])),
  ],
  input: [valueInfo('x', [2, 4])],
  output: [{ name: 'y' }],
  initializer: [floats('w', [4, 4]), { ...ints('n', [3]), dims: [] }],
};

const report: ModelReport = price(traceOnnx(modelSource(GRAPH), { name: 'm.onnx' }), {
  name: 'm',
  mode: 'eval',
});
const nodes = report.nodes as NodeTable;
const sum = (column: readonly number[]): number => column.reduce((total, value) => total + value, 0);
const titles = (rows: readonly number[]): string[] => rows.map((row) => nodeTitle(nodes, row));
const layers = report.layers.map(({ parent, path }) => ({ parent, path }) as PanelLayer);
const shown = (state: Partial<NodeState>): string[] =>
  titles(shownNodes(nodes, layers, { ...FRESH_NODES, ...state }));

describe('onnx nodes', () => {
  it('add up to the model', () => {
    assert.equal(sum(nodes.contraction), report.fpo?.contraction);
    assert.equal(sum(nodes.contraction) + sum(nodes.other), report.fpo?.total);
    assert.equal(sum(nodes.params), report.params.total);
    assert.equal(sum(nodes.weightBytes), report.memory.weights);
    assert.deepEqual(nodes.params, [16, 0, 0, 0, 0]);
    assert.equal(Math.max(...nodes.alive) + report.memory.weights, report.memory.inferencePeak);
  });

  it('stand behind the node that holds them, once for all rounds', () => {
    assert.deepEqual(titles([...nodes.name.keys()]), [
      '/a/MatMul',
      '/b/Loop',
      '/b/body/Add',
      '/b/body/Identity',
      '/a/MatMul_1',
    ]);
    assert.deepEqual(nodes.parent, [-1, -1, 1, 1, -1]);
    assert.deepEqual(nodes.other, [0, 0, 3 * 8, 0, 0]);
    assert.deepEqual(insideOf(nodes, 1), { count: 2, fpo: 24 });
  });

  it('have the types of what goes in and out', () => {
    const type = (index: number | undefined) => nodes.types[index ?? -1]?.shape;
    assert.deepEqual(nodes.inputTypes[0]?.map(type), [
      [2, 4],
      [4, 4],
    ]);
    assert.deepEqual(nodes.outputTypes[4]?.map(type), [[2, 4]]);
  });

  it('are counted by operator', () => {
    const rows = report.operators.map(({ op, calls, params, fpo }) => [op, calls, params, fpo.total]);
    assert.deepEqual(rows.slice(0, 2), [
      ['MatMul', 2, 16, 2 * 2 * 2 * 4 * 4],
      ['Add', 1, 0, 24],
    ]);
  });

  it('are filtered by text and by layer', () => {
    assert.deepEqual(shown({ filter: 'matmul' }), ['/a/MatMul', '/a/MatMul_1']);
    assert.deepEqual(shown({ layer: 'a' }), ['/a/MatMul', '/a/MatMul_1']);
    assert.deepEqual(shown({ layer: 'b', filter: 'loop' }), ['/b/Loop']);
  });

  it('are sorted, the dearest or A first, and back', () => {
    const byCost = nextNodeSort(null, 'other');
    assert.equal(shown({ sort: byCost })[0], '/b/body/Add');
    assert.equal(shown({ sort: nextNodeSort(null, 'name') })[0], '/a/MatMul');
    assert.equal(nextNodeSort(nextNodeSort(byCost, 'other'), 'other'), null);
  });

  it('know their neighbours', () => {
    assert.deepEqual(neighbours(nodes, 4), { makers: [1, -1], readers: [] });
    assert.deepEqual(neighbours(nodes, 0).readers, [1]);
  });

  it('say where a gap and a knob are', () => {
    const odd = price(
      traceOnnx(modelSource({ ...GRAPH, node: [named('odd', node('Odd', ['x'], ['y']))] }), {
        name: 'm.onnx',
      }),
      { name: 'm', mode: 'eval' },
    );
    assert.deepEqual(odd.gaps[0]?.stack, [{ file: 'm.onnx', start: 0, end: 1 }]);
  });
});
