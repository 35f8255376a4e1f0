# glob: what is in folders by patterns of names, in the order of the names (Python's order is that of the disk). Where a
# folder cannot be looked into, what is found is unknown.
import os.path as _path
from _os import is_folder as _is_folder, list_folder as _list_folder
from _unknown import is_unknown as _is_unknown
from fnmatch import fnmatchcase as _matches


def has_magic(s):
    return any(c in s for c in "*?[")


def escape(pathname):
    return "".join("[" + c + "]" if c in "*?[" else c for c in pathname)


def glob(pathname, *, root_dir=None, dir_fd=None, recursive=False, include_hidden=False):
    if not has_magic(pathname):
        return [pathname] if _path.exists(_path.join(root_dir or "", pathname)) else []
    if root_dir is not None:
        found = found_in(root_dir, pathname, recursive)
        return found if _is_unknown(found) else [path[len(str(root_dir)) + 1 :] for path in found]
    if pathname.startswith("/"):
        return found_in("/", pathname.lstrip("/"), recursive)
    return found_in("", pathname, recursive)


def iglob(pathname, **options):
    found = glob(pathname, **options)
    return found if _is_unknown(found) else iter(found)


def found_in(folder, pattern, recursive=True):
    """Paths in a folder that match, or what is not known."""
    folder = str(folder)
    if not _path.isabs(folder):
        return _list_folder(folder)
    parts = [part for part in pattern.split("/") if part not in ("", ".")]
    return _search(folder, parts, recursive)


def _search(folder, parts, recursive):
    first, rest = parts[0], parts[1:]
    if not has_magic(first):
        place = _path.join(folder, first)
        if rest:
            return _search(place, rest, recursive) if _is_folder(place) else []
        return [place] if _stands(folder, first) else []
    names = _list_folder(folder)
    if _is_unknown(names):
        return names
    found = []
    if first == "**" and recursive:
        if rest:
            found = _search(folder, rest, recursive)
            if _is_unknown(found):
                return found
        rest = parts
    for name in names:
        place = _path.join(folder, name)
        if name.startswith(".") and not first.startswith("."):
            continue
        if first == "**" and recursive:
            below = [place] if len(parts) == 1 else []
            deeper = _search(place, parts, recursive) if _is_folder(place) else []
        elif _matches(name, first):
            below = [] if rest else [place]
            deeper = _search(place, rest, recursive) if rest and _is_folder(place) else []
        else:
            continue
        if _is_unknown(deeper):
            return deeper
        found = found + below + deeper
    return found


def _stands(folder, name):
    names = _list_folder(folder)
    return _path.exists(_path.join(folder, name)) if _is_unknown(names) else name in names
