# gym and gymnasium, each of their modules: spaces and environments; all else is inert.
from packages._inert import Inert
from packages._spaces import (
    ActionWrapper,
    Box,
    Dict,
    Discrete,
    Env,
    MultiBinary,
    MultiDiscrete,
    ObservationWrapper,
    RewardWrapper,
    Space,
    Tuple,
    Wrapper,
    flatdim,
    make,
)

PARTS = ('core', 'envs', 'error', 'spaces', 'utils', 'vector', 'wrappers')


def __getattr__(name):
    if name.startswith('__') or name in PARTS:
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    return Inert(f'{__name__}.{name}')
