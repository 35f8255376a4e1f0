"""Writes the lists of public names in src/frameworks/torch/unmodelled.ts, as the installed PyTorch has them.

    python scripts/oracle-names.py
"""

import importlib
import inspect
import pathlib
import pkgutil
import textwrap

import torch

TARGET = pathlib.Path(__file__).parent.parent / 'src/frameworks/torch/unmodelled.ts'
HEADER = """\
// Names that PyTorch has. A name in these lists that is not modelled is unknown, and a gap where it is called; a name in
// none of them is an AttributeError, as in PyTorch, because code asks with hasattr what it has before it. Likewise for
// modules. The lists are written by scripts/oracle-names.py.

"""
FOOTER = """
const SETS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(NAMES).map(([namespace, names]) => [namespace, new Set(names.split(/\\s+/))]),
);

/** Whether PyTorch has this name in a namespace, be it modelled or not. `relu_` goes with `relu`. */
export function isTorchName(namespace: string, name: string): boolean {
  const names = SETS.get(namespace);
  return names?.has(name) || (name.endsWith('_') && names?.has(name.slice(0, -1))) || false;
}

/** Whether there is a list of the names of a module. */
export const hasNames = (module: string): boolean => SETS.has(module);

const MODULE_SET: ReadonlySet<string> = new Set(MODULES.trim().split(/\\s+/));

/** Whether PyTorch has a module of this name, be it modelled or not; down to the second level or so. */
export const isTorchModule = (name: string): boolean =>
  name.startsWith('torch.') && MODULE_SET.has(name.slice('torch.'.length));
"""


def public(names):
    """Public names; in-place twins go with the name that they are twins of."""
    known = {name for name in names if not name.startswith('_')}
    return sorted(name for name in known if not (name.endswith('_') and name[:-1] in known))


def members(module):
    return [name for name, value in vars(module).items() if not inspect.ismodule(value)]


def names_of(module):
    return members(importlib.import_module(module))


def modules():
    """Modules down to the second level, without `torch.`; of the packages that stay unmodelled, the first alone."""
    first = sorted(m.name for m in pkgutil.iter_modules(torch.__path__))
    second = [f'{package}.{m.name}' for package in MODELLED for m in submodules(package)]
    return first + second


def submodules(package):
    return pkgutil.iter_modules(importlib.import_module(f'torch.{package}').__path__)


MODELLED = ['ao', 'autograd', 'cuda', 'distributed', 'distributions', 'fx', 'jit', 'nn', 'nn.attention', 'nn.modules',
            'nn.utils', 'onnx', 'optim', 'utils', 'utils.data']
NAMESPACES = [
    'torch', 'torch.autograd', 'torch.cuda', 'torch.distributed', 'torch.distributions', 'torch.fft', 'torch.fx',
    'torch.jit', 'torch.linalg', 'torch.nn', 'torch.nn.attention', 'torch.nn.functional', 'torch.nn.init',
    'torch.nn.modules', 'torch.nn.utils', 'torch.optim', 'torch.optim.lr_scheduler', 'torch.special', 'torch.utils',
    'torch.utils.data',
]
LISTS = {'Tensor': dir(torch.Tensor), **{name: names_of(name) for name in NAMESPACES}}


def entry(namespace, names):
    text = textwrap.fill(' '.join(public(names)), 106, initial_indent='    ', subsequent_indent='    ')
    key = f"'{namespace}'" if '.' in namespace else namespace
    return f'  {key}: `\n{text}`,\n'


def wrapped(names):
    return textwrap.fill(' '.join(names), 108, initial_indent='  ', subsequent_indent='  ', break_on_hyphens=False)


body = ''.join(entry(namespace, names) for namespace, names in LISTS.items())
text = f'{HEADER}/** Public names by namespace, as PyTorch {torch.__version__.split("+")[0]} has them. */\nconst NAMES = {{\n{body}}};\n\nconst MODULES = `\n{wrapped(modules())}`;\n{FOOTER}'
TARGET.write_text(text)
