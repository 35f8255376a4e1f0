# string.
ascii_lowercase = "abcdefghijklmnopqrstuvwxyz"
ascii_uppercase = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ascii_letters = ascii_lowercase + ascii_uppercase
digits = "0123456789"
hexdigits = digits + "abcdefABCDEF"
octdigits = "01234567"
punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
whitespace = " \t\n\r\v\f"
printable = digits + ascii_letters + punctuation + whitespace


def capwords(s, sep=None):
    return (sep or " ").join(word.capitalize() for word in s.split(sep))


class Template:
    def __init__(self, template):
        self.template = template

    def _fill(self, mapping, kws, strict):
        import re

        values = dict(mapping or {}, **kws)

        def convert(match):
            name = match.group(1) or match.group(2)
            if name is None:
                return "$"
            if name in values:
                return str(values[name])
            if strict:
                raise KeyError(name)
            return match.group()

        return re.sub(r"\$(?:(\w+)|\{(\w+)\}|\$)", convert, self.template)

    def substitute(self, mapping=None, /, **kws):
        return self._fill(mapping, kws, True)

    def safe_substitute(self, mapping=None, /, **kws):
        return self._fill(mapping, kws, False)


class Formatter:
    def format(self, format_string, /, *args, **kwargs):
        return format_string.format(*args, **kwargs)

    def vformat(self, format_string, args, kwargs):
        return format_string.format(*args, **kwargs)
