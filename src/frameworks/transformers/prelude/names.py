# The package transformers, transformers.models and the packages of single models: names are looked for when asked for.

from transformers import _reading

__version__ = '5.18.0'


def __getattr__(name):
    return _reading.exported(__name__, name)
