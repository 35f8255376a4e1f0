# warnings: nobody is warned.
filters = []


def _nothing(*args, **kwargs):
    return None


filterwarnings = formatwarning = resetwarnings = showwarning = simplefilter = warn = warn_explicit = _nothing


class catch_warnings:
    def __init__(self, *, record=False, **kwargs):
        self._record = record

    def __enter__(self):
        return [] if self._record else None

    def __exit__(self, *exc_info):
        return None


def deprecated(message, **kwargs):
    return lambda target: target
