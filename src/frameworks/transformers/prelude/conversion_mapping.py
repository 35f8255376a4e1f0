# transformers.conversion_mapping: how weights of old are brought under the names of now. No weights are loaded; adapters ask
# for the mappings to find layers that were renamed. A model that the installed table does not name has none; what the
# table says of the others is unknown.

from transformers import _reading


def _mapping(name):
    if _reading.installed_has('transformers.conversion_mapping', f'"{name}"'):
        return _reading.unknown(f'how weights of {name} are renamed is not followed')
    return None


def get_checkpoint_conversion_mapping(model_type):
    return _mapping(model_type)


def get_model_conversion_mapping(model, key_mapping=None, hf_quantizer=None, add_legacy=True):
    for name in (type(model).__name__, getattr(model.config, 'model_type', None)):
        mapping = _mapping(name)
        if mapping is not None:
            return mapping
    return []


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    return _reading.unknown(f'{name} of {__name__} is not followed: it is no part of a model')
