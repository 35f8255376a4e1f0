# os: names of paths, and an environment in which nothing is set. Files are there only where the workspace has them.
import os.path as path
from _os import is_file as _is_file, is_folder as _is_folder, list_folder as _list_folder
from _unknown import is_unknown as _is_unknown, unknown as _unknown
from collections.abc import MutableMapping as _MutableMapping

name = "posix"
sep = "/"
altsep = None
pathsep = ":"
linesep = "\n"
curdir = "."
pardir = ".."
extsep = "."
devnull = "/dev/null"
error = OSError
F_OK, R_OK, W_OK, X_OK = 0, 4, 2, 1


class PathLike:
    pass


class _Environ(_MutableMapping):
    def __init__(self):
        self._set = {}

    def __getitem__(self, key):
        if key in self._set:
            return self._set[key]
        return _unknown(f"the environment variable {key} is not known")

    def get(self, key, default=None):
        return self._set.get(key, default)

    def __setitem__(self, key, value):
        self._set[key] = value

    def __delitem__(self, key):
        self._set.pop(key, None)

    def __contains__(self, key):
        return key in self._set

    def __iter__(self):
        return iter(self._set)

    def __len__(self):
        return len(self._set)

    def setdefault(self, key, default=None):
        return self._set.setdefault(key, default)

    def pop(self, key, default=None):
        return self._set.pop(key, default)

    def copy(self):
        return dict(self._set)


environ = _Environ()


def getenv(key, default=None):
    return environ.get(key, default)


def putenv(key, value):
    environ[key] = value


def fspath(path):
    return path if isinstance(path, (str, bytes)) else path.__fspath__()


def getcwd():
    return "."


def cpu_count():
    return _unknown("how many processors there are is not known")


def access(path, mode):
    return _is_file(fspath(path)) or _is_folder(fspath(path))


def _nothing(*args, **kwargs):
    return None


chdir = chmod = kill = link = makedirs = mkdir = remove = removedirs = rename = replace = rmdir = _nothing
symlink = system = umask = unlink = unsetenv = utime = _nothing


def listdir(folder="."):
    return _list_folder(fspath(folder))


class DirEntry:
    def __init__(self, folder, name):
        self.name = name
        self.path = path.join(folder, name)

    def __fspath__(self):
        return self.path

    def __repr__(self):
        return f"<DirEntry {self.name!r}>"

    def is_dir(self, *, follow_symlinks=True):
        return _is_folder(self.path)

    def is_file(self, *, follow_symlinks=True):
        return not _is_folder(self.path)

    def is_symlink(self):
        return False


class _Entries:
    def __init__(self, entries):
        self._entries = iter(entries)

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._entries)

    def __enter__(self):
        return self

    def __exit__(self, *details):
        return None

    def close(self):
        return None


def scandir(folder="."):
    names = listdir(folder)
    return names if _is_unknown(names) else _Entries([DirEntry(fspath(folder), name) for name in names])


def walk(top, topdown=True, onerror=None, followlinks=False):
    top = fspath(top)
    names = listdir(top)
    return names if _is_unknown(names) else _walked(top, names, topdown)


def _walked(top, names, topdown):
    folders = [name for name in names if _is_folder(path.join(top, name))]
    here = (top, folders, [name for name in names if name not in folders])
    if topdown:
        yield here
    for name in folders:
        yield from walk(path.join(top, name), topdown)
    if not topdown:
        yield here


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return lambda *args, **kwargs: _unknown(f"os.{name} asks the machine, of which nothing is known")
