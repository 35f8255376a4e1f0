# torch.distributions: the common ones, as far as shapes go. Samples are tensors of the right size. What is not written out
# has the right size too, and a knob says that its cost is left out.

import math

import torch
from torch._native import assume as _assume


def _spread(*values):
    tensors = [v if isinstance(v, torch.Tensor) else torch.tensor(float(v)) for v in values]
    return torch.broadcast_tensors(*tensors) if len(tensors) > 1 else tuple(tensors)


class Distribution:
    def __init__(self, batch_shape=torch.Size(), event_shape=torch.Size(), validate_args=None):
        self.batch_shape, self.event_shape = torch.Size(batch_shape), torch.Size(event_shape)

    has_rsample = has_enumerate_support = True

    def _extended(self, sample_shape=torch.Size()):
        return torch.Size((*sample_shape, *self.batch_shape, *self.event_shape))

    def _left_out(self, name, shape):
        _assume('cost', 0, f'torch.distributions.{type(self).__name__}.{name}: only its size is known')
        return torch.empty(shape)

    @property
    def mean(self):
        return self._left_out('mean', self._extended())

    mode = mean

    @property
    def variance(self):
        return self._left_out('variance', self._extended())

    @property
    def stddev(self):
        return self.variance.sqrt()

    def cdf(self, value):
        return self._left_out('cdf', torch.broadcast_shapes(value.shape, self.batch_shape))

    icdf = cdf

    def entropy(self):
        return self._left_out('entropy', self.batch_shape)

    def log_prob(self, value):
        batch = value.shape[:value.dim() - len(self.event_shape)]
        return self._left_out('log_prob', torch.broadcast_shapes(batch, self.batch_shape))

    def rsample(self, sample_shape=torch.Size()):
        return torch.empty(self._extended(sample_shape))

    def sample(self, sample_shape=torch.Size()):
        with torch.no_grad():
            return self.rsample(sample_shape)

    def sample_n(self, n):
        return self.sample((n,))

    def expand(self, batch_shape, _instance=None):
        wider = Distribution(batch_shape, self.event_shape)
        wider.__class__ = type(self)
        for name, value in vars(self).items():
            if not name.endswith('_shape'):
                setattr(wider, name, value)
        return wider


class ExponentialFamily(Distribution):
    pass


class _OfParameters(Distribution):
    """Any distribution of single numbers whose parameters are broadcast."""

    names = ()

    def __init__(self, *args, validate_args=None, **kwargs):
        given = [*args[:len(self.names)], *(kwargs[name] for name in self.names[len(args):] if name in kwargs)]
        for name, value in zip(self.names, _spread(*given)):
            setattr(self, name, value)
        super().__init__(_spread(*given)[0].size())


class Normal(Distribution):
    def __init__(self, loc, scale, validate_args=None):
        self.loc, self.scale = _spread(loc, scale)
        super().__init__(self.loc.size())

    @property
    def mean(self):
        return self.loc

    @property
    def stddev(self):
        return self.scale

    @property
    def variance(self):
        return self.scale.pow(2)

    def entropy(self):
        return 0.5 + 0.5 * math.log(2 * math.pi) + torch.log(self.scale)

    def log_prob(self, value):
        return -((value - self.loc) ** 2) / (2 * self.scale ** 2) - self.scale.log() - math.log(math.sqrt(2 * math.pi))

    def rsample(self, sample_shape=torch.Size()):
        eps = torch.randn(self._extended(sample_shape), dtype=self.loc.dtype)
        return self.loc + eps * self.scale


class Uniform(Distribution):
    def __init__(self, low, high, validate_args=None):
        self.low, self.high = _spread(low, high)
        super().__init__(self.low.size())

    def rsample(self, sample_shape=torch.Size()):
        return self.low + torch.rand(self._extended(sample_shape)) * (self.high - self.low)


class Bernoulli(Distribution):
    def __init__(self, probs=None, logits=None, validate_args=None):
        (self.probs,) = _spread(probs if probs is not None else torch.sigmoid(logits))
        super().__init__(self.probs.size())

    def log_prob(self, value):
        return value * self.probs.log() + (1 - value) * (1 - self.probs).log()

    def entropy(self):
        return -(self.probs * self.probs.log())


