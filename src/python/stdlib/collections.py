# collections: containers made of others. defaultdict and namedtuple are in collections.ts.
from _collections import defaultdict, namedtuple
from collections.abc import MutableMapping, MutableSequence, Sequence


class OrderedDict(dict):
    def move_to_end(self, key, last=True):
        value = dict.pop(self, key)
        rest = list(dict.items(self))
        if not last:
            dict.clear(self)
        dict.__setitem__(self, key, value)
        if not last:
            for k, v in rest:
                dict.__setitem__(self, k, v)

    def popitem(self, last=True):
        if not self:
            raise KeyError("dictionary is empty")
        keys = list(self)
        key = keys[-1] if last else keys[0]
        return key, dict.pop(self, key)

    def copy(self):
        return self.__class__(self)

    def __repr__(self):
        if not self:
            return f"{type(self).__name__}()"
        return f"{type(self).__name__}({list(self.items())!r})"

    def __or__(self, other):
        new = self.__class__(self)
        new.update(other)
        return new


class Counter(dict):
    def __init__(self, iterable=None, /, **kwds):
        super().__init__()
        self.update(iterable, **kwds)

    def __missing__(self, key):
        return 0

    def _counts(self, iterable, kwds):
        if iterable is None:
            iterable = {}
        if isinstance(iterable, dict):
            pairs = list(iterable.items())
        else:
            pairs = [(item, 1) for item in iterable]
        return pairs + list(kwds.items())

    def update(self, iterable=None, /, **kwds):
        for key, count in self._counts(iterable, kwds):
            self[key] = count + self.get(key, 0)

    def subtract(self, iterable=None, /, **kwds):
        for key, count in self._counts(iterable, kwds):
            self[key] = self.get(key, 0) - count

    def elements(self):
        for key, count in self.items():
            for _ in range(count):
                yield key

    def most_common(self, n=None):
        pairs = sorted(self.items(), key=lambda item: item[1], reverse=True)
        return pairs if n is None else pairs[:n]

    def total(self):
        return sum(self.values())

    def copy(self):
        return self.__class__(self)

    def _combine(self, other, function):
        keys = list(self) + [key for key in other if key not in self]
        result = Counter()
        for key in keys:
            count = function(self[key], other[key])
            if count > 0:
                result[key] = count
        return result

    def __add__(self, other):
        return self._combine(other, lambda a, b: a + b)

    def __sub__(self, other):
        return self._combine(other, lambda a, b: a - b)

    def __or__(self, other):
        return self._combine(other, max)

    def __and__(self, other):
        return self._combine(other, min)

    def __delitem__(self, key):
        if key in self:
            super().__delitem__(key)

    def __repr__(self):
        if not self:
            return f"{type(self).__name__}()"
        inner = ", ".join(f"{key!r}: {count!r}" for key, count in self.most_common())
        return f"{type(self).__name__}({{{inner}}})"


