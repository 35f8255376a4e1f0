// What is fed in: declared types, sizes that the caller gives, and assumptions for what neither fixes. Symbols stand for
// the same size wherever they appear. Every assumption is a knob, so that no figure rests on one silently.

import type { DType } from '../tensor/dtype';
import type { Knob } from '../trace/trace';
import { typeOfName } from './element-types';
import type { Dimension, GraphRecord, TypeRecord, ValueRecord } from './model';
import type { Names } from './names';
import { quoted, refuse } from './onnx-error';
import { Optional, Sequence, storeFor, Tensor, Unknown, type Value } from './values';

/** The shape and type that the caller gives an input. */
export interface GivenInput {
  readonly shape: readonly number[];
  readonly dtype?: string;
}

export interface InputOptions {
  readonly inputs?: Readonly<Record<string, GivenInput>>;
  readonly knobs?: Readonly<Record<string, number>>;
}

/** Sizes assumed for symbols, by how they are named; the first that fits. */
const ASSUMED: readonly (readonly [name: RegExp, size: number, what: string])[] = [
  [/past|cache/i, 0, 'an empty cache'],
  [/batch|^n$|^b$|^bs$|num_images/i, 1, 'one example'],
  [/seq|len|time|token|frame|total|^[tls]$/i, 128, 'a sequence of 128'],
  [/height|width|^[hw]$|image|size/i, 224, 'an image of 224 × 224'],
  [/channel|^c$/i, 3, 'three channels'],
];

/** Sizes assumed where there is no telling name: images have rank 4 and stand as batch, channels, height, width. */
function assumedSize(symbol: string | null, axis: number, rank: number): readonly [number, string] {
  const known = symbol === null ? undefined : ASSUMED.find(([name]) => name.test(symbol));
  if (known) return [known[1], known[2]];
  if (rank === 4 && axis >= 2) return [224, 'an image of 224 × 224'];
  if (rank === 4 && axis === 1) return [3, 'three channels'];
  return [1, axis === 0 ? 'one example' : 'a size of 1'];
}

export class InputResolver {
  /** Sizes that symbols stand for. */
  readonly symbols = new Map<string, number>();
  private readonly given: ReadonlyMap<number, GivenInput>;

  constructor(
    private readonly names: Names,
    private readonly options: InputOptions,
    private readonly note: (knob: Knob) => void,
  ) {
    const given = Object.entries(options.inputs ?? {});
    this.given = new Map(given.map(([name, input]) => [names.of(name), input]));
  }

  /** The values of all inputs that are not initializers, and of those that are but were given a shape. */
  resolve(graph: GraphRecord): Map<number, Value> {
    const constants = new Set(graph.initializers.map(({ name }) => name));
    const fed = graph.inputs.filter(({ name }) => !constants.has(name) || this.given.has(name));
    this.checkGiven(graph, fed);
    for (const input of fed) this.bind(input);
    return new Map(fed.map((input) => [input.name, this.valueOf(input)]));
  }

  private checkGiven({ initializers }: GraphRecord, fed: readonly ValueRecord[]): void {
    const names = new Set([...fed, ...initializers].map(({ name }) => name));
    const stray = [...this.given.keys()].find((name) => !names.has(name));
    if (stray !== undefined)
      refuse(
        `The model has no input ${this.quoted(stray)}; its inputs are ${fed.map(({ name }) => this.quoted(name)).join(', ') || 'none'}.`,
      );
  }

  /** Symbols take their sizes from the shapes that the caller gives. */
  private bind({ name, type }: ValueRecord): void {
    const given = this.given.get(name);
    if (!given || type?.kind !== 'tensor' || type.shape?.length !== given.shape.length) return;
    for (const [axis, dimension] of type.shape.entries())
      if (typeof dimension === 'string' && !this.symbols.has(dimension))
        this.symbols.set(dimension, given.shape[axis] as number);
  }

  private quoted(name: number): string {
    return quoted(this.names.text(name));
  }

