"""Writes the lists of public names in src/frameworks/torch/unmodelled.ts, as the installed PyTorch has them.

    python scripts/oracle-names.py
"""

import inspect
import pathlib
import textwrap

import torch
import torch.fft
import torch.linalg
import torch.nn.functional
import torch.special

TARGET = pathlib.Path(__file__).parent.parent / 'src/frameworks/torch/unmodelled.ts'
HEADER = """\
// Names that PyTorch has. A name in these lists that is not modelled is unknown, and a gap where it is called; a name in
// none of them is an AttributeError, as in PyTorch, because code asks with hasattr what it has before it.
// The lists are written by scripts/oracle-names.py.

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
"""


def public(names):
    """Public names; in-place twins go with the name that they are twins of."""
    known = {name for name in names if not name.startswith('_')}
    return sorted(name for name in known if not (name.endswith('_') and name[:-1] in known))


def members(module):
    return [name for name, value in vars(module).items() if not inspect.ismodule(value)]


LISTS = {
    'Tensor': dir(torch.Tensor),
    'torch': members(torch),
    'torch.fft': members(torch.fft),
    'torch.linalg': members(torch.linalg),
    'torch.nn': members(torch.nn),
    'torch.nn.functional': members(torch.nn.functional),
    'torch.special': members(torch.special),
}


def entry(namespace, names):
    text = textwrap.fill(' '.join(public(names)), 106, initial_indent='    ', subsequent_indent='    ')
    key = f"'{namespace}'" if '.' in namespace else namespace
    return f'  {key}: `\n{text}`,\n'


body = ''.join(entry(namespace, names) for namespace, names in LISTS.items())
text = f'{HEADER}/** Public names by namespace, as PyTorch {torch.__version__.split("+")[0]} has them. */\nconst NAMES = {{\n{body}}};\n{FOOTER}'
TARGET.write_text(text)
