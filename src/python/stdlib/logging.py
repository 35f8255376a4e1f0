# logging: nothing is logged. Levels are kept, because code asks for them.
CRITICAL = FATAL = 50
ERROR = 40
WARNING = WARN = 30
INFO = 20
DEBUG = 10
NOTSET = 0

_names = {50: "CRITICAL", 40: "ERROR", 30: "WARNING", 20: "INFO", 10: "DEBUG", 0: "NOTSET"}


def _nothing(*args, **kwargs):
    return None


class _Silent:
    def __init__(self, *args, **kwargs):
        pass

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return _nothing


class Filterer(_Silent):
    pass


class Formatter(_Silent):
    pass


class Filter(_Silent):
    pass


class LogRecord(_Silent):
    pass


class Handler(Filterer):
    level = 0

    def setLevel(self, level):
        self.level = level


class StreamHandler(Handler):
    pass


class FileHandler(StreamHandler):
    pass


class NullHandler(Handler):
    pass


class Logger(Filterer):
    propagate = True
    parent = None

    def __init__(self, name, level=NOTSET):
        self.name = name
        self.level = level
        self.handlers = []

    def setLevel(self, level):
        self.level = level

    def getEffectiveLevel(self):
        return self.level or WARNING

    def isEnabledFor(self, level):
        return level >= self.getEffectiveLevel()

    def hasHandlers(self):
        return bool(self.handlers)

    def addHandler(self, hdlr):
        self.handlers.append(hdlr)

    def getChild(self, suffix):
        return getLogger(f"{self.name}.{suffix}")


class LoggerAdapter(Logger):
    def __init__(self, logger, extra=None):
        super().__init__(logger.name, logger.level)
        self.logger = logger
        self.extra = extra


root = Logger("root", WARNING)
_loggers = {}


def getLogger(name=None):
    if not name:
        return root
    if name not in _loggers:
        _loggers[name] = Logger(name)
    return _loggers[name]


def getLoggerClass():
    return Logger


def getLevelName(level):
    if isinstance(level, str):
        return {text: number for number, text in _names.items()}.get(level, f"Level {level}")
    return _names.get(level, f"Level {level}")


addLevelName = basicConfig = captureWarnings = disable = exception = setLoggerClass = shutdown = _nothing
critical = debug = error = fatal = info = log = warn = warning = _nothing
