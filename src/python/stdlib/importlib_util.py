# importlib.util: a module has a spec where it can be found.
from _imports import find_module as _find_module
from _unknown import unknown as _unknown


class ModuleSpec:
    def __init__(self, name):
        self.name = name
        self.origin = None
        self.loader = None


def find_spec(name, package=None):
    return ModuleSpec(name) if _find_module(name) is not None else None


def spec_from_file_location(name, location=None, **kwargs):
    return _unknown("modules from files by their path are not followed")


def module_from_spec(spec):
    return _unknown("modules from files by their path are not followed")
