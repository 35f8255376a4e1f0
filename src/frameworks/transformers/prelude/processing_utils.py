# transformers.processing_utils: the annotations that models use. Processors themselves are not followed.

from typing import TypedDict, Unpack

from transformers import _reading


class ImagesKwargs(TypedDict, total=False):
    pass


class VideosKwargs(TypedDict, total=False):
    pass


class AudioKwargs(TypedDict, total=False):
    pass


class TextKwargs(TypedDict, total=False):
    pass


class ProcessingKwargs(TypedDict, total=False):
    pass


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    return _reading.unknown(f'{name} is not followed: preparing data is no part of a model')
