# typing: everything can be subscripted and called, and means nothing, except what code asks at run time:
# bases (Generic, Protocol, NamedTuple, TypedDict), get_args of a Literal, isinstance with an alias or a union.
import collections.abc
from collections import ChainMap as _ChainMap, Counter as _Counter, OrderedDict as _OrderedDict
from collections import defaultdict as _defaultdict, deque as _deque
from _collections import NamedTuple
from _unknown import unknown as _unknown

TYPE_CHECKING = False


class _Form:
    """A name that may be subscripted: Literal, ClassVar, List[int]."""

    def __init__(self, name, origin=None, args=(), union=False):
        self._name = name
        self._union = union
        self.__args__ = args
        if origin is not None:
            self.__origin__ = origin
        if union and args:
            self.__union_args__ = args

    def __getitem__(self, parameters):
        if not isinstance(parameters, tuple):
            parameters = (parameters,)
        return _Form(self._name, getattr(self, "__origin__", self), parameters, self._union)

    def __call__(self, *args, **kwargs):
        if len(args) == 1 and not kwargs and "__origin__" not in self.__dict__:
            return args[0]
        return self.__origin__(*args, **kwargs)

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __eq__(self, other):
        if not isinstance(other, _Form):
            return NotImplemented
        return self._name == other._name and self.__args__ == other.__args__

    def __hash__(self):
        return hash((self._name, self.__args__))

    def __repr__(self):
        if not self.__args__:
            return f"typing.{self._name}"
        return f"typing.{self._name}[{', '.join(_show(arg) for arg in self.__args__)}]"


def _show(arg):
    if isinstance(arg, type):
        return arg.__name__ if arg.__module__ == "builtins" else f"{arg.__module__}.{arg.__name__}"
    return "..." if arg is ... else repr(arg)


class _UnionForm(_Form):
    def __getitem__(self, parameters):
        if not isinstance(parameters, tuple):
            parameters = (parameters,)
        flat = []
        for parameter in parameters:
            parameter = type(None) if parameter is None else parameter
            for member in getattr(parameter, "__union_args__", (parameter,)):
                if member not in flat:
                    flat.append(member)
        if len(flat) == 1:
            return flat[0]
        return _Form("Union", self, tuple(flat), True)


class _OptionalForm(_Form):
    def __getitem__(self, parameter):
        return Union[parameter, None]


Union = _UnionForm("Union")
Optional = _OptionalForm("Optional")
Any = object
Annotated = _Form("Annotated")
ClassVar = _Form("ClassVar")
Concatenate = _Form("Concatenate")
Final = _Form("Final")
Literal = _Form("Literal")
LiteralString = str
Never = _Form("Never")
NoReturn = _Form("NoReturn")
NotRequired = _Form("NotRequired")
ReadOnly = _Form("ReadOnly")
Required = _Form("Required")
Self = _Form("Self")
TypeAlias = _Form("TypeAlias")
TypeGuard = _Form("TypeGuard")
TypeIs = _Form("TypeIs")
Unpack = _Form("Unpack")

Dict = _Form("Dict", dict)
FrozenSet = _Form("FrozenSet", frozenset)
List = _Form("List", list)
Set = _Form("Set", set)
Tuple = _Form("Tuple", tuple)
Type = _Form("Type", type)
ChainMap = _Form("ChainMap", _ChainMap)
Counter = _Form("Counter", _Counter)
DefaultDict = _Form("DefaultDict", _defaultdict)
Deque = _Form("Deque", _deque)
OrderedDict = _Form("OrderedDict", _OrderedDict)

AbstractSet = _Form("AbstractSet", collections.abc.Set)
AsyncGenerator = _Form("AsyncGenerator", collections.abc.AsyncGenerator)
AsyncIterable = _Form("AsyncIterable", collections.abc.AsyncIterable)
AsyncIterator = _Form("AsyncIterator", collections.abc.AsyncIterator)
Awaitable = _Form("Awaitable", collections.abc.Awaitable)
ByteString = _Form("ByteString", collections.abc.ByteString)
Callable = _Form("Callable", collections.abc.Callable)
Collection = _Form("Collection", collections.abc.Collection)
Container = _Form("Container", collections.abc.Container)
Coroutine = _Form("Coroutine", collections.abc.Coroutine)
Generator = _Form("Generator", collections.abc.Generator)
Hashable = collections.abc.Hashable
ItemsView = _Form("ItemsView", collections.abc.ItemsView)
Iterable = _Form("Iterable", collections.abc.Iterable)
Iterator = _Form("Iterator", collections.abc.Iterator)
KeysView = _Form("KeysView", collections.abc.KeysView)
Mapping = _Form("Mapping", collections.abc.Mapping)
MutableMapping = _Form("MutableMapping", collections.abc.MutableMapping)
MutableSequence = _Form("MutableSequence", collections.abc.MutableSequence)
MutableSet = _Form("MutableSet", collections.abc.MutableSet)
Reversible = _Form("Reversible", collections.abc.Reversible)
Sequence = _Form("Sequence", collections.abc.Sequence)
Sized = collections.abc.Sized
ValuesView = _Form("ValuesView", collections.abc.ValuesView)

Text = str
AnyStr = str
IO = BinaryIO = TextIO = _Form("IO")
Pattern = _Form("Pattern")
Match = _Form("Match")


class TypeVar:
    def __init__(self, name, *constraints, **options):
        self.__name__ = name
        self.__constraints__ = constraints
        self.__bound__ = options.get("bound")

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __repr__(self):
        return "~" + self.__name__


class ParamSpec(TypeVar):
    @property
    def args(self):
        return self

    @property
    def kwargs(self):
        return self


class TypeVarTuple(TypeVar):
    def __iter__(self):
        yield self


class Generic:
    pass


class Protocol:
    pass


class TypedDict(dict):
    pass


class SupportsAbs(Protocol):
    pass


class SupportsFloat(Protocol):
    pass


class SupportsIndex(Protocol):
    pass


class SupportsInt(Protocol):
    pass


class SupportsRound(Protocol):
    pass


class ForwardRef:
    def __init__(self, arg, *args, **kwargs):
        self.__forward_arg__ = arg


def _eval_type(t, globalns, localns, *args, **kwargs):
    return eval(t.__forward_arg__, globalns) if isinstance(t, ForwardRef) else t


class NewType:
    def __init__(self, name, tp):
        self.__name__ = name
        self.__supertype__ = tp

    def __call__(self, x):
        return x


class TypeAliasType:
    def __init__(self, name, value, **kwargs):
        self.__name__ = name
        self.__value__ = value


def _identity(value):
    return value


final = no_type_check = override = overload = runtime = runtime_checkable = _identity


def cast(typ, val):
    return val


def assert_type(val, typ):
    return val


def reveal_type(val):
    return val


def assert_never(arg):
    raise AssertionError(f"Expected code to be unreachable, but got: {arg!r}")


def dataclass_transform(**kwargs):
    return _identity


def deprecated(message, **kwargs):
    return _identity


def get_overloads(func):
    return []


def get_origin(tp):
    return getattr(tp, "__origin__", None)


def get_args(tp):
    return getattr(tp, "__args__", ())


def is_typeddict(tp):
    return isinstance(tp, type) and issubclass(tp, TypedDict)


def get_type_hints(obj, globalns=None, localns=None, include_extras=False):
    names = getattr(obj, "__annotations__", {})
    return {name: _unknown("annotations are not evaluated") for name in names}
