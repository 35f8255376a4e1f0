# functools. partial, reduce and cached_property are in functools.ts.
from _functools import _Cached, cached_property, cmp_to_key, partial, reduce
from _unknown import is_unknown as _is_unknown

WRAPPER_ASSIGNMENTS = ("__module__", "__name__", "__qualname__", "__doc__", "__annotations__")
WRAPPER_UPDATES = ("__dict__",)


def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    for name in ("__module__", "__name__", "__qualname__", "__doc__"):
        if name in assigned and hasattr(wrapped, name):
            setattr(wrapper, name, getattr(wrapped, name))
    if updated:
        for name, value in getattr(wrapped, "__dict__", {}).items():
            setattr(wrapper, name, value)
    wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    return partial(update_wrapper, wrapped=wrapped, assigned=assigned, updated=updated)


def lru_cache(maxsize=128, typed=False):
    if callable(maxsize):
        return update_wrapper(_Cached(maxsize), maxsize)
    return lambda function: update_wrapper(_Cached(function), function)


def cache(user_function):
    return update_wrapper(_Cached(user_function), user_function)


def total_ordering(cls):
    defined = [name for name in ("__lt__", "__le__", "__gt__", "__ge__") if name in vars(cls)]
    if not defined:
        raise ValueError("must define at least one ordering operation: < > <= >=")
    root = defined[0]
    for name, operation in _ORDERINGS[root].items():
        if name not in vars(cls):
            setattr(cls, name, operation)
    return cls


_ORDERINGS = {
    "__lt__": {
        "__gt__": lambda self, other: not (self < other or self == other),
        "__le__": lambda self, other: self < other or self == other,
        "__ge__": lambda self, other: not self < other,
    },
    "__le__": {
        "__ge__": lambda self, other: not self <= other or self == other,
        "__lt__": lambda self, other: self <= other and not self == other,
        "__gt__": lambda self, other: not self <= other,
    },
    "__gt__": {
        "__lt__": lambda self, other: not (self > other or self == other),
        "__ge__": lambda self, other: self > other or self == other,
        "__le__": lambda self, other: not self > other,
    },
    "__ge__": {
        "__le__": lambda self, other: not self >= other or self == other,
        "__gt__": lambda self, other: self >= other and not self == other,
        "__lt__": lambda self, other: not self >= other,
    },
}


class partialmethod:
    def __init__(self, func, /, *args, **keywords):
        self.func = func
        self.args = args
        self.keywords = keywords

    def __get__(self, obj, cls=None):
        bound = self.func.__get__(obj, cls) if hasattr(self.func, "__get__") else partial(self.func, obj)
        return partial(bound, *self.args, **self.keywords)


def singledispatch(func):
    registry = {object: func}

    def dispatch(cls):
        for base in cls.__mro__:
            if base in registry:
                return registry[base]
        for base, function in registry.items():
            if issubclass(cls, base) and base is not object:
                return function
        return func

    def register(cls, function=None):
        if function is not None:
            registry[cls] = function
            return function
        if isinstance(cls, type):
            return lambda f: register(cls, f)
        return register(_first_annotation(cls), cls)

    def wrapper(*args, **kw):
        if _is_unknown(args[0]):
            return args[0]
        return dispatch(args[0].__class__)(*args, **kw)

    wrapper.register = register
    wrapper.dispatch = dispatch
    wrapper.registry = registry
    return update_wrapper(wrapper, func)


def _first_annotation(function):
    from inspect import signature

    return next(iter(signature(function).parameters.values())).annotation


class singledispatchmethod:
    def __init__(self, func):
        self.dispatcher = singledispatch(func)
        self.func = func

    def register(self, cls, method=None):
        return self.dispatcher.register(cls, method)

    def __get__(self, obj, cls=None):
        def method(*args, **kwargs):
            return self.dispatcher.dispatch(args[0].__class__).__get__(obj, cls)(*args, **kwargs)

        return method
