# scipy as model code uses it for constants: discretised systems, matrices, windows and special functions of arrays. What
# comes of them is known by its size. All else is inert: it has no part in what a model costs.
import math

import numpy as np
from packages._inert import Inert

PARTS = 'fft integrate interpolate io linalg ndimage optimize signal sparse spatial special stats'.split()

# Each element by itself, of the parameters broadcast.
ELEMENTWISE = set(
    '''bdtr beta betainc betaln binom digamma ellipk erf erfc erfcinv erfinv eval_chebyt eval_chebyu eval_gegenbauer
    eval_genlaguerre eval_hermite eval_hermitenorm eval_jacobi eval_laguerre eval_legendre eval_sh_legendre exp1 expi
    expit expn gamma gammainc gammaincc gammaln i0 i0e i1 i1e iv j0 j1 jn jv k0 k1 kn kv lambertw log1p log_softmax logit
    lpmv ndtr ndtri poch polygamma psi rel_entr sinc softmax sph_harm xlogy y0 y1 yn yv zeta'''.split()
)

# Those of one number.
OF_NUMBERS = {'erf': math.erf, 'erfc': math.erfc, 'gamma': math.gamma, 'gammaln': math.lgamma, 'log1p': math.log1p}

# Of the shape of the matrix or signal that is given first.
LIKEWISE = set(
    '''convolve1d cosm dct detrend distance_transform_edt expm filtfilt gaussian_filter gaussian_filter1d gaussian_laplace
    idct inv invres laplace lfilter logm maximum_filter medfilt median_filter minimum_filter pinvh savgol_filter sinm
    sobel sosfilt sosfiltfilt sqrtm uniform_filter wiener'''.split()
)


def unknown_elements(shape):
    return np.random.standard_normal(tuple(shape))


def broadcast(*values):
    total = 0
    for value in values:
        total = total + np.zeros(np.shape(value))
    return unknown_elements(np.shape(total))


def elementwise(name):
    def function(*args, **kwargs):
        if len(args) == 1 and isinstance(args[0], (int, float)) and name in OF_NUMBERS:
            return OF_NUMBERS[name](args[0])
        return broadcast(*args)

    return function


def likewise(a, *args, **kwargs):
    return unknown_elements(np.shape(a))


def comb(N, k, *, exact=False, repetition=False):
    if isinstance(N, int) and isinstance(k, int):
        count = math.comb(N + k - 1 if repetition else N, k) if 0 <= k <= N else 0
        return count if exact else float(count)
    return broadcast(N, k)


def factorial(n, exact=False):
    if isinstance(n, int):
        return math.factorial(n) if exact else float(math.factorial(n))
    return broadcast(n)


def block_diag(*arrays):
    rows = columns = 0
    for array in arrays:
        shape = np.shape(np.atleast_2d(array))
        rows, columns = rows + shape[0], columns + shape[1]
    return unknown_elements((rows, columns))


def toeplitz(c, r=None):
    return unknown_elements((np.size(c), np.size(c if r is None else r)))


hankel = toeplitz


def circulant(c):
    return toeplitz(c)


def dft(n, scale=None):
    return unknown_elements((n, n)).astype(np.complex128)


def hadamard(n, dtype=int):
    return unknown_elements((n, n)).astype(dtype)


def cont2discrete(system, dt, method='zoh', alpha=None):
    if len(system) != 4:
        return Inert('scipy.signal.cont2discrete')(system, dt)
    return (*[likewise(matrix) for matrix in system], dt)


def get_window(window, Nx, fftbins=True):
    return unknown_elements((Nx,))


def firwin(numtaps, *args, **kwargs):
    return unknown_elements((numtaps,))


class windows:
    def __getattr__(self, name):
        return lambda M, *args, **kwargs: unknown_elements((M,))


windows = windows()


def __getattr__(name):
    if name.startswith('__') or (__name__ == 'scipy' and name in PARTS):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    if name in ELEMENTWISE:
        return elementwise(name)
    if name in LIKEWISE:
        return likewise
    if __name__ == 'scipy.linalg' and hasattr(np.linalg, name):
        return getattr(np.linalg, name)
    return Inert(f'{__name__}.{name}')