class Categorical(Distribution):
    def __init__(self, probs=None, logits=None, validate_args=None):
        self.probs = probs / probs.sum(-1, keepdim=True) if probs is not None else torch.softmax(logits, -1)
        self.logits = logits if logits is not None else self.probs.log()
        super().__init__(self.probs.shape[:-1])

    def log_prob(self, value):
        return self.logits.gather(-1, value.long().unsqueeze(-1)).squeeze(-1)

    def entropy(self):
        return -(self.probs * self.logits).sum(-1)

    def sample(self, sample_shape=torch.Size()):
        return torch.empty(self._extended(sample_shape), dtype=torch.long)


class OneHotCategorical(Categorical):
    def __init__(self, probs=None, logits=None, validate_args=None):
        super().__init__(probs, logits)
        self.event_shape = self.probs.shape[-1:]

    def sample(self, sample_shape=torch.Size()):
        return torch.empty(self._extended(sample_shape))


class OneHotCategoricalStraightThrough(OneHotCategorical):
    def rsample(self, sample_shape=torch.Size()):
        return self.sample(sample_shape) + (self.probs - self.probs.detach())


class RelaxedBernoulli(Distribution):
    def __init__(self, temperature, probs=None, logits=None, validate_args=None):
        self.temperature = temperature
        (self.logits,) = _spread(logits if logits is not None else torch.logit(probs))
        super().__init__(self.logits.size())

    def rsample(self, sample_shape=torch.Size()):
        noise = torch.rand(self._extended(sample_shape))
        return torch.sigmoid((noise.log() - (1 - noise).log() + self.logits) / self.temperature)


class RelaxedOneHotCategorical(Distribution):
    def __init__(self, temperature, probs=None, logits=None, validate_args=None):
        self.temperature = temperature
        self.logits = logits if logits is not None else probs.log()
        super().__init__(self.logits.shape[:-1], self.logits.shape[-1:])

    def rsample(self, sample_shape=torch.Size()):
        noise = -(-torch.rand(self._extended(sample_shape)).log()).log()
        return torch.softmax((self.logits + noise) / self.temperature, -1)


class Beta(_OfParameters):
    names = ('concentration1', 'concentration0')


class Binomial(Distribution):
    def __init__(self, total_count=1, probs=None, logits=None, validate_args=None):
        (self.probs,) = _spread(probs if probs is not None else torch.sigmoid(logits))
        self.total_count = total_count
        super().__init__(self.probs.size())


class Cauchy(_OfParameters):
    names = ('loc', 'scale')


class Chi2(_OfParameters):
    names = ('df',)


class Dirichlet(Distribution):
    def __init__(self, concentration, validate_args=None):
        self.concentration = concentration
        super().__init__(concentration.shape[:-1], concentration.shape[-1:])


class Exponential(_OfParameters):
    names = ('rate',)


class Gamma(_OfParameters):
    names = ('concentration', 'rate')


class Geometric(Bernoulli):
    pass


class Gumbel(_OfParameters):
    names = ('loc', 'scale')

    def rsample(self, sample_shape=torch.Size()):
        return self.loc - self.scale * (-torch.rand(self._extended(sample_shape)).log()).log()


class HalfCauchy(_OfParameters):
    names = ('scale',)


class HalfNormal(_OfParameters):
    names = ('scale',)


class Multinomial(Categorical):
    def __init__(self, total_count=1, probs=None, logits=None, validate_args=None):
        super().__init__(probs, logits)
        self.total_count, self.event_shape = total_count, self.probs.shape[-1:]

    def sample(self, sample_shape=torch.Size()):
        return torch.empty(self._extended(sample_shape))


class NegativeBinomial(Binomial):
    pass


class Pareto(_OfParameters):
    names = ('scale', 'alpha')


class Poisson(_OfParameters):
    names = ('rate',)


class StudentT(_OfParameters):
    names = ('df', 'loc', 'scale')

    def __init__(self, df, loc=0.0, scale=1.0, validate_args=None):
        super().__init__(df, loc, scale)


class VonMises(_OfParameters):
    names = ('loc', 'concentration')


class Weibull(_OfParameters):
    names = ('scale', 'concentration')


class Laplace(Normal):
    pass


class LogNormal(Normal):
    pass


