// The arithmetic behind a figure, with this layer's numbers in it: `2 × 3 × 7 × 7 × 64 × 112 × 112`. A formula is
// shown only where it gives the figure beside it, to the digit; where it does not, no formula is better than a wrong one.

import type { Fpo, TensorType } from '../price/model-report';
import type { Numbers } from './numbers';

type Products = readonly (readonly number[])[];

const LONGEST = 4;
const MOST_PER_ELEMENT = 64;

const product = (factors: readonly number[]): number => factors.reduce((all, factor) => all * factor, 1);

/** `2 × 3 × 7 × 7 × 64 + 802,816 other` for an operator with a contraction, `4 × 64 × 56 × 56` for one without. */
export function formula(
  products: Products,
  fpo: Fpo,
  outputs: readonly TensorType[],
  numbers: Numbers,
): string | undefined {
  return fpo.contraction > 0 ? contraction(products, fpo, numbers) : perElement(fpo, outputs, numbers);
}

function contraction(products: Products, fpo: Fpo, numbers: Numbers): string | undefined {
  const text = contractionText(products, fpo.contraction, numbers);
  const other = fpo.total - fpo.contraction;
  return text === undefined || other === 0 ? text : `${text} + ${numbers.exact(other)} other`;
}

/** The products with or without their leading 2, whichever gives the figure. */
function contractionText(products: Products, figure: number, numbers: Numbers): string | undefined {
  if (products.length === 0 || products.length > LONGEST) return undefined;
  const sum = products.reduce((all, factors) => all + product(factors), 0);
  const terms = products.map((factors) => times(factors, numbers));
  if (sum === figure) return terms.join(' + ');
  if (2 * sum !== figure) return undefined;
  return `2 × ${terms.length === 1 ? terms[0] : `(${terms.join(' + ')})`}`;
}

const times = (factors: readonly number[], numbers: Numbers): string =>
  factors.map(numbers.exact).join(' × ');

/** Element-wise work: so many operations for each element of the one output. */
function perElement(fpo: Fpo, outputs: readonly TensorType[], numbers: Numbers): string | undefined {
  const shape = outputs.length === 1 ? outputs[0]?.shape : undefined;
  const elements = product(shape ?? [0]);
  const each = fpo.total / elements;
  if (shape === undefined || !Number.isInteger(each) || each < 1 || each > MOST_PER_ELEMENT) return undefined;
  const sizes = shape.filter((size) => size !== 1);
  return `${times([each, ...sizes], numbers)} (${numbers.exact(each)} per output element)`;
}
