# torch.distributions: the common ones, as far as shapes go. Samples are tensors of the right size.

import math

import torch


def _spread(*values):
    tensors = [v if isinstance(v, torch.Tensor) else torch.tensor(float(v)) for v in values]
    return torch.broadcast_tensors(*tensors) if len(tensors) > 1 else tuple(tensors)


class Distribution:
    def __init__(self, batch_shape=torch.Size(), event_shape=torch.Size(), validate_args=None):
        self.batch_shape, self.event_shape = torch.Size(batch_shape), torch.Size(event_shape)

    def _extended(self, sample_shape):
        return torch.Size((*sample_shape, *self.batch_shape, *self.event_shape))

    def rsample(self, sample_shape=torch.Size()):
        return torch.empty(self._extended(sample_shape))

    def sample(self, sample_shape=torch.Size()):
        with torch.no_grad():
            return self.rsample(sample_shape)


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


class Beta(Distribution):
    def __init__(self, concentration1, concentration0, validate_args=None):
        self.concentration1, self.concentration0 = _spread(concentration1, concentration0)
        super().__init__(self.concentration1.size())


class Gamma(Distribution):
    def __init__(self, concentration, rate, validate_args=None):
        self.concentration, self.rate = _spread(concentration, rate)
        super().__init__(self.concentration.size())


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
        self.loc = loc
        super().__init__(loc.shape[:-1], loc.shape[-1:])

    @property
    def mean(self):
        return self.loc


def kl_divergence(p, q):
    ratio = (p.scale / q.scale).pow(2)
    return 0.5 * (ratio + ((p.loc - q.loc) / q.scale).pow(2) - 1 - ratio.log())
