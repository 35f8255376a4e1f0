# transformers.models.auto.configuration_auto: as installed, but for configurations that would be downloaded.

from transformers import _weights
from transformers.models.auto import configuration_auto_as_installed as _installed


class AutoConfig(_installed.AutoConfig):
    @classmethod
    def from_pretrained(cls, pretrained_model_name_or_path, **kwargs):
        found = _weights.config_dict(pretrained_model_name_or_path)
        model_type = None if found is None else found.get('model_type')
        if model_type not in _installed.CONFIG_MAPPING:
            return _weights.unknown(cls, pretrained_model_name_or_path)
        return _installed.CONFIG_MAPPING[model_type].from_dict(found, **kwargs)


def __getattr__(name):
    return getattr(_installed, name)
