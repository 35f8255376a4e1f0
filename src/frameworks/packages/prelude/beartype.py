# beartype, typeguard: nothing is checked.
from packages._identity import identity

import typing

beartype = typechecked = beartype_this_package = identity


class BeartypeConf:
    def __init__(self, **options):
        pass


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    if name in ('door', 'typing', 'vale'):
        raise AttributeError(name)
    found = getattr(typing, name, None)
    return identity if found is None else found


def is_bearable(value, hint):
    return True


def die_if_unbearable(value, hint):
    return None
