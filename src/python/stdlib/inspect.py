# inspect: signatures, kinds and sources of objects. Frames are not known.
from _inspect import frame_at as _frame_at
from _inspect import frame_count as _frame_count
from _inspect import parameters as _parameters
from _inspect import place as _place
from _inspect import source as _source
from _unknown import unknown as _unknown
from collections import OrderedDict as _OrderedDict
from collections import namedtuple as _namedtuple
import types as _types


class _empty:
    pass


class _Kind:
    def __init__(self, value, name, description):
        self.value = value
        self.name = name
        self.description = description

    def __int__(self):
        return self.value

    def __lt__(self, other):
        return self.value < other.value

    def __str__(self):
        return self.name

    def __repr__(self):
        return f"<_ParameterKind.{self.name}: {self.value}>"


class Parameter:
    POSITIONAL_ONLY = _Kind(0, "POSITIONAL_ONLY", "positional-only")
    POSITIONAL_OR_KEYWORD = _Kind(1, "POSITIONAL_OR_KEYWORD", "positional or keyword")
    VAR_POSITIONAL = _Kind(2, "VAR_POSITIONAL", "variadic positional")
    KEYWORD_ONLY = _Kind(3, "KEYWORD_ONLY", "keyword-only")
    VAR_KEYWORD = _Kind(4, "VAR_KEYWORD", "variadic keyword")
    empty = _empty

    # An annotation that nobody asks for is not evaluated: `_annotate` does it.
    def __init__(self, name, kind, *, default=_empty, annotation=_empty, _annotate=None):
        self.name = name
        self.kind = kind
        self.default = default
        self._annotation = annotation
        self._annotate = _annotate

    @property
    def annotation(self):
        if self._annotate is not None:
            self._annotation = self._annotate()
            self._annotate = None
        return self._annotation

    def replace(self, **changes):
        options = {"name": self.name, "kind": self.kind, "default": self.default, "annotation": self.annotation}
        options.update(changes)
        return Parameter(options.pop("name"), options.pop("kind"), **options)

    def __eq__(self, other):
        return isinstance(other, Parameter) and self._parts() == other._parts()

    def _parts(self):
        return self.name, self.kind, self.default, self.annotation

    def __hash__(self):
        return hash((self.name, self.kind.value))

    def __str__(self):
        star = {"VAR_POSITIONAL": "*", "VAR_KEYWORD": "**"}.get(self.kind.name, "")
        return f"{star}{self.name}" if self.default is _empty else f"{self.name}={self.default!r}"

    def __repr__(self):
        return f'<Parameter "{self}">'


_KINDS = {
    "positional": Parameter.POSITIONAL_ONLY,
    "normal": Parameter.POSITIONAL_OR_KEYWORD,
    "variadic": Parameter.VAR_POSITIONAL,
    "keyword": Parameter.KEYWORD_ONLY,
    "keywords": Parameter.VAR_KEYWORD,
}


class BoundArguments:
    def __init__(self, signature, arguments):
        self.signature = signature
        self.arguments = arguments

    def apply_defaults(self):
        arguments = {}
        for name, parameter in self.signature.parameters.items():
            if name in self.arguments:
                arguments[name] = self.arguments[name]
            elif parameter.default is not _empty:
                arguments[name] = parameter.default
            elif parameter.kind is Parameter.VAR_POSITIONAL:
                arguments[name] = ()
            elif parameter.kind is Parameter.VAR_KEYWORD:
                arguments[name] = {}
        self.arguments = arguments

    @property
    def args(self):
        args = []
        for name, parameter in self.signature.parameters.items():
            if parameter.kind in (Parameter.VAR_KEYWORD, Parameter.KEYWORD_ONLY) or name not in self.arguments:
                break
            if parameter.kind is Parameter.VAR_POSITIONAL:
                args.extend(self.arguments[name])
            else:
                args.append(self.arguments[name])
        return tuple(args)

    @property
    def kwargs(self):
        kwargs = {}
        for name, parameter in self.signature.parameters.items():
            if name in self.arguments and parameter.kind is Parameter.VAR_KEYWORD:
                kwargs.update(self.arguments[name])
            elif name in self.arguments and parameter.kind is Parameter.KEYWORD_ONLY:
                kwargs[name] = self.arguments[name]
        return kwargs


