// Where `import torch` leads: modules in Python (prelude/), modules of operators, other names of the same, and, for the
// parts of PyTorch that nobody models, modules in which every name is unknown. Modules that PyTorch does not have are not
// found here, so that code that asks for them learns that they are not there.

import type { Interpreter } from '../../python/interpreter';
import type { Library, ModuleDefinition } from '../../python/library';
import { native } from '../../python/native';
import { type Namespace, NativeFunction, Unknown, type Value } from '../../python/values';
import { boundNames, boundNamespace, nativeNamespace } from './natives';
import { ALIASES, PRELUDE } from './prelude';
import { hasNames, isTorchModule } from './unmodelled';

const NATIVE: Readonly<Record<string, (interpreter: Interpreter) => Namespace>> = {
  'torch._VF': nativeNamespace,
  'torch._functional': () => new Map(boundNames('F')),
  'torch._linalg': () => new Map(boundNames('torch.linalg')),
  'torch._native': nativeNamespace,
  'torch._torchvision': () => new Map(boundNames('torchvision.ops')),
  'torch.fft': boundNamespace('torch.fft', 'torch.fft'),
  'torch.special': boundNamespace('torch.special', 'torch.special'),
};

/** Stands at the end of a module whose names are listed: those that it does not define are unknown, or none. */
const OTHER_NAMES = `

def __getattr__(name):
    from torch._native import unmodelled
    return unmodelled(__name__, name)
`;

export const torchLibrary: Library = { find: findModule };

/** Modules of a class or two each; all are in one. */
const isOfDistributions = (name: string): boolean =>
  name.startsWith('torch.distributions.') && isTorchModule(name);

function findModule(name: string): ModuleDefinition | undefined {
  if (!name.startsWith('torch')) return undefined;
  const text = PRELUDE[name];
  if (text !== undefined) {
    const isPackage = Object.keys(PRELUDE).some((other) => other.startsWith(`${name}.`));
    return { kind: 'python', file: `<${name}>`, text: hasNames(name) ? text + OTHER_NAMES : text, isPackage };
  }
  const other = ALIASES[name] ?? (isOfDistributions(name) ? 'torch.distributions' : undefined);
  const build = NATIVE[name] ?? (other === undefined ? undefined : forwarding(other));
  if (build) return { kind: 'native', build };
  return isTorchModule(name) ? { kind: 'native', build: strangers(name) } : undefined;
}

/** Another name of a module: whatever is asked for is asked of that one. */
const forwarding = (target: string) => () =>
  hook((interpreter, name) => interpreter.getAttribute(interpreter.importModule(target), name));

/** Every name is unknown; functions say so where they are called. */
const strangers = (module: string) => () =>
  hook((interpreter, name) => {
    if (name.startsWith('__'))
      return interpreter.raise('AttributeError', `module '${module}' has no attribute '${name}'`);
    const reason = `${module}.${name} is not modelled yet`;
    if (/^_?[A-Z]/.test(name)) return new Unknown(reason, interpreter.stack());
    return new NativeFunction(name, () => interpreter.unknown(reason));
  });

const hook = (find: (interpreter: Interpreter, name: string) => Value): Namespace =>
  new Map([
    ['__getattr__', native('__getattr__', 'name', (interpreter, [name]) => find(interpreter, String(name)))],
  ]);
