"""Writes test/data/modules.json: what PyTorch itself says of every layer of torch.nn.

    python scripts/oracle-modules.py

Each case is an expression and the shapes of its inputs. It is built on the meta device and run in evaluation mode under
FlopCounterMode; parameters, buffers, output shapes and the counted FPO are kept. Cases are one per line in CASES, as
`expression | input | input`; an input is `2,3,8,8` or `2,5:int64`, `()` a scalar, `[a; b]` a tuple of tensors, and
`name=…` goes by keyword. A case that PyTorch refuses is kept with its error, as a case that must be refused.
"""

import json
import pathlib

import torch
from torch import nn
from torch.nn.utils import parametrizations
from torch.utils.flop_counter import FlopCounterMode

HERE = pathlib.Path(__file__).parent
TARGET = HERE.parent / 'test/data/modules.json'
CASES = HERE / 'oracle-modules.txt'


def tensors_in(value):
    if isinstance(value, torch.Tensor):
        return [value]
    if isinstance(value, dict):
        value = value.values()
    if isinstance(value, (list, tuple)) or hasattr(value, '__iter__') and not isinstance(value, str):
        return [t for item in value for t in tensors_in(item)]
    return []


def parse_input(text):
    text = text.strip()
    if text.startswith('['):
        return [parse_input(part) for part in text[1:-1].split(';')]
    shape, _, dtype = text.partition(':')
    sizes = [] if shape == '()' else [int(size) for size in shape.split(',')]
    return {'shape': sizes, 'dtype': dtype or 'float32'}


def tensor(spec):
    if isinstance(spec, list):
        return tuple(tensor(part) for part in spec)
    dtype = getattr(torch, spec['dtype'])
    return torch.empty(spec['shape'], dtype=dtype, device='meta')


def kind(t):
    return {'shape': list(t.shape), 'dtype': str(t.dtype).removeprefix('torch.')}


def run(expression, inputs, keywords):
    with torch.device('meta'):
        module = eval(expression).eval()
        args = [tensor(spec) for spec in inputs]
        named = {name: tensor(spec) for name, spec in keywords.items()}
        with FlopCounterMode(display=False) as counter:
            output = module(*args, **named)
    return {
        'parameters': [[name, list(p.shape)] for name, p in module.named_parameters()],
        'buffers': [[name, list(b.shape)] for name, b in module.named_buffers()],
        'outputs': [kind(t) for t in tensors_in(output)],
        'fpo': counter.get_total_flops(),
        'repr': repr(module),
    }


def case(line):
    expression, *given = [part.strip() for part in line.split('|')]
    inputs = [parse_input(part) for part in given if '=' not in part]
    pairs = [part.split('=', 1) for part in given if '=' in part]
    keywords = {name.strip(): parse_input(value) for name, value in pairs}
    entry = {'expression': expression, 'inputs': inputs}
    if keywords:
        entry['keywordInputs'] = keywords
    try:
        return {**entry, **run(expression, inputs, keywords)}
    except NotImplementedError:
        raise
    except Exception as error:
        return {**entry, 'error': type(error).__name__}


lines = [line.strip() for line in CASES.read_text().splitlines()]
cases = [case(line) for line in lines if line and not line.startswith('#')]
TARGET.parent.mkdir(parents=True, exist_ok=True)
TARGET.write_text('[\n' + ',\n'.join(json.dumps(entry) for entry in cases) + '\n]\n')
refused = [entry['expression'] + ': ' + entry['error'] for entry in cases if 'error' in entry]
print(f'{len(cases)} cases, {len(refused)} refused', *refused, sep='\n')
