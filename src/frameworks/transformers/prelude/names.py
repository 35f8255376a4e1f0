# The package transformers, transformers.models and the packages of single models: names are looked for when asked for.

from transformers import _reading


def __getattr__(name):
    return _reading.version() if name == '__version__' else _reading.exported(__name__, name)
