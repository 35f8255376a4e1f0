# numbers: the tower of numeric types.
from abc import ABCMeta


class Number(metaclass=ABCMeta):
    __hash__ = None


class Complex(Number):
    pass


class Real(Complex):
    pass


class Rational(Real):
    pass


class Integral(Rational):
    pass


for _cls in (Number, Complex):
    _cls.register(complex)
for _cls in (Number, Complex, Real):
    _cls.register(float)
for _cls in (Number, Complex, Real, Rational, Integral):
    _cls.register(int)
