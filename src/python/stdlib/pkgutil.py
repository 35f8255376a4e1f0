# pkgutil: texts that lie beside a package's source, and the modules in folders.
import os.path as _path
from _imports import package_text as _package_text
from _os import is_folder as _is_folder, list_folder as _list_folder
from _unknown import is_unknown as _is_unknown
from collections import namedtuple as _namedtuple

ModuleInfo = _namedtuple("ModuleInfo", "module_finder name ispkg")


def get_data(package, resource):
    return _package_text(package, resource)


def iter_modules(path=None, prefix=""):
    found = []
    for folder in path or []:
        names = _list_folder(folder)
        if _is_unknown(names):
            return names
        found += [ModuleInfo(None, prefix + name, ispkg) for name, ispkg in _modules(folder, names)]
    return iter(found)


def _modules(folder, names):
    for name in names:
        if name.endswith(".py") and name != "__init__.py":
            yield name[:-3], False
        elif "." not in name and _path.exists(_path.join(folder, name, "__init__.py")):
            yield name, True


def walk_packages(path=None, prefix="", onerror=None):
    found = iter_modules(path, prefix)
    return found if _is_unknown(found) else _walked(path, found)


def _walked(path, found):
    for info in found:
        yield info
        if info.ispkg:
            folders = [_path.join(folder, info.name.rpartition(".")[2]) for folder in path]
            yield from walk_packages([folder for folder in folders if _is_folder(folder)], info.name + ".")
