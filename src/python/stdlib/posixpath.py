# os.path: arithmetic of paths, with slashes.
from _os import is_file as _is_file, is_folder as _is_folder
from _unknown import unknown as _unknown

sep = "/"
altsep = None
curdir = "."
pardir = ".."
extsep = "."
pathsep = ":"


def _text(path):
    return path if isinstance(path, str) else path.__fspath__()


def join(a, *p):
    path = _text(a)
    for b in p:
        b = _text(b)
        if b.startswith("/"):
            path = b
        elif not path or path.endswith("/"):
            path += b
        else:
            path += "/" + b
    return path


def split(p):
    p = _text(p)
    i = p.rfind("/") + 1
    head, tail = p[:i], p[i:]
    if head and head != "/" * len(head):
        head = head.rstrip("/")
    return head, tail


def basename(p):
    return split(p)[1]


def dirname(p):
    return split(p)[0]


def splitext(p):
    p = _text(p)
    base = p.rfind("/") + 1
    dot = p.rfind(".")
    if dot > base and p[base:dot].strip("."):
        return p[:dot], p[dot:]
    return p, ""


def splitdrive(p):
    return "", p


def isabs(s):
    return _text(s).startswith("/")


def normpath(path):
    path = _text(path)
    start = "/" if path.startswith("/") else ""
    parts = []
    for part in path.split("/"):
        if part in ("", "."):
            continue
        if part != ".." or (not start and not parts) or (parts and parts[-1] == ".."):
            parts.append(part)
        elif parts:
            parts.pop()
    return start + "/".join(parts) or "."


def abspath(path):
    return normpath(path)


realpath = abspath


def normcase(s):
    return _text(s)


def expanduser(path):
    return _text(path)


def expandvars(path):
    return _text(path)


def relpath(path, start="."):
    there = [part for part in normpath(path).split("/") if part not in ("", ".")]
    here = [part for part in normpath(start).split("/") if part not in ("", ".")]
    same = 0
    while same < min(len(there), len(here)) and there[same] == here[same]:
        same += 1
    return "/".join([".."] * (len(here) - same) + there[same:]) or "."


def commonprefix(m):
    if not m:
        return ""
    low, high = min(m), max(m)
    for i, c in enumerate(low):
        if c != high[i]:
            return low[:i]
    return low


def commonpath(paths):
    split_paths = [normpath(p).split("/") for p in paths]
    return "/".join(commonprefix(split_paths)) or "/"


def isfile(path):
    return _is_file(_text(path))


def isdir(s):
    return _is_folder(_text(s))


def exists(path):
    return isfile(path) or isdir(path)


lexists = exists


def islink(path):
    return False


def ismount(path):
    return False


def samefile(a, b):
    return normpath(a) == normpath(b)


def getsize(filename):
    return _unknown("the size of a file is not known")


getmtime = getatime = getctime = getsize
