# What gym and gymnasium share: spaces, which say how large observations and actions are, and environments, which have no
# part in what a model costs; of one that is made by its name nothing is known.
import numpy as np

from _unknown import unknown


class Space:
    def __init__(self, shape=None, dtype=None, seed=None):
        self._shape = None if shape is None else tuple(shape)
        self.dtype = None if dtype is None else np.dtype(dtype)

    def __class_getitem__(cls, item):
        return cls

    @property
    def shape(self):
        return self._shape

    def sample(self, *args, **kwargs):
        return unknown('a random sample of a space is not known')

    def contains(self, x):
        return True

    __contains__ = contains

    def seed(self, seed=None):
        return [seed]


class Box(Space):
    def __init__(self, low, high, shape=None, dtype=np.float32, seed=None):
        if shape is None:
            shape = np.shape(low) or np.shape(high) or (1,)
        super().__init__(shape, dtype, seed)
        self.low = np.broadcast_to(np.asarray(low), self._shape).astype(self.dtype)
        self.high = np.broadcast_to(np.asarray(high), self._shape).astype(self.dtype)

    def sample(self, *args, **kwargs):
        return np.random.standard_normal(self._shape).astype(self.dtype)

    def is_bounded(self, manner='both'):
        return unknown('which bounds are finite is not known')


class Discrete(Space):
    def __init__(self, n, seed=None, start=0):
        super().__init__((), np.int64, seed)
        self.n = n
        self.start = start


class MultiDiscrete(Space):
    def __init__(self, nvec, dtype=np.int64, seed=None, start=None):
        self.nvec = np.array(nvec, dtype=dtype)
        super().__init__(self.nvec.shape, dtype, seed)

    def __len__(self):
        return len(self.nvec)


class MultiBinary(Space):
    def __init__(self, n, seed=None):
        self.n = n
        super().__init__((n,) if isinstance(n, int) else n, np.int8, seed)


class Dict(Space):
    def __init__(self, spaces=None, seed=None, **kwargs):
        super().__init__(None, None, seed)
        self.spaces = {**dict(spaces or {}), **kwargs}

    def __getitem__(self, key):
        return self.spaces[key]

    def __iter__(self):
        return iter(self.spaces)

    def __len__(self):
        return len(self.spaces)

    def keys(self):
        return self.spaces.keys()

    def values(self):
        return self.spaces.values()

    def items(self):
        return self.spaces.items()


class Tuple(Space):
    def __init__(self, spaces, seed=None):
        super().__init__(None, None, seed)
        self.spaces = tuple(spaces)

    def __getitem__(self, index):
        return self.spaces[index]

    def __iter__(self):
        return iter(self.spaces)

    def __len__(self):
        return len(self.spaces)


def flatdim(space):
    if isinstance(space, Discrete):
        return space.n
    if isinstance(space, MultiDiscrete):
        return int(sum(space.nvec))
    if isinstance(space, (Dict, Tuple)):
        return sum(flatdim(part) for part in (space.values() if isinstance(space, Dict) else space))
    return int(np.prod(space.shape))


class Env:
    def __class_getitem__(cls, item):
        return cls

    @property
    def unwrapped(self):
        return self


class Wrapper(Env):
    def __init__(self, env):
        self.env = env

    def __getattr__(self, name):
        return getattr(self.env, name)


ActionWrapper = ObservationWrapper = RewardWrapper = Wrapper


def make(id, *args, **kwargs):
    return unknown(f'the environment {id} is not known')
