// A binding's parameter list with what every call of it asks: read once per program, because operators are called
// thousands of times.

import { parseSignature } from '../../python/native';
import type { Parameter } from '../../python/values';

export interface OperatorSignature {
  readonly parameters: readonly Parameter[];
  readonly names: ReadonlySet<string>;
  /** Index of `*sizes`; -1 where there is none. */
  readonly variadic: number;
  /** Index of `inplace`; -1 where there is none. */
  readonly inplace: number;
  /** How many arguments may be given by position; more of them are a mistake, or a flag that PyTorch lets pass. */
  readonly positional: number;
}

/** Signatures of one program by their text. */
export class Signatures {
  private readonly known = new Map<string, OperatorSignature>();

  of(text: string): OperatorSignature {
    const known = this.known.get(text);
    if (known) return known;
    const signature = readSignature(text);
    this.known.set(text, signature);
    return signature;
  }
}

function readSignature(text: string): OperatorSignature {
  const parameters = parseSignature(text);
  const variadic = parameters.findIndex(({ kind }) => kind === 'variadic');
  return {
    parameters,
    names: new Set(parameters.map(({ name }) => name)),
    variadic,
    inplace: parameters.findIndex(({ name }) => name === 'inplace'),
    positional:
      variadic >= 0
        ? Number.POSITIVE_INFINITY
        : parameters.filter(({ kind }) => kind === 'normal' || kind === 'positional').length,
  };
}
