# distutils.version: versions are compared number by number.

import re


class LooseVersion:
    def __init__(self, vstring=None):
        if vstring:
            self.parse(vstring)

    def parse(self, vstring):
        self.vstring = vstring
        self.version = [int(part) if part.isdigit() else part for part in re.findall(r'\d+|[a-z]+', vstring)]

    def __str__(self):
        return self.vstring

    def _other(self, other):
        return LooseVersion(other).version if isinstance(other, str) else other.version

    def __eq__(self, other):
        return self.version == self._other(other)

    def __lt__(self, other):
        return self.version < self._other(other)

    def __le__(self, other):
        return self.version <= self._other(other)

    def __gt__(self, other):
        return self.version > self._other(other)

    def __ge__(self, other):
        return self.version >= self._other(other)


StrictVersion = LooseVersion
