# huggingface_hub: nothing is downloaded, so what would come from there is unknown. Mixins leave a model as it is.

from huggingface_hub import _reading


class ModelHubMixin:
    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__()


class PyTorchModelHubMixin(ModelHubMixin):
    pass


class HfApi:
    def repo_exists(self, *args, **kwargs):
        return False


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    return _reading.unknown(f'huggingface_hub.{name} is not followed: nothing is downloaded')
