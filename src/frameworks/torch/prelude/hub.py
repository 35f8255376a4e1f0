# torch.hub, torch.utils.model_zoo: nothing is downloaded.

from torch._native import unread as _unread


def download_url_to_file(url, dst, *args, **kwargs):
    pass


def get_dir():
    return '~/.cache/torch/hub'


def help(github, model, *args, **kwargs):
    return ''


def list(github, *args, **kwargs):
    return []


def load(repo_or_dir, model, *args, **kwargs):
    return _unread('torch.hub.load: nothing is downloaded')


def load_state_dict_from_url(url, *args, **kwargs):
    return _unread('torch.hub.load_state_dict_from_url: nothing is downloaded')


load_url = load_state_dict_from_url


def set_dir(d):
    pass
