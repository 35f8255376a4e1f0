"""Asks the real NumPy what expressions give, for test/frameworks/numpy: scripts/oracle-numpy.txt has one expression a line,
test/data/numpy.json gets [expression, answer] pairs. An answer is the repr of (type, dtype, shape, elements) for what NumPy
makes, of the value itself for anything else, and the name of the exception where one is raised.

    python scripts/oracle-numpy.py
"""

import json
import math
import pathlib
import warnings

import numpy as np

HERE = pathlib.Path(__file__).parent


def describe(value):
    if isinstance(value, (np.ndarray, np.generic)):
        return repr((type(value).__name__, str(value.dtype), value.shape, value.tolist()))
    if isinstance(value, (tuple, list)):
        return type(value).__name__ + '(' + ', '.join(describe(item) for item in value) + ')'
    return repr(value)


def answer(expression):
    try:
        return describe(eval(expression, {'np': np, 'math': math}))
    except Exception as error:
        return type(error).__name__


def main():
    warnings.simplefilter('ignore')
    lines = (HERE / 'oracle-numpy.txt').read_text().splitlines()
    expressions = [line for line in lines if line and not line.startswith('#')]
    pairs = [[expression, answer(expression)] for expression in expressions]
    rows = ',\n'.join('  ' + json.dumps(pair) for pair in pairs)
    (HERE.parent / 'test/data/numpy.json').write_text('[\n' + rows + '\n]\n')
    print(f'{len(pairs)} expressions, NumPy {np.__version__}')


main()
