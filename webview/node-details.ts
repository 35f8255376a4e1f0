// The chosen node in full: what it is, where it lies, what goes in and comes out with the nodes at the other ends, and what
// it costs.

import { nodeTitle, type PanelGraph } from '../src/report/graph';
import type { Numbers } from '../src/report/numbers';
import type { PanelLayer } from '../src/report/panel';
import { element, link } from './dom';
import { insideOf, neighbours } from './node-order';

export interface DetailActions {
  readonly reveal: (row: number) => void;
  readonly showLayer: (path: string) => void;
}

/** Nodes that are named where a value goes to many. */
const MOST_READERS = 8;

export function nodeDetails(
  graph: PanelGraph,
  row: number,
  layers: readonly PanelLayer[],
  numbers: Numbers,
  actions: DetailActions,
): HTMLElement[] {
  const { nodes } = graph;
  const operator = nodes.operators[nodes.operator[row] ?? -1] ?? '';
  const heading = element('h3', {}, nodeTitle(nodes, row), ' ', element('span', { class: 'what' }, operator));
  const facts = [
    ...layerFact(graph, row, layers, actions),
    ...fact('Attributes', nodes.texts[nodes.attributes[row] ?? -1] ?? ''),
    ...values(graph, row, actions),
    ...costs(graph, row, numbers),
  ];
  return [heading, element('dl', {}, ...facts)];
}

const fact = (what: string, ...value: readonly (Node | string)[]): HTMLElement[] =>
  value.every((part) => part === '') ? [] : [element('dt', {}, what), element('dd', {}, ...value)];

function layerFact(
  { nodes }: PanelGraph,
  row: number,
  layers: readonly PanelLayer[],
  { reveal, showLayer }: DetailActions,
): HTMLElement[] {
  const holder = nodes.parent[row] ?? -1;
  const within =
    holder < 0
      ? []
      : fact(
          'Within',
          link(nodeTitle(nodes, holder), 'Go to the node that holds it', () => reveal(holder)),
        );
  const path = layers[nodes.layer[row] ?? 0]?.path ?? '';
  if (path === '') return within;
  return [
    ...within,
    ...fact(
      'Layer',
      link(path, 'Show it in the tree of layers', () => showLayer(path)),
    ),
  ];
}

function values({ nodes }: PanelGraph, row: number, { reveal }: DetailActions): HTMLElement[] {
  const { makers, readers } = neighbours(nodes, row);
  const go = (to: number) => link(nodeTitle(nodes, to), 'Go to this node', () => reveal(to));
  const typeText = (index: number | undefined): string => {
    const type = nodes.types[index ?? -1];
    return type ? `${type.shape.join('×') || 'scalar'} ${type.dtype}` : 'unknown';
  };
  const inputs = (nodes.inputs[row] ?? []).map((name, i) => {
    const maker = makers[i] ?? -1;
    const from = maker < 0 ? [] : [' from ', go(maker)];
    return name === ''
      ? element('li', {}, 'left out')
      : element('li', {}, element('code', {}, name), ` ${typeText(nodes.inputTypes[row]?.[i])}`, ...from);
  });
  const outputs = (nodes.outputs[row] ?? []).map((name, i) =>
    element('li', {}, element('code', {}, name), ` ${typeText(nodes.outputTypes[row]?.[i])}`),
  );
  const more = readers.length - MOST_READERS;
  const into = readers.slice(0, MOST_READERS).flatMap((to, i) => (i === 0 ? [go(to)] : [', ', go(to)]));
  return [
    ...(inputs.length > 0 ? fact('In', element('ul', {}, ...inputs)) : []),
    ...(outputs.length > 0 ? fact('Out', element('ul', {}, ...outputs)) : []),
    ...(into.length > 0 ? fact('Goes to', ...into, more > 0 ? ` and ${more} more` : '') : []),
  ];
}

function costs({ nodes }: PanelGraph, row: number, numbers: Numbers): HTMLElement[] {
  const at = (column: readonly number[]): number => column[row] ?? 0;
  const { count, fpo } = insideOf(nodes, row);
  const inside = count === 0 ? '' : `; ${numbers.fpo(fpo)} with the ${numbers.plural(count, 'node')} within`;
  return [
    ...fact(
      'Parameters',
      `${numbers.exact(at(nodes.params))}, ${numbers.bytes(at(nodes.weightBytes))} of weights`,
    ),
    ...fact(
      'FPO',
      `${numbers.exact(at(nodes.contraction))} in contractions, ${numbers.exact(at(nodes.other))} other${inside}`,
    ),
    ...fact(
      'Memory',
      `${numbers.bytes(at(nodes.outputBytes))} made, ${numbers.bytes(at(nodes.alive))} alive while it runs`,
    ),
  ];
}
