# transformers.generation: models inherit from GenerationMixin, but what is priced is one call of forward.
# A GenerationConfig keeps what it is given, base classes are empty; anything else here is unknown.

from enum import Enum

from transformers import _reading


class GenerationMode(str, Enum):
    CONTRASTIVE_SEARCH = 'contrastive_search'
    GREEDY_SEARCH = 'greedy_search'
    SAMPLE = 'sample'
    ASSISTED_GENERATION = 'assisted_generation'
    DOLA_GENERATION = 'dola_generation'
    BEAM_SEARCH = 'beam_search'
    BEAM_SAMPLE = 'beam_sample'
    CONSTRAINED_BEAM_SEARCH = 'constrained_beam_search'
    GROUP_BEAM_SEARCH = 'group_beam_search'


class LogitsProcessor:
    pass


class LogitsProcessorList(list):
    pass


class StoppingCriteria:
    pass


class StoppingCriteriaList(list):
    pass


class CompileConfig:
    def __init__(self, **kwargs):
        for name, value in kwargs.items():
            setattr(self, name, value)


class GenerationConfig:
    def __init__(self, **kwargs):
        for name, value in kwargs.items():
            setattr(self, name, value)

    def __getattr__(self, name):
        if name.startswith('__'):
            raise AttributeError(name)
        return None

    @classmethod
    def from_model_config(cls, model_config):
        return cls()

    @classmethod
    def from_dict(cls, config_dict, **kwargs):
        return cls(**config_dict, **kwargs)

    def update(self, **kwargs):
        for name, value in kwargs.items():
            setattr(self, name, value)


class GenerationMixin:
    def generate(self, *args, **kwargs):
        return _reading.unknown('generate() calls forward as often as the text is long: price one call of forward')

    def prepare_inputs_for_generation(self, input_ids, **kwargs):
        return {'input_ids': input_ids, **kwargs}

    @property
    def base_model_can_generate(self):
        return True


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    return _reading.unknown(f'{name} is not followed: generation is no part of forward')