class Signature:
    empty = _empty

    def __init__(self, parameters=None, *, return_annotation=_empty):
        self.parameters = _OrderedDict((p.name, p) for p in parameters or ())
        self.return_annotation = return_annotation

    @classmethod
    def from_callable(cls, obj, **kwargs):
        return signature(obj)

    def replace(self, *, parameters=None, return_annotation=_empty):
        return Signature(self.parameters.values() if parameters is None else parameters, return_annotation=return_annotation)

    def bind(self, *args, **kwargs):
        return self._bind(args, kwargs, False)

    def bind_partial(self, *args, **kwargs):
        return self._bind(args, kwargs, True)

    def _bind(self, args, kwargs, partial):
        arguments = {}
        args = list(args)
        for name, parameter in self.parameters.items():
            kind = parameter.kind
            if kind is Parameter.VAR_POSITIONAL:
                if args:
                    arguments[name] = tuple(args)
                args = []
            elif kind is Parameter.VAR_KEYWORD:
                if kwargs:
                    arguments[name] = kwargs
                kwargs = {}
            elif args and kind is not Parameter.KEYWORD_ONLY:
                if name in kwargs:
                    raise TypeError(f"multiple values for argument {name!r}")
                arguments[name] = args.pop(0)
            elif name in kwargs and kind is not Parameter.POSITIONAL_ONLY:
                arguments[name] = kwargs.pop(name)
            elif parameter.default is _empty and not partial:
                raise TypeError(f"missing a required argument: {name!r}")
        if args:
            raise TypeError("too many positional arguments")
        if kwargs:
            raise TypeError(f"got an unexpected keyword argument {next(iter(kwargs))!r}")
        return BoundArguments(self, arguments)

    def __str__(self):
        parts = []
        star = False
        for parameter in self.parameters.values():
            if parameter.kind is Parameter.VAR_POSITIONAL:
                star = True
            elif parameter.kind is Parameter.KEYWORD_ONLY and not star:
                parts.append("*")
                star = True
            parts.append(str(parameter))
        return f"({', '.join(parts)})"

    def __repr__(self):
        return f"<Signature {self}>"


def signature(obj, *, follow_wrapped=True, **kwargs):
    declared = getattr(obj, "__signature__", None)
    if isinstance(declared, Signature):
        return declared
    if follow_wrapped and hasattr(obj, "__wrapped__") and not isinstance(obj, type):
        return signature(obj.__wrapped__)
    found = _parameters(obj)
    if found is None:
        raise ValueError(f"no signature found for {obj!r}")
    return Signature(
        [
            Parameter(name, _KINDS[kind], default=rest.get("default", _empty), _annotate=rest.get("annotate"))
            for name, kind, rest in found
        ]
    )


FullArgSpec = _namedtuple("FullArgSpec", "args varargs varkw defaults kwonlyargs kwonlydefaults annotations")


def getfullargspec(func):
    args, defaults, kwonly, kwdefaults = [], [], [], {}
    varargs = varkw = None
    for name, kind, rest in _parameters(getattr(func, "__func__", func)) or ():
        if kind in ("positional", "normal"):
            args.append(name)
            if "default" in rest:
                defaults.append(rest["default"])
        elif kind == "variadic":
            varargs = name
        elif kind == "keyword":
            kwonly.append(name)
            if "default" in rest:
                kwdefaults[name] = rest["default"]
        else:
            varkw = name
    return FullArgSpec(args, varargs, varkw, tuple(defaults) or None, kwonly, kwdefaults or None, {})


def isclass(object):
    return isinstance(object, type)


def ismodule(object):
    return isinstance(object, _types.ModuleType)


def isfunction(object):
    return isinstance(object, _types.FunctionType)


def ismethod(object):
    return isinstance(object, _types.MethodType)


def isbuiltin(object):
    return isinstance(object, _types.BuiltinFunctionType)


def isroutine(object):
    return isfunction(object) or ismethod(object) or isbuiltin(object)


def isgenerator(object):
    return isinstance(object, _types.GeneratorType)


def isgeneratorfunction(object):
    return _unknown("whether a function is a generator is not asked")


def iscoroutinefunction(object):
    return False


def isawaitable(object):
    return False


def isabstract(object):
    return isclass(object) and any(getattr(getattr(object, name, None), "__isabstractmethod__", False) for name in dir(object))


def getmembers(object, predicate=None):
    members = [(name, getattr(object, name)) for name in dir(object) if hasattr(object, name)]
    return [(name, value) for name, value in members if predicate is None or predicate(value)]


def getmro(cls):
    return cls.__mro__


def getdoc(object):
    return None


def cleandoc(doc):
    return doc


def getmodule(object, *args):
    return _unknown("inspect.getmodule is not followed")


def unwrap(func, *, stop=None):
    while hasattr(func, "__wrapped__"):
        func = func.__wrapped__
    return func


def _frames(*args, **kwargs):
    return _unknown("frames of the program are not known")


def getsource(object):
    found = _source(object)
    if found is None:
        raise OSError("could not get source code")
    return found


def getsourcelines(object):
    return getsource(object).splitlines(True), 0


def getfile(object):
    found = _place(object)
    if found is None:
        raise TypeError(f"{object!r} is a built-in")
    return found


getsourcefile = getfile
class _Code:
    def __init__(self, name):
        self.co_name = name


class _Frame:
    def __init__(self, index):
        self._index = index
        name, self.f_locals, self.f_globals = _frame_at(index)
        self.f_code, self.f_lineno = _Code(name), 0

    @property
    def f_back(self):
        return _Frame(self._index - 1) if self._index > 0 else None


def currentframe():
    return _Frame(_frame_count() - 2)


class ArgInfo(tuple):
    args, varargs, keywords, locals = (property(lambda self, at=at: self[at]) for at in range(4))


def getargvalues(frame):
    return ArgInfo((list(frame.f_locals), None, None, frame.f_locals))


stack = trace = getframeinfo = getouterframes = _frames
