# tqdm: the iterable, without its bar.
from packages._identity import Progress


class tqdm(Progress):
    @staticmethod
    def write(*args, **kwargs):
        pass


class tqdm_notebook(tqdm):
    pass


def trange(*args, **kwargs):
    return tqdm(range(*args))
