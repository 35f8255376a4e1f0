"""Runs the Python blocks of spec files in PyTorch itself and compares what they say with what is.

    python scripts/check-spec.py test/spec/torch/*.md

Contraction FPO are compared with FlopCounterMode, where it counts any. Not compared: other FPO, gaps, and the words of
errors.
"""

import ast
import re
import sys

import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.utils.flop_counter import FlopCounterMode

BLOCK = re.compile(r'```python\n(.*?)```', re.S)
SAID = re.compile(r'(?<=\S) *# ((?:shape|dtype|params|trainable|fpo|other|gap|knob|equals|error): .*)$')


BETWEEN = r' {2,}(?=(?:shape|dtype|params|trainable|fpo|other|gap|knob|equals|error): )'


def grouped(count):
    return f'{count:_}'


def shapes(value):
    if isinstance(value, torch.Tensor):
        return str(tuple(value.shape))
    if isinstance(value, (tuple, list)):
        return '[' + ', '.join(shapes(item) for item in value) + ']'
    return repr(value)


def parameters(value, trainable):
    storages = {p.untyped_storage()._cdata: p for p in value.parameters() if p.requires_grad or not trainable}
    return grouped(sum(p.numel() for p in storages.values()))


def plain(value):
    return list(value) if hasattr(value, '__next__') else value


ANSWERS = {
    'dtype': lambda value, flops: str(value.dtype).removeprefix('torch.'),
    'equals': lambda value, flops: repr(plain(value)).replace('\n', '\\n'),
    'fpo': lambda value, flops: grouped(flops),
    'params': lambda value, flops: parameters(value, False),
    'shape': lambda value, flops: shapes(value),
    'trainable': lambda value, flops: parameters(value, True),
}


def perform(statement, source, scope):
    if isinstance(statement, ast.Expr):
        return eval(source, scope)
    exec(source, scope)
    if isinstance(statement, ast.Assign) and not isinstance(statement.targets[0], ast.Tuple):
        return eval(ast.unparse(statement.targets[0]), scope)
    return None


def check(path, code, first_line):
    lines = code.split('\n')
    scope = {'torch': torch, 'nn': nn, 'F': F}
    for statement in ast.parse(code).body:
        line = lines[statement.end_lineno - 1]
        said = SAID.search(line)
        pairs = [pair.split(': ', 1) for pair in re.split(BETWEEN, said[1])] if said else []
        where = f'{path}:{first_line + statement.end_lineno - 1}'
        error = next((text for key, text in pairs if key == 'error'), None)
        try:
            with FlopCounterMode(display=False) as counter, sdpa_kernel(SDPBackend.MATH):
                value = perform(statement, ast.get_source_segment(code, statement), scope)
        except Exception as problem:
            if error is None or error.split(':')[0] != type(problem).__name__:
                print(f'{where}: raised {type(problem).__name__}: {str(problem)[:200]}')
            continue
        if error:
            print(f'{where}: raised nothing, but says {error}')
            continue
        for key, text in pairs:
            actual = ANSWERS[key](value, counter.get_total_flops()) if key in ANSWERS else text
            uncounted = key == 'fpo' and actual == '0'
            if actual != text and not uncounted:
                print(f'{where}: {key} is {actual}, but says {text}')


for path in sys.argv[1:]:
    text = open(path).read()
    for block in BLOCK.finditer(text):
        check(path, block[1], text[:block.start()].count('\n') + 2)
