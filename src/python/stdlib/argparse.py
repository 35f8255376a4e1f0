# argparse: nobody has given arguments on a command line, so parse_args() gives every argument its default.
from _unknown import unknown as _unknown

SUPPRESS = "==SUPPRESS=="
OPTIONAL = "?"
ZERO_OR_MORE = "*"
ONE_OR_MORE = "+"
REMAINDER = "..."
PARSER = "A..."


class ArgumentError(Exception):
    pass


class ArgumentTypeError(Exception):
    pass


class HelpFormatter:
    def __init__(self, *args, **kwargs):
        pass


class ArgumentDefaultsHelpFormatter(HelpFormatter):
    pass


class MetavarTypeHelpFormatter(HelpFormatter):
    pass


class RawDescriptionHelpFormatter(HelpFormatter):
    pass


class RawTextHelpFormatter(HelpFormatter):
    pass


class Namespace:
    def __init__(self, **kwargs):
        for name, value in kwargs.items():
            setattr(self, name, value)

    def __eq__(self, other):
        return isinstance(other, Namespace) and vars(self) == vars(other)

    def __contains__(self, key):
        return key in vars(self)

    def __repr__(self):
        return f"Namespace({', '.join(f'{name}={value!r}' for name, value in vars(self).items())})"


class Action:
    def __init__(self, option_strings=(), dest=None, nargs=None, default=None, type=None, choices=None, required=False, **rest):
        self.option_strings = option_strings
        self.dest = dest
        self.nargs = nargs
        self.default = default
        self.type = type
        self.choices = choices
        self.required = required


class BooleanOptionalAction(Action):
    pass


class FileType:
    def __init__(self, *args, **kwargs):
        pass

    def __call__(self, string):
        return open(string)


_CONSTANTS = {"store_true": False, "store_false": True, "count": None, "append": None, "extend": None}


class _Container:
    def __init__(self):
        self._actions = []
        self._defaults = {}

    def add_argument(self, *names, **options):
        action = options.get("action", "store")
        if action in ("help", "version"):
            return None
        default = options.get("default", _CONSTANTS.get(action) if isinstance(action, str) else None)
        made = Action(
            [name for name in names if name.startswith("-")],
            options.get("dest") or _destination(names),
            options.get("nargs"),
            default,
            options.get("type"),
            options.get("choices"),
            options.get("required", False),
        )
        made.positional = bool(names) and not names[0].startswith("-")
        self._actions.append(made)
        return made

    def add_argument_group(self, *args, **kwargs):
        return _Group(self)

    def add_mutually_exclusive_group(self, *args, **kwargs):
        return _Group(self)

    def set_defaults(self, **kwargs):
        self._defaults.update(kwargs)

    def get_default(self, dest):
        if dest in self._defaults:
            return self._defaults[dest]
        for action in self._actions:
            if action.dest == dest:
                return action.default
        return None


class _Group(_Container):
    def __init__(self, container):
        self._actions = container._actions
        self._defaults = container._defaults


def _destination(names):
    for name in names:
        if name.startswith("--"):
            return name[2:].replace("-", "_")
    return names[0].lstrip("-").replace("-", "_") if names else None


class _SubParsers:
    def __init__(self):
        self.choices = {}

    def add_parser(self, name, **kwargs):
        self.choices[name] = ArgumentParser(**kwargs)
        return self.choices[name]


class ArgumentParser(_Container):
    def __init__(self, prog=None, usage=None, description=None, epilog=None, parents=(), **kwargs):
        super().__init__()
        self.prog = prog
        self.description = description
        for parent in parents:
            self._actions.extend(parent._actions)
            self._defaults.update(parent._defaults)

    def add_subparsers(self, *, dest=None, **kwargs):
        if dest is not None:
            self._defaults.setdefault(dest, None)
        return _SubParsers()

    def register(self, *args):
        return None

    def parse_args(self, args=None, namespace=None):
        return self.parse_known_args(args, namespace)[0]

    def parse_known_args(self, args=None, namespace=None):
        namespace = Namespace() if namespace is None else namespace
        for action in self._actions:
            if action.default is SUPPRESS or action.dest is None or hasattr(namespace, action.dest):
                continue
            setattr(namespace, action.dest, self._value(action))
        for name, value in self._defaults.items():
            if not hasattr(namespace, name) or getattr(namespace, name) is None:
                setattr(namespace, name, value)
        given = [] if args is None else list(args)
        return namespace, self._take(given, namespace)

    def _value(self, action):
        if action.dest in self._defaults:
            return self._defaults[action.dest]
        default = action.default
        if default is None and (action.required or (action.positional and action.nargs not in ("?", "*"))):
            return _unknown(f"the argument {action.dest} is given on the command line")
        if isinstance(default, str) and action.type is not None and callable(action.type):
            return action.type(default)
        return default

    def _take(self, given, namespace):
        """Arguments that the program itself hands over: `parse_args(["--depth", "12"])`."""
        rest = []
        positional = [action for action in self._actions if action.positional]
        while given:
            word = given.pop(0)
            name, _, value = word.partition("=")
            action = next((a for a in self._actions if name in a.option_strings), None)
            if action is None and positional and not word.startswith("-"):
                action, given = positional.pop(0), [word] + given
            if action is None:
                rest.append(word)
            else:
                setattr(namespace, action.dest, self._given(action, given, value))
        return rest

    def _given(self, action, given, value):
        convert = action.type or str
        if action.default is False and action.type is None and not value:
            return True
        if action.default is True and action.type is None and not value:
            return False
        if value:
            return convert(value)
        if action.nargs in (None, "?"):
            return convert(given.pop(0)) if given else action.default
        values = []
        while given and not self._is_option(given[0]) and (not isinstance(action.nargs, int) or len(values) < action.nargs):
            values.append(convert(given.pop(0)))
        return values

    def _is_option(self, word):
        return word.startswith("--") or any(word in action.option_strings for action in self._actions)

    def parse_intermixed_args(self, args=None, namespace=None):
        return self.parse_args(args, namespace)

    def print_help(self, file=None):
        return None

    print_usage = print_help

    def format_help(self):
        return ""

    format_usage = format_help

    def error(self, message):
        raise SystemExit(2)

    def exit(self, status=0, message=None):
        raise SystemExit(status)