class deque(MutableSequence):
    def __init__(self, iterable=(), maxlen=None):
        self._items = []
        self.maxlen = maxlen
        if maxlen is None:
            self._items.extend(iterable)
        else:
            self.extend(iterable)

    def append(self, value):
        self._items.append(value)
        if self.maxlen is not None and len(self._items) > self.maxlen:
            del self._items[0]

    def appendleft(self, value):
        self._items.insert(0, value)
        if self.maxlen is not None and len(self._items) > self.maxlen:
            self._items.pop()

    def extend(self, values):
        for value in list(values) if values is self else values:
            self.append(value)

    def extendleft(self, values):
        for value in list(values) if values is self else values:
            self.appendleft(value)

    def pop(self):
        if not self._items:
            raise IndexError("pop from an empty deque")
        return self._items.pop()

    def popleft(self):
        if not self._items:
            raise IndexError("pop from an empty deque")
        return self._items.pop(0)

    def rotate(self, n=1):
        if self._items:
            n = n % len(self._items)
            self._items = self._items[len(self._items) - n :] + self._items[: len(self._items) - n]

    def clear(self):
        self._items = []

    def copy(self):
        return self.__class__(self._items, self.maxlen)

    def count(self, value):
        return self._items.count(value)

    def index(self, value, *bounds):
        return self._items.index(value, *bounds)

    def insert(self, index, value):
        self._items.insert(index, value)

    def remove(self, value):
        self._items.remove(value)

    def reverse(self):
        self._items.reverse()

    def __len__(self):
        return len(self._items)

    def __iter__(self):
        return iter(self._items)

    def __contains__(self, value):
        return value in self._items

    def __getitem__(self, index):
        return self._items[index]

    def __setitem__(self, index, value):
        self._items[index] = value

    def __delitem__(self, index):
        del self._items[index]

    def __add__(self, other):
        return self.__class__(self._items + list(other), self.maxlen)

    def __eq__(self, other):
        return isinstance(other, deque) and self._items == other._items

    __hash__ = None

    def __repr__(self):
        tail = "" if self.maxlen is None else f", maxlen={self.maxlen}"
        return f"deque({self._items!r}{tail})"


class ChainMap(MutableMapping):
    def __init__(self, *maps):
        self.maps = list(maps) or [{}]

    def __missing__(self, key):
        raise KeyError(key)

    def __getitem__(self, key):
        for mapping in self.maps:
            if key in mapping:
                return mapping[key]
        return self.__missing__(key)

    def __setitem__(self, key, value):
        self.maps[0][key] = value

    def __delitem__(self, key):
        del self.maps[0][key]

    def __contains__(self, key):
        return any(key in mapping for mapping in self.maps)

    def __iter__(self):
        merged = {}
        for mapping in reversed(self.maps):
            merged.update(dict.fromkeys(mapping))
        return iter(merged)

    def __len__(self):
        return len(set().union(*self.maps))

    def new_child(self, m=None, **kwargs):
        return self.__class__({} if m is None else m, *self.maps)

    @property
    def parents(self):
        return self.__class__(*self.maps[1:])

    def __repr__(self):
        return f"ChainMap({', '.join(map(repr, self.maps))})"


class UserDict(MutableMapping):
    def __init__(self, dict=None, /, **kwargs):
        self.data = {}
        if dict is not None:
            self.update(dict)
        if kwargs:
            self.update(kwargs)

    def __len__(self):
        return len(self.data)

    def __getitem__(self, key):
        if key in self.data:
            return self.data[key]
        if hasattr(self.__class__, "__missing__"):
            return self.__class__.__missing__(self, key)
        raise KeyError(key)

    def __setitem__(self, key, item):
        self.data[key] = item

    def __delitem__(self, key):
        del self.data[key]

    def __iter__(self):
        return iter(self.data)

    def __contains__(self, key):
        return key in self.data

    def __repr__(self):
        return repr(self.data)

    def copy(self):
        return self.__class__(self.data)


class UserList(MutableSequence):
    def __init__(self, initlist=None):
        self.data = [] if initlist is None else list(initlist)

    def __len__(self):
        return len(self.data)

    def __getitem__(self, i):
        return self.__class__(self.data[i]) if isinstance(i, slice) else self.data[i]

    def __setitem__(self, i, item):
        self.data[i] = item

    def __delitem__(self, i):
        del self.data[i]

    def __contains__(self, item):
        return item in self.data

    def __add__(self, other):
        return self.__class__(self.data + list(other))

    def __eq__(self, other):
        return self.data == (other.data if isinstance(other, UserList) else other)

    def __repr__(self):
        return repr(self.data)

    def insert(self, i, item):
        self.data.insert(i, item)

    def append(self, item):
        self.data.append(item)

    def sort(self, /, *args, **kwds):
        self.data.sort(*args, **kwds)


class UserString(str):
    @property
    def data(self):
        return str(self)
