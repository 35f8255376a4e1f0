// What a binding is: a row that brings a node of ONNX to operators of the catalogue. One row per operator, and one more
// for each opset version that changed what the row does; what a row reads generically (an attribute that became an input)
// needs no version of its own.

import type { Op } from '../ops/operator';
import type { NodeCall } from './node-call';
import type { Tensor, Value } from './values';

export interface Row {
  readonly op: string;
  /** Opset version from which on the row holds; default 1. */
  readonly since?: number;
  readonly bind: (call: NodeCall) => Value | readonly Value[];
}

/** Rows of one domain, by the operator's name, newest first. */
export type Bindings = ReadonlyMap<string, readonly Row[]>;

export function bindings(...tables: readonly (readonly Row[])[]): Bindings {
  const map = new Map<string, Row[]>();
  for (const row of tables.flat()) {
    const rows = map.get(row.op);
    if (rows) rows.push(row);
    else map.set(row.op, [row]);
  }
  for (const rows of map.values()) rows.sort((a, b) => (b.since ?? 1) - (a.since ?? 1));
  return map;
}

/** The row that holds in an opset version. */
export const rowFor = (all: Bindings, op: string, opset: number): Row | undefined =>
  all.get(op)?.find(({ since = 1 }) => since <= opset);

/** Element-wise in one operand; the type stays. */
export const unary =
  (op: Op): Row['bind'] =>
  (n) =>
    n.call(op, { input: n.in(0) }, { types: [n.dtype(0)] });

/** Element-wise in one operand; gives bool. */
export const test =
  (op: Op): Row['bind'] =>
  (n) =>
    n.call(op, { input: n.in(0) }, { types: ['bool'] });

/** Before opset 7, the second operand is put beside dimension `axis` of the first and stretched over the rest. */
export function alignedOther(n: NodeCall): Tensor {
  const other = n.in(1);
  const rank = n.shape(0).length;
  if (n.opset >= 7 || n.int('broadcast') === 0 || n.attribute('axis') === undefined) return other;
  const axis = (n.int('axis') + rank) % Math.max(rank, 1);
  const { shape } = other.spec;
  const behind = rank - axis - shape.length;
  return behind > 0 ? n.view(other, [...shape, ...new Array<number>(behind).fill(1)]) : other;
}

/** Element-wise in two operands of one type. */
export const binary =
  (op: Op, type?: 'bool'): Row['bind'] =>
  (n) =>
    n.call(op, { input: n.in(0), other: alignedOther(n) }, { types: [type ?? n.dtype(0)] });

/** A dimension counted from the front. */
export const axisOf = (axis: number, rank: number): number => (axis < 0 ? axis + rank : axis);
