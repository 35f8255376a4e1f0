# What stands for pretrained models: of one in a folder of the workspace, the configuration is read and the weights are
# made; of any other, nothing is known.

from transformers import _reading


def unknown(cls, name):
    return _reading.unknown(f'{cls.__name__}.from_pretrained({name!r}): files of pretrained models are not read')


def config_dict(name):
    """`config.json` of a folder, or None."""
    return _reading.local_json(str(name))


def config_of(cls, name, **kwargs):
    found = config_dict(name)
    return unknown(cls, name) if found is None else cls.from_dict(found, **kwargs)


def model_of(cls, config_class, name, **kwargs):
    """A model of the configuration that was given or found; other keywords belong to the configuration."""
    config = kwargs.pop('config', None)
    if config is None:
        if config_class is None or config_dict(name) is None:
            return unknown(cls, name)
        config = config_class.from_pretrained(name)
        for option in [option for option in kwargs if hasattr(config, option)]:
            setattr(config, option, kwargs[option])
    implementation = kwargs.get('attn_implementation')
    return cls._made_from(config, {} if implementation is None else {'attn_implementation': implementation})