  private valueOf({ name: number, type }: ValueRecord): Value {
    const given = this.given.get(number);
    const name = this.names.text(number);
    if (given) return this.asGiven(name, given, type);
    return this.declared(name, type);
  }

  private asGiven(name: string, { shape, dtype }: GivenInput, type: TypeRecord | undefined): Value {
    const declared = type?.kind === 'tensor' ? type.dtype : undefined;
    const wanted = dtype === undefined ? declared : typeOfName(dtype);
    if (wanted === undefined)
      return refuse(
        `The element type of input ${quoted(name)} is not known; give it with the input's shape.`,
      );
    if (shape.some((size) => !Number.isSafeInteger(size) || size < 0))
      refuse(`Input ${quoted(name)} was given the shape [${shape.join(', ')}], which is no shape.`);
    return fed([...shape], wanted);
  }

  private declared(name: string, type: TypeRecord | undefined): Value {
    if (type?.kind === 'sequence') return new Sequence(undefined, this.element(name, type.element));
    if (type?.kind === 'optional') return new Optional(this.declared(name, type.element));
    if (type?.kind !== 'tensor')
      return new Unknown(`input ${quoted(name)} is of a type that is not followed`);
    const { dtype, shape } = type;
    if (dtype === undefined)
      return new Unknown(`input ${quoted(name)} has an element type that is not known`);
    if (shape === undefined)
      return new Unknown(`the file does not say what shape input ${quoted(name)} has; give it one`);
    return fed(
      shape.map((dimension, axis) => this.size(dimension, name, axis, shape.length)),
      dtype,
    );
  }

  /** The elements of a sequence, where the file fixes their shape. */
  private element(name: string, type: TypeRecord | undefined): Value {
    if (type?.kind !== 'tensor' || type.dtype === undefined || type.shape === undefined)
      return new Unknown(`the elements of input ${quoted(name)} have no fixed shape`);
    const { dtype, shape } = type;
    const fixed = shape.every((one) => typeof one === 'number' && one >= 0);
    return fixed
      ? fed(shape as readonly number[], dtype)
      : new Unknown(`the elements of input ${quoted(name)} have no fixed shape`);
  }

  private size(dimension: Dimension, name: string, axis: number, rank: number): number {
    if (typeof dimension === 'number' && dimension > 0) return dimension;
    const symbol = typeof dimension === 'string' ? dimension : null;
    const known = symbol === null ? undefined : this.sizeOf(symbol);
    const knob = symbol ?? `${name}.${axis}`;
    const size = known ?? this.open(knob, symbol, axis, rank, `dimension ${axis} of input ${quoted(name)}`);
    if (symbol !== null) this.symbols.set(symbol, size);
    return size;
  }

  /** A symbol's size, or that of a sum of symbols: exporters write `past_length + 1`. */
  sizeOf(symbol: string): number | undefined {
    const known = this.symbols.get(symbol) ?? this.options.knobs?.[symbol];
    if (known !== undefined || !symbol.includes('+')) return this.symbols.get(symbol);
    const parts = symbol.split('+').map((part) => part.trim());
    const sizes = parts.map((part) => (/^\d+$/.test(part) ? Number(part) : this.symbols.get(part)));
    return sizes.reduce((sum, size) => (sum === undefined || size === undefined ? undefined : sum + size), 0);
  }

  private open(knob: string, symbol: string | null, axis: number, rank: number, where: string): number {
    const set = this.options.knobs?.[knob];
    if (set !== undefined) {
      this.note({
        name: knob,
        value: set,
        source: 'config',
        settable: true,
        reason: `${where} is open in the file and was set`,
      });
      return set;
    }
    const [value, what] = assumedSize(symbol, axis, rank);
    const reason = `the file leaves ${where} open; ${what} is assumed`;
    this.note({ name: knob, value, source: 'assumed', settable: true, reason });
    return value;
  }
}

function fed(shape: readonly number[], dtype: DType): Tensor {
  const spec = { shape, dtype };
  return new Tensor(spec, storeFor(spec, 'input'));
}
