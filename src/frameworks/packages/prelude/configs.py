# Dictionaries whose keys are attributes too: easydict, addict, munch, box, ml_collections, yacs and omegaconf. Nested
# dictionaries become the same. Left out: checks of types, resolvers, and merging of lists.
import copy
import json

import yaml


def _wrapped(cls, value):
    if isinstance(value, cls):
        return value
    if isinstance(value, dict):
        return cls(value)
    if isinstance(value, (list, tuple)) and type(value) in (list, tuple):
        return type(value)(_wrapped(cls, item) for item in value)
    return value


def _plain(value):
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(_plain(item) for item in value)
    return value


class AttributeDict(dict):
    """Missing keys raise AttributeError as attributes, KeyError as keys."""

    def __init__(self, *args, **kwargs):
        super().__init__()
        for source in args:
            if source is not None:
                self.update(source)
        self.update(kwargs)

    def __setitem__(self, key, value):
        super().__setitem__(key, _wrapped(type(self), value))

    def __setattr__(self, key, value):
        self[key] = value

    def __getattr__(self, key):
        if key in self:
            return self[key]
        return self._missing(key)

    def __delattr__(self, key):
        del self[key]

    def _missing(self, key):
        raise AttributeError(key)

    def update(self, *args, **kwargs):
        for source in (*args, kwargs):
            for key, value in dict(source).items():
                self[key] = value

    def setdefault(self, key, default=None):
        if key not in self:
            self[key] = default
        return self[key]

    def copy(self):
        return copy.copy(self)

    def __copy__(self):
        return type(self)(dict(self))

    def __deepcopy__(self, memo=None):
        return type(self)(copy.deepcopy(dict(self), memo))

    def to_dict(self):
        return _plain(self)


class EasyDict(AttributeDict):
    pass


edict = EasyDict


class Munch(AttributeDict):
    @classmethod
    def fromDict(cls, source):
        return cls(source)

    def toDict(self):
        return _plain(self)


DefaultMunch = Munch


def munchify(source):
    return _wrapped(Munch, source)


def unmunchify(source):
    return _plain(source)


class Dict(AttributeDict):
    """addict: what is missing is another empty dictionary."""

    def _missing(self, key):
        if key.startswith('__'):
            raise AttributeError(key)
        return self.__missing__(key)

    def __missing__(self, key):
        self[key] = Dict()
        return self[key]


class Box(AttributeDict):
    @classmethod
    def from_yaml(cls, yaml_string=None, filename=None, **options):
        return cls(_yaml(yaml_string, filename))

    @classmethod
    def from_json(cls, json_string=None, filename=None, **options):
        return cls(json.loads(json_string if filename is None else open(filename).read()))


def _yaml(text, filename):
    return yaml.safe_load(text if filename is None else open(filename))


class ConfigDict(AttributeDict):
    """ml_collections."""

    def __init__(self, initial_dictionary=None, type_safe=True, convert_dict=True):
        super().__init__(initial_dictionary)

    def lock(self):
        return self

    def unlock(self):
        return self

    def unlocked(self):
        return _Unlocked(self)

    def get_oneway_ref(self, key):
        return self[key]

    get_ref = get_oneway_ref

    def copy_and_resolve_references(self):
        return copy.deepcopy(self)

    def update_from_flattened_dict(self, flattened, strip_prefix=''):
        for key, value in flattened.items():
            place, _, last = key[len(strip_prefix):].rpartition('.')
            target = self
            for part in place.split('.') if place else []:
                target = target[part]
            target[last] = value


class FrozenConfigDict(ConfigDict):
    pass


class _Unlocked:
    def __init__(self, config):
        self.config = config

    def __enter__(self):
        return self.config

    def __exit__(self, *details):
        return False


def placeholder(field_type, required=False):
    return None


class FieldReference:
    def __init__(self, default, field_type=None):
        self.default = default

    def get(self):
        return self.default


class CfgNode(AttributeDict):
    """yacs: values come from files and from lists of alternating keys and values."""

    def __init__(self, init_dict=None, key_list=None, new_allowed=False):
        super().__init__(init_dict)

    def clone(self):
        return copy.deepcopy(self)

    def freeze(self):
        pass

    def defrost(self):
        pass

    def is_frozen(self):
        return False

    def set_new_allowed(self, allowed):
        pass

    def dump(self, **options):
        return ''

    def merge_from_file(self, name):
        self.merge_from_other_cfg(CfgNode(yaml.safe_load(open(name))))

    def merge_from_other_cfg(self, other):
        _merge(self, other)

    def merge_from_list(self, pairs):
        for key, value in zip(pairs[0::2], pairs[1::2]):
            *place, last = key.split('.')
            target = self
            for part in place:
                target = target[part]
            target[last] = yaml.safe_load(value) if isinstance(value, str) else value

    @classmethod
    def load_cfg(cls, source):
        return cls(yaml.safe_load(source))


CN = CfgNode


def _merge(target, source):
    for key, value in source.items():
        if isinstance(value, dict) and isinstance(target.get(key), dict):
            _merge(target[key], value)
        else:
            target[key] = value
