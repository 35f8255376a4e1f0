// The order in which the nodes of a graph run, and the mistakes that a graph can make with names: two values of one name,
// and cycles. ONNX asks for sorted nodes; files that are not sorted are sorted here.

import type { AttributeValue, GraphRecord, NodeRecord } from './model';
import { type Names, NameTable, NO_NAME } from './names';
import { quoted, refuse } from './onnx-error';

const graphsIn = (value: AttributeValue): readonly GraphRecord[] =>
  value.kind === 'graph' ? [value.graph] : value.kind === 'graphs' ? value.graphs : [];

const NONE: readonly GraphRecord[] = [];

/** The subgraphs of a node; most nodes have none. */
export function subgraphs({ attributes }: NodeRecord): readonly GraphRecord[] {
  let found = NONE;
  if (attributes.size === 0) return found;
  for (const value of attributes.values())
    if (value.kind === 'graph' || value.kind === 'graphs') found = [...found, ...graphsIn(value)];
  return found;
}

/** Names that a graph makes by itself. */
function ownNames(graph: GraphRecord): Set<number> {
  return new Set([
    ...graph.inputs.map(({ name }) => name),
    ...graph.initializers.map(({ name }) => name),
    ...graph.nodes.flatMap(({ outputs }) => outputs),
  ]);
}

/** Names that a node reads, those that its subgraphs take from outside included. */
export function namesRead(node: NodeRecord): readonly number[] {
  const graphs = subgraphs(node);
  if (graphs.length === 0) return node.inputs.includes(NO_NAME) ? node.inputs.filter(isName) : node.inputs;
  const captured = graphs.flatMap((graph) => {
    const own = ownNames(graph);
    const read = [...graph.nodes.flatMap(namesRead), ...graph.outputs.map(({ name }) => name)];
    return read.filter((name) => !own.has(name));
  });
  return [...node.inputs, ...captured].filter(isName);
}

const isName = (name: number): boolean => name !== NO_NAME;

/** Refuses a graph in which a name is given twice. */
export function checkGraph({ inputs, initializers, nodes }: GraphRecord, names: Names): void {
  const given = new NameTable<string>(names);
  const checkOne = (name: number, what: string): void => {
    const before = given.get(name);
    // what is fed in may have a default among the constants
    if (before === what || (before !== undefined && what === 'values'))
      refuse(
        `Two ${what} of this model have the name ${quoted(names.text(name))}, so it is not clear which is meant; export it again.`,
      );
    given.set(name, what);
  };
  for (const { name } of inputs) checkOne(name, 'inputs');
  for (const { name } of initializers) checkOne(name, 'constants');
  eachOutput(nodes, (name) => {
    if (name !== NO_NAME) checkOne(name, 'values');
  });
}

/** Tells of each output, with the place of its node. Plain loops: they are long before V8 has optimised them. */
function eachOutput(nodes: readonly NodeRecord[], tell: (name: number, node: number) => void): void {
  for (let at = 0; at < nodes.length; at++) {
    const { outputs } = nodes[at] as NodeRecord;
    for (let i = 0; i < outputs.length; i++) tell(outputs[i] as number, at);
  }
}

/** The place of the node that makes each name. */
export function makersOf(nodes: readonly NodeRecord[], names: Names): NameTable<number> {
  const makers = new NameTable<number>(names);
  eachOutput(nodes, (name, node) => makers.set(name, node));
  return makers;
}

/** The nodes in an order in which each comes after those that make its inputs. */
export function sorted(
  nodes: readonly NodeRecord[],
  names: Names,
  makers = makersOf(nodes, names),
): readonly NodeRecord[] {
  const isInOrder = (node: NodeRecord, i: number): boolean =>
    namesRead(node).every((name) => (makers.get(name) ?? -1) < i);
  if (nodes.every(isInOrder)) return nodes;
  const needs = nodes.map((node) => namesRead(node).flatMap((name) => makers.get(name) ?? []));
  return sortedBy(nodes, needs);
}

function sortedBy(nodes: readonly NodeRecord[], needs: readonly (readonly number[])[]): NodeRecord[] {
  const waiting = needs.map((list) => list.length);
  const users: number[][] = nodes.map(() => []);
  for (const [i, list] of needs.entries()) for (const at of list) users[at]?.push(i);
  const ready = waiting.flatMap((count, i) => (count === 0 ? [i] : []));
  const order: number[] = [];
  for (let next = 0; next < ready.length; next++) {
    const at = ready[next] as number;
    order.push(at);
    for (const user of users[at] ?? []) {
      waiting[user] = (waiting[user] as number) - 1;
      if (waiting[user] === 0) ready.push(user);
    }
  }
  if (order.length < nodes.length) refuseCycle(nodes, waiting);
  return order.map((i) => nodes[i] as NodeRecord);
}

function refuseCycle(nodes: readonly NodeRecord[], waiting: readonly number[]): never {
  const stuck = nodes[waiting.findIndex((count) => count > 0)] as NodeRecord;
  return refuse(
    `The graph of this model runs in a circle: ${quoted(stuck.name || stuck.op)} waits for its own result; the file is damaged, export it again.`,
  );
}
