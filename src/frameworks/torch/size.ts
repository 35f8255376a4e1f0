// torch.Size: the shape of a tensor as Python sees it, a tuple that can count.

import type { Interpreter } from '../../python/interpreter';
import { type PyClass, PyTuple, type Value } from '../../python/values';
import { makeNativeClass } from './classes';

export function createSize(interpreter: Interpreter): PyClass {
  const { tuple } = interpreter.types;
  const cls = makeNativeClass(
    interpreter,
    'Size',
    [
      [
        '__new__',
        'cls, sizes=()',
        (_, [type, sizes]) => new PyTuple(interpreter.list(sizes as Value), type as PyClass),
      ],
      [
        '__repr__',
        'self',
        (_, [self]) =>
          `torch.Size([${itemsOf(self)
            .map((i) => interpreter.repr(i))
            .join(', ')}])`,
      ],
      [
        'numel',
        'self',
        (_, [self]) => itemsOf(self).reduce<number>((product, size) => product * Number(size), 1),
      ],
    ],
    [tuple],
  );
  return cls;
}

const itemsOf = (self: Value | undefined): readonly Value[] => (self instanceof PyTuple ? self.items : []);
