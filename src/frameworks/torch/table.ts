// The bound names of PyTorch by namespace, and how a user writes them.

import type { Binding, Namespace } from './binding';
import { BINDINGS } from './bindings';
import type { BoundName } from './recorder';

/** How names of a namespace are written. */
const SPELLING: Readonly<Record<Namespace, string>> = {
  F: 'F.',
  Tensor: 'Tensor.',
  torch: 'torch.',
  'torch.fft': 'torch.fft.',
  'torch.linalg': 'torch.linalg.',
  'torch.special': 'torch.special.',
  'torchvision.ops': 'torchvision.ops.',
};

const TABLE: ReadonlyMap<Namespace, ReadonlyMap<string, Binding>> = byNamespace(BINDINGS);

function byNamespace(bindings: readonly Binding[]): Map<Namespace, Map<string, Binding>> {
  const table = new Map<Namespace, Map<string, Binding>>();
  for (const binding of bindings) {
    for (const namespace of binding.namespaces) {
      const names = table.get(namespace) ?? new Map<string, Binding>();
      table.set(namespace, names.set(binding.name, binding));
    }
  }
  return table;
}

/** Bound names of a namespace, in-place twins not included. */
export const namesOf = (namespace: Namespace): ReadonlyMap<string, Binding> =>
  TABLE.get(namespace) ?? new Map();

/** A name of a namespace, `relu_` as the in-place twin of `relu`; undefined where it is not bound. */
export function findBound(namespace: Namespace, name: string): BoundName | undefined {
  const names = namesOf(namespace);
  const spelled = SPELLING[namespace] + name;
  const binding = names.get(name);
  if (binding) return { binding, spelled };
  const twin = name.endsWith('_') ? names.get(name.slice(0, -1)) : undefined;
  return twin && { binding: twin, spelled, inplace: true };
}
