# omegaconf: configurations from dictionaries, lists, dataclasses and YAML files, with `${other.key}` looked up in the
# whole. Left out: resolvers, and command lines.
import dataclasses
import re

import yaml
from packages._configs import AttributeDict, _merge, _plain

MISSING = '???'


class DictConfig(AttributeDict):
    def __init__(self, content=None, parent=None, **options):
        object.__setattr__(self, '_root', self if parent is None else parent)
        super().__init__(content)

    def __setitem__(self, key, value):
        dict.__setitem__(self, key, _config(value, self._root))

    def __getitem__(self, key):
        return _looked_up(dict.__getitem__(self, key), self._root)

    def __setattr__(self, key, value):
        self[key] = value

    def __getattr__(self, key):
        if key in self:
            return self[key]
        if key.startswith('__'):
            raise AttributeError(key)
        raise AttributeError(f'Missing key {key}')

    def get(self, key, default=None):
        return self[key] if key in self else default

    def items(self):
        return [(key, self[key]) for key in self]

    def values(self):
        return [self[key] for key in self]

    def pop(self, key, *default):
        found = self.get(key, *default)
        if key in self:
            del self[key]
        return found


class ListConfig(list):
    pass


def _config(value, root):
    if isinstance(value, DictConfig):
        return value
    if dataclasses.is_dataclass(value):
        value = dataclasses.asdict(value() if isinstance(value, type) else value)
    if isinstance(value, dict):
        return DictConfig(value, root)
    if isinstance(value, (list, tuple)):
        return ListConfig(_config(item, root) for item in value)
    return value


def _looked_up(value, root):
    if not isinstance(value, str) or '${' not in value:
        return value
    whole = re.fullmatch(r'\$\{([\w.]+)\}', value)
    if whole:
        return _select(root, whole.group(1))
    return re.sub(r'\$\{([\w.]+)\}', lambda match: str(_select(root, match.group(1))), value)


def _select(config, path):
    for part in path.split('.'):
        config = config[int(part)] if isinstance(config, list) else config[part]
    return config


class OmegaConf:
    @staticmethod
    def create(obj=None, **options):
        if isinstance(obj, str):
            obj = yaml.safe_load(obj)
        if obj is None:
            return DictConfig()
        return DictConfig(_plain(obj)) if isinstance(obj, dict) else _config(obj, None)

    @staticmethod
    def structured(obj, **options):
        return _config(obj, None)

    @staticmethod
    def load(file):
        return OmegaConf.create(yaml.safe_load(open(file) if isinstance(file, str) else file))

    @staticmethod
    def merge(*configs):
        merged = DictConfig()
        for config in configs:
            _merge(merged, _config(config, None))
        return merged

    unsafe_merge = merge

    @staticmethod
    def to_container(config, resolve=False, **options):
        return _contained(config)

    to_object = to_container

    @staticmethod
    def select(config, key, default=None, **options):
        try:
            return _select(config, key)
        except (KeyError, IndexError):
            return default

    @staticmethod
    def update(config, key, value=None, **options):
        *place, last = key.split('.')
        for part in place:
            config = config[part]
        config[last] = value

    @staticmethod
    def is_config(value):
        return isinstance(value, (DictConfig, ListConfig))

    @staticmethod
    def is_dict(value):
        return isinstance(value, DictConfig)

    @staticmethod
    def is_list(value):
        return isinstance(value, ListConfig)

    @staticmethod
    def is_missing(config, key):
        return config.get(key) == MISSING

    @staticmethod
    def resolve(config):
        pass

    @staticmethod
    def set_struct(config, value):
        pass

    @staticmethod
    def set_readonly(config, value):
        pass

    @staticmethod
    def register_new_resolver(name, resolver, **options):
        pass

    @staticmethod
    def to_yaml(config, **options):
        return ''

    @staticmethod
    def save(config, file, **options):
        pass


def _contained(value):
    if isinstance(value, dict):
        return {key: _contained(item) for key, item in value.items()}
    return [_contained(item) for item in value] if isinstance(value, list) else value


class open_dict:
    def __init__(self, config):
        self.config = config

    def __enter__(self):
        return self.config

    def __exit__(self, *details):
        return False


read_write = flag_override = open_dict


def II(interpolation):
    return '${' + interpolation + '}'


SI = str
