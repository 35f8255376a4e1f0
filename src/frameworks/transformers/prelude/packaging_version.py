# packaging.version: versions as their numbers; what follows those does not count.

import re


class InvalidVersion(ValueError):
    pass


class Version:
    def __init__(self, version):
        match = re.match(r'\s*v?(\d+(?:\.\d+)*)', str(version))
        if match is None:
            raise InvalidVersion(f"Invalid version: '{version}'")
        self.release = tuple(int(part) for part in match.group(1).split('.'))
        self.base_version = match.group(1)
        self._key = self.release + (0,) * (6 - len(self.release))

    major = property(lambda self: self._key[0])
    minor = property(lambda self: self._key[1])
    micro = property(lambda self: self._key[2])

    def __str__(self):
        return self.base_version

    def __hash__(self):
        return hash(self._key)

    def __eq__(self, other):
        return self._key == other._key

    def __lt__(self, other):
        return self._key < other._key

    def __le__(self, other):
        return self._key <= other._key

    def __gt__(self, other):
        return self._key > other._key

    def __ge__(self, other):
        return self._key >= other._key


def parse(version):
    return Version(version)
