# json. Files are read only where open() found them in the workspace.
import _json
from _unknown import is_unknown as _is_unknown


class JSONDecodeError(ValueError):
    pass


class JSONEncoder:
    item_separator = ", "
    key_separator = ": "

    def __init__(self, *, indent=None, sort_keys=False, separators=None, default=None, **kwargs):
        self.indent = indent
        self.sort_keys = sort_keys
        self.separators = separators
        if default is not None:
            self.default = default

    def default(self, o):
        raise TypeError(f"Object of type {o.__class__.__name__} is not JSON serializable")

    def encode(self, o):
        return dumps(o, indent=self.indent, sort_keys=self.sort_keys, separators=self.separators, default=self.default)


class JSONDecoder:
    def __init__(self, **kwargs):
        self.options = kwargs

    def decode(self, s):
        return loads(s, **self.options)


def dumps(obj, *, indent=None, sort_keys=False, separators=None, default=None, cls=None, ensure_ascii=True, **kwargs):
    if cls is not None:
        default = cls(indent=indent).default
    if separators is None:
        separators = (", " if indent is None else ",", ": ")
    return _json.dumps(obj, indent, sort_keys, separators[0], separators[1], default, ensure_ascii)


def dump(obj, fp, **kwargs):
    fp.write(dumps(obj, **kwargs))


def _hooked(value, hook):
    if isinstance(value, dict):
        return hook({key: _hooked(item, hook) for key, item in value.items()})
    if isinstance(value, list):
        return [_hooked(item, hook) for item in value]
    return value


def loads(s, *, object_hook=None, object_pairs_hook=None, **kwargs):
    if isinstance(s, bytes):
        s = s.decode()
    try:
        value = _json.loads(s)
    except ValueError as error:
        raise JSONDecodeError(str(error)) from None
    if object_pairs_hook is not None:
        return _hooked(value, lambda pairs: object_pairs_hook(list(pairs.items())))
    return value if object_hook is None else _hooked(value, object_hook)


def load(fp, **kwargs):
    text = fp.read()
    return text if _is_unknown(text) else loads(text, **kwargs)
