# importlib.
from _imports import find_module as _find_module, import_by_name as _import_by_name
import importlib.util as util


def import_module(name, package=None):
    if name.startswith("."):
        level = len(name) - len(name.lstrip("."))
        parts = (package or "").split(".")
        base = ".".join(parts[: len(parts) - level + 1])
        name = f"{base}.{name[level:]}" if name[level:] else base
    return _import_by_name(name)


def reload(module):
    return module


def invalidate_caches():
    return None


__import__ = import_module
