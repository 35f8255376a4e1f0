# statistics: the simple ones.
from math import fsum as _fsum, sqrt as _sqrt


class StatisticsError(ValueError):
    pass


def mean(data):
    data = list(data)
    if not data:
        raise StatisticsError("mean requires at least one data point")
    total = sum(data)
    return total // len(data) if isinstance(total, int) and total % len(data) == 0 else total / len(data)


def fmean(data, weights=None):
    data = list(data)
    return _fsum(data) / len(data)


def median(data):
    data = sorted(data)
    if not data:
        raise StatisticsError("no median for empty data")
    half = len(data) // 2
    return data[half] if len(data) % 2 else (data[half - 1] + data[half]) / 2


def pvariance(data, mu=None):
    data = list(data)
    centre = fmean(data) if mu is None else mu
    return sum((x - centre) ** 2 for x in data) / len(data)


def variance(data, xbar=None):
    data = list(data)
    centre = fmean(data) if xbar is None else xbar
    return sum((x - centre) ** 2 for x in data) / (len(data) - 1)


def stdev(data, xbar=None):
    return _sqrt(variance(data, xbar))


def pstdev(data, mu=None):
    return _sqrt(pvariance(data, mu))
