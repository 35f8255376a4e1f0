# pathlib: arithmetic of paths. What is on the disk is known only where the workspace has it.
import os.path as _path
from _os import list_folder as _list_folder
from _unknown import is_unknown as _is_unknown, unknown as _unknown
from glob import found_in as _found


class PurePath:
    def __init__(self, *parts):
        text = _path.join(*parts) if parts else "."
        self._text = _path.normpath(text) if ".." not in text else text.rstrip("/") or "/"

    def __str__(self):
        return self._text

    def __fspath__(self):
        return self._text

    def __repr__(self):
        name = "PosixPath" if type(self) is Path else type(self).__name__
        return f"{name}({self._text!r})"

    def __eq__(self, other):
        if not isinstance(other, PurePath):
            return NotImplemented
        return self._text == other._text

    def __hash__(self):
        return hash(self._text)

    def __lt__(self, other):
        return self.parts < other.parts

    def __truediv__(self, key):
        return type(self)(self._text, key)

    def __rtruediv__(self, key):
        return type(self)(key, self._text)

    def joinpath(self, *others):
        return type(self)(self._text, *others)

    @property
    def name(self):
        return "" if self._text in (".", "/") else _path.basename(self._text)

    @property
    def stem(self):
        return _path.splitext(self.name)[0]

    @property
    def suffix(self):
        return _path.splitext(self.name)[1]

    @property
    def suffixes(self):
        return ["." + part for part in self.name.lstrip(".").split(".")[1:]]

    @property
    def parent(self):
        return type(self)(_path.dirname(self._text) or ".")

    @property
    def parents(self):
        found = []
        path = self
        while path.parent != path:
            path = path.parent
            found.append(path)
        return found

    @property
    def parts(self):
        parts = [part for part in self._text.split("/") if part and part != "."]
        return tuple(["/"] + parts if self._text.startswith("/") else parts)

    @property
    def anchor(self):
        return "/" if self._text.startswith("/") else ""

    def as_posix(self):
        return self._text

    def as_uri(self):
        return "file://" + self._text

    def is_absolute(self):
        return self._text.startswith("/")

    def with_name(self, name):
        return type(self)(_path.dirname(self._text), name)

    def with_stem(self, stem):
        return self.with_name(stem + self.suffix)

    def with_suffix(self, suffix):
        return self.with_name(self.stem + suffix)

    def relative_to(self, *other):
        base = type(self)(*other)._text
        if self._text != base and not self._text.startswith(base.rstrip("/") + "/") and base != ".":
            raise ValueError(f"{self._text!r} is not in the subpath of {base!r}")
        return type(self)(self._text[len(base) :].lstrip("/") if base != "." else self._text)

    def is_relative_to(self, *other):
        base = type(self)(*other)._text
        return self._text == base or self._text.startswith(base.rstrip("/") + "/")

    def match(self, pattern):
        from fnmatch import fnmatch

        return fnmatch(self.name, pattern)


class Path(PurePath):
    @classmethod
    def cwd(cls):
        return cls(".")

    @classmethod
    def home(cls):
        return cls("~")

    def exists(self):
        return _path.exists(self._text)

    def is_file(self):
        return _path.isfile(self._text)

    def is_dir(self):
        return _path.isdir(self._text)

    def is_symlink(self):
        return False

    def absolute(self):
        return self

    def resolve(self, strict=False):
        return type(self)(_path.normpath(self._text))

    def expanduser(self):
        return self

    def open(self, *args, **kwargs):
        return open(self._text, *args, **kwargs)

    def read_text(self, *args, **kwargs):
        return open(self._text).read()

    def read_bytes(self):
        return _unknown("what is in a file is not known")

    def _nothing(self, *args, **kwargs):
        return None

    mkdir = rename = replace = rmdir = touch = unlink = write_bytes = write_text = _nothing

    def stat(self, *args, **kwargs):
        return _unknown("of a file only its text is known")

    def iterdir(self):
        names = _list_folder(self._text)
        return names if _is_unknown(names) else iter([self / name for name in names])

    def glob(self, pattern):
        found = _found(self._text, str(pattern))
        return found if _is_unknown(found) else iter([type(self)(path) for path in found])

    def rglob(self, pattern):
        return self.glob("**/" + str(pattern))


PosixPath = WindowsPath = Path
PurePosixPath = PureWindowsPath = PurePath
