# huggingface_hub: nothing is downloaded, so what would come from there is unknown. Mixins leave a model as it is.

from huggingface_hub import _reading


class ModelHubMixin:
    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__()

    def save_pretrained(self, save_directory, **kwargs):
        return None

    def push_to_hub(self, repo_id, **kwargs):
        return None

    def generate_model_card(self, *args, **kwargs):
        return None

    @classmethod
    def from_pretrained(cls, pretrained_model_name_or_path, **kwargs):
        return _reading.unknown(f'{cls.__name__}.from_pretrained is not followed: nothing is downloaded')


class PyTorchModelHubMixin(ModelHubMixin):
    pass


class HfApi:
    def repo_exists(self, *args, **kwargs):
        return False


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    return _reading.unknown(f'huggingface_hub.{name} is not followed: nothing is downloaded')