class Independent(Distribution):
    def __init__(self, base_distribution, reinterpreted_batch_ndims, validate_args=None):
        self.base_dist = base_distribution
        shape = (*base_distribution.batch_shape, *base_distribution.event_shape)
        at = len(base_distribution.batch_shape) - reinterpreted_batch_ndims
        self.ndims = reinterpreted_batch_ndims
        super().__init__(shape[:at], shape[at:])

    @property
    def mean(self):
        return self.base_dist.mean

    def rsample(self, sample_shape=torch.Size()):
        return self.base_dist.rsample(sample_shape)

    def log_prob(self, value):
        return self.base_dist.log_prob(value).sum(list(range(-self.ndims, 0)))


class MultivariateNormal(Distribution):
    def __init__(self, loc, covariance_matrix=None, precision_matrix=None, scale_tril=None, validate_args=None):
        given = next(m for m in (scale_tril, covariance_matrix, precision_matrix) if m is not None)
        self.scale_tril = given if scale_tril is not None else torch.linalg.cholesky(given)
        batch = torch.broadcast_shapes(given.shape[:-2], loc.shape[:-1])
        self.loc = loc.expand(*batch, -1)
        super().__init__(batch, loc.shape[-1:])

    @property
    def mean(self):
        return self.loc

    mode = mean

    @property
    def covariance_matrix(self):
        return self.scale_tril @ self.scale_tril.mT

    @property
    def variance(self):
        return self.scale_tril.pow(2).sum(-1)

    def rsample(self, sample_shape=torch.Size()):
        eps = torch.randn(self._extended(sample_shape), dtype=self.loc.dtype)
        return self.loc + torch.matmul(self.scale_tril, eps.unsqueeze(-1)).squeeze(-1)


class MixtureSameFamily(Distribution):
    def __init__(self, mixture_distribution, component_distribution, validate_args=None):
        self.mixture_distribution, self.component_distribution = mixture_distribution, component_distribution
        super().__init__(component_distribution.batch_shape[:-1], component_distribution.event_shape)

    def log_prob(self, value):
        value = value.unsqueeze(-1 - len(self.event_shape))
        mixture = torch.log_softmax(self.mixture_distribution.logits, -1)
        return torch.logsumexp(self.component_distribution.log_prob(value) + mixture, -1)


class TransformedDistribution(Distribution):
    def __init__(self, base_distribution, transforms, validate_args=None):
        self.base_dist = base_distribution
        self.transforms = transforms if isinstance(transforms, list) else [transforms]
        super().__init__(base_distribution.batch_shape, base_distribution.event_shape)

    def rsample(self, sample_shape=torch.Size()):
        sample = self.base_dist.rsample(sample_shape)
        for transform in self.transforms:
            sample = transform(sample)
        return sample


class Transform:
    def __init__(self, cache_size=0):
        self.bijective, self.sign = True, 1

    def __call__(self, x):
        return x

    inv = __call__

    def log_abs_det_jacobian(self, x, y):
        _assume('cost', 0, f'torch.distributions.{type(self).__name__}: only its size is known')
        return torch.empty_like(x)


class AffineTransform(Transform):
    def __init__(self, loc, scale, event_dim=0, cache_size=0):
        super().__init__()
        self.loc, self.scale = loc, scale

    def __call__(self, x):
        return self.loc + self.scale * x


class ComposeTransform(Transform):
    def __init__(self, parts, cache_size=0):
        super().__init__()
        self.parts = parts

    def __call__(self, x):
        for part in self.parts:
            x = part(x)
        return x


class ExpTransform(Transform):
    def __call__(self, x):
        return x.exp()


class SigmoidTransform(Transform):
    def __call__(self, x):
        return torch.sigmoid(x)


class TanhTransform(Transform):
    def __call__(self, x):
        return x.tanh()


def kl_divergence(p, q):
    if isinstance(p, Independent):
        return kl_divergence(p.base_dist, q.base_dist).sum(list(range(-p.ndims, 0)))
    if isinstance(p, Categorical):
        return (p.probs * (p.logits - q.logits)).sum(-1)
    if not isinstance(p, Normal):
        return p._left_out('kl_divergence', torch.broadcast_shapes(p.batch_shape, q.batch_shape))
    ratio = (p.scale / q.scale).pow(2)
    return 0.5 * (ratio + ((p.loc - q.loc) / q.scale).pow(2) - 1 - ratio.log())
