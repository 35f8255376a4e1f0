# fnmatch, and what glob's patterns mean.
import re as _re


def translate(pat):
    result = ""
    i = 0
    while i < len(pat):
        c = pat[i]
        end = pat.find("]", i + 2)
        if c == "*":
            result += ".*"
        elif c == "?":
            result += "."
        elif c == "[" and end > 0:
            inside = pat[i + 1 : end].replace("\\", "\\\\")
            result += "[" + ("^" + inside[1:] if inside.startswith("!") else inside) + "]"
            i = end
        else:
            result += _re.escape(c)
        i += 1
    return f"(?s:{result})\\Z"


def fnmatchcase(name, pat):
    return _re.compile(translate(pat)[4:-3], _re.DOTALL).fullmatch(name) is not None


fnmatch = fnmatchcase


def filter(names, pat):
    return [name for name in names if fnmatchcase(name, pat)]
