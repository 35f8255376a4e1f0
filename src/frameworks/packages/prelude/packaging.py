# packaging.version: versions in their order. Left out: the order among pre-releases beyond their letters and numbers.
import re


class InvalidVersion(ValueError):
    pass


class Version:
    def __init__(self, version):
        match = re.match(r'\s*v?(?:(\d+)!)?(\d+(?:\.\d+)*)(.*)$', str(version))
        if match is None:
            raise InvalidVersion(f'Invalid version: {version!r}')
        self.text = str(version)
        self.epoch = int(match.group(1) or 0)
        self.release = tuple(int(part) for part in match.group(2).split('.'))
        rest, _, local = match.group(3).partition('+')
        self.local = local or None
        found = re.match(r'[-_.]?(a|b|c|rc|alpha|beta|pre|dev|post)[-_.]?(\d*)', rest)
        kind = found.group(1) if found else ''
        number = int(found.group(2) or 0) if found else 0
        self.is_devrelease, self.is_postrelease = kind == 'dev', kind == 'post'
        self.dev = number if kind == 'dev' else None
        self.post = number if kind == 'post' else None
        self.is_prerelease = kind not in ('', 'post')
        self.pre = (kind, number) if self.is_prerelease and kind != 'dev' else None
        order = {'dev': -4, 'a': -3, 'alpha': -3, 'b': -2, 'beta': -2, 'c': -1, 'rc': -1, 'pre': -1, '': 0, 'post': 1}
        self._rank = (order[kind], number)

    @property
    def major(self):
        return self.release[0]

    @property
    def minor(self):
        return self.release[1] if len(self.release) > 1 else 0

    @property
    def micro(self):
        return self.release[2] if len(self.release) > 2 else 0

    @property
    def base_version(self):
        return '.'.join(str(part) for part in self.release)

    public = base_version

    @property
    def _key(self):
        release = list(self.release)
        while len(release) > 1 and release[-1] == 0:
            release.pop()
        return (self.epoch, tuple(release), self._rank, self.local or '')

    def __eq__(self, other):
        return isinstance(other, Version) and self._key == other._key

    def __lt__(self, other):
        return self._key < other._key

    def __le__(self, other):
        return self._key <= other._key

    def __gt__(self, other):
        return self._key > other._key

    def __ge__(self, other):
        return self._key >= other._key

    def __hash__(self):
        return hash(self._key)

    def __str__(self):
        return self.text.strip()

    def __repr__(self):
        return f"<Version('{self}')>"


LegacyVersion = Version


def parse(version):
    return Version(version)
