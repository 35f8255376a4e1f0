// How a name of PyTorch becomes an operator: its public signature, the operator, and where needed a translation of the
// arguments. Bindings are data; recording the call is the recorder's business. Composites (a function that PyTorch itself
// writes in terms of others) are not bound: they stand in the Python prelude.

import type { Op, OpArgument } from '../../ops/operator';

/** Namespaces of PyTorch in which a bound name is visible. `Tensor` makes it a method whose first parameter is self. */
export type Namespace =
  | 'F'
  | 'Tensor'
  | 'torch'
  | 'torch.fft'
  | 'torch.linalg'
  | 'torch.special'
  | 'torchvision.ops';

/** Arguments by parameter name, after the binder: tensors as TensorSpec, tuples and lists as arrays. */
export type BoundArguments = Readonly<Record<string, OpArgument>>;

export interface Binding {
  /** Name without its namespace, as `conv2d`. The in-place twin `relu_` and `F.relu(inplace=True)` need no line of their own. */
  readonly name: string;
  readonly namespaces: readonly Namespace[];
  /**
   * Python parameter list: `input, weight, bias=None, stride=1`, with `*name` for variadic sizes and `*` before
   * keyword-only ones. Defaults are literals: None, True, numbers, strings, tuples.
   */
  readonly signature: string;
  readonly op: Op;
  /** The parameter with the sizes among which all elements of the first tensor, or all places along `dim`, are shared. */
  readonly fits?: string;
  /** Public arguments to the operator's; left out where the names agree. */
  readonly adapt?: (args: BoundArguments) => Readonly<Record<string, OpArgument>>;
  /**
   * What Python gets: `one` tensor (the default for operators with one output), a `tuple`, a `list`, or a named tuple with
   * these fields.
   */
  readonly result?: 'one' | 'tuple' | 'list' | readonly string[];
  /**
   * The row that holds for these arguments where the name has overloads, as `max(input, other)` beside
   * `max(input, dim)`: its op, adapt and result take the place of this row's.
   */
  readonly overload?: (args: BoundArguments) => Overload | undefined;
}

/** What another overload of the same name does; the arguments are bound by the row's signature all the same. */
export type Overload = Pick<Binding, 'op' | 'adapt' | 'result'>;
