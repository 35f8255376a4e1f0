// The einops package, on the operators of PyTorch. Its own source is never needed.

import type { Library, ModuleDefinition } from '../../python/library';
import { einopsNamespace } from './functions';
import layers from './prelude/layers.py';

const MODULES: Readonly<Record<string, ModuleDefinition>> = {
  einops: { kind: 'native', build: einopsNamespace },
  'einops._torch_specific': {
    kind: 'python',
    file: '<einops>/specific.py',
    text: 'def allow_ops_in_compiled_graph(): pass\n',
  },
  'einops.layers': { kind: 'python', file: '<einops>/layers/__init__.py', text: '', isPackage: true },
  'einops.layers.torch': { kind: 'python', file: '<einops>/layers/torch.py', text: layers },
};

export const einopsLibrary: Library = { find: (name) => MODULES[name] };
