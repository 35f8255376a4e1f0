# io: texts that are read like files.
from _unknown import unknown as _unknown

SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2


class IOBase:
    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()

    def close(self):
        pass

    def flush(self):
        pass

    def readable(self):
        return True

    def writable(self):
        return True

    def seekable(self):
        return True


class TextIOBase(IOBase):
    pass


class RawIOBase(IOBase):
    pass


class BufferedIOBase(IOBase):
    pass


class StringIO(TextIOBase):
    _empty = ""

    def __init__(self, initial_value=None, newline="\n"):
        self._value = self._empty if initial_value is None else initial_value
        self._at = 0

    def read(self, size=-1):
        end = len(self._value) if size is None or size < 0 else self._at + size
        text = self._value[self._at : end]
        self._at = min(end, len(self._value))
        return text

    def readline(self, size=-1):
        end = self._value.find("\n", self._at)
        end = len(self._value) if end < 0 else end + 1
        return self.read(end - self._at)

    def readlines(self, hint=-1):
        return list(self)

    def __iter__(self):
        line = self.readline()
        while line:
            yield line
            line = self.readline()

    def write(self, s):
        self._value = self._value[: self._at] + s + self._value[self._at + len(s) :]
        self._at += len(s)
        return len(s)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def seek(self, offset, whence=0):
        self._at = offset + (0, self._at, len(self._value))[whence]
        return self._at

    def tell(self):
        return self._at

    def truncate(self, size=None):
        self._value = self._value[: self._at if size is None else size]

    def getvalue(self):
        return self._value


class BytesIO(StringIO):
    _empty = b""

    def getbuffer(self):
        return self._value


class TextIOWrapper(TextIOBase):
    def __init__(self, buffer, *args, **kwargs):
        self.buffer = buffer


class BufferedReader(BufferedIOBase):
    pass


class FileIO(RawIOBase):
    pass


class UnsupportedOperation(OSError, ValueError):
    pass


open = open
