# Modules that have no part in what a model costs: tokenizers, image processors, trainers, loading of weights. Every name
# in them is an unknown value.

from transformers import _reading


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    return _reading.unknown(f'{name} of {__name__} is not followed: it is no part of a model')
