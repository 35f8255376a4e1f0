# einx: element-wise functions and reductions by patterns, on einops. Its own source compiles code at run time. Left out:
# brackets other than those of reductions and of get_at along one axis.
import torch
from _unknown import unknown
from einops import rearrange, reduce


def _names(side):
    return side.replace('(', ' ').replace(')', ' ').split()


def _sides(pattern):
    left, arrow, right = pattern.partition('->')
    inputs = [side.strip() for side in left.split(',')]
    if arrow:
        return inputs, right.strip()
    wanted = {name for side in inputs for name in _names(side)}
    whole = [side for side in inputs if set(_names(side)) >= wanted]
    return inputs, whole[0] if whole else None


def _aligned(tensor, side, wanted):
    """The tensor with a dimension for each wanted name, of size 1 where it has none."""
    if not torch.is_tensor(tensor) or side == '':
        return tensor
    names = [name for name in _names(side) if name != '1']
    target = [name if name in names else '1' for name in wanted if name in names or name != '...']
    return rearrange(tensor, f"{side} -> {' '.join(target)}")


def _elementwise(function):
    def call(pattern, *tensors, **sizes):
        inputs, output = _sides(pattern)
        if output is None or len(inputs) != len(tensors) or '[' in pattern:
            return unknown(f'the einx pattern {pattern!r} is not followed')
        wanted = [name for name in _names(output) if name != '1']
        known = {name for side in inputs for name in _names(side)}
        if not set(wanted) <= known or '...' in wanted[1:]:
            return unknown(f'the einx pattern {pattern!r} is not followed')
        result = function(*[_aligned(tensor, side, wanted) for tensor, side in zip(tensors, inputs)])
        return result if wanted == output.split() else rearrange(result, f"{' '.join(wanted)} -> {output}", **sizes)

    return call


def _where(condition, x, y):
    return torch.where(condition, x, y)


add = _elementwise(lambda *parts: _folded(torch.add, parts))
multiply = _elementwise(lambda *parts: _folded(torch.mul, parts))
subtract = _elementwise(torch.sub)
divide = true_divide = _elementwise(torch.div)
floor_divide = _elementwise(torch.floor_divide)
maximum = _elementwise(torch.maximum)
minimum = _elementwise(torch.minimum)
less = _elementwise(torch.lt)
less_equal = _elementwise(torch.le)
greater = _elementwise(torch.gt)
greater_equal = _elementwise(torch.ge)
equal = _elementwise(torch.eq)
not_equal = _elementwise(torch.ne)
logical_and = _elementwise(lambda *parts: _folded(torch.logical_and, parts))
logical_or = _elementwise(lambda *parts: _folded(torch.logical_or, parts))
where = _elementwise(_where)


def _folded(function, parts):
    result = parts[0]
    for part in parts[1:]:
        result = function(result, part)
    return result


def _reduction(name):
    def call(pattern, tensor, *, keepdims=False, **sizes):
        left, arrow, right = pattern.partition('->')
        plain = left.replace('[', ' ').replace(']', ' ')
        if not arrow:
            kept = []
            inside = False
            for token in left.replace('[', ' [ ').replace(']', ' ] ').split():
                if token in '[]':
                    inside = token == '['
                elif not inside or keepdims:
                    kept.append('1' if inside else token)
            right = ' '.join(kept)
        return reduce(tensor, f'{plain} -> {right}', name, **sizes)

    return call


sum = _reduction('sum')
mean = _reduction('mean')
max = _reduction('max')
min = _reduction('min')
prod = _reduction('prod')
any = _reduction('any')
all = _reduction('all')


def get_at(pattern, tensor, index, **sizes):
    """`b n [l], b n -> b n` and `[v] d, b n -> b n d`: along one axis."""
    inputs, output = _sides(pattern)
    source = inputs[0].replace('[', ' [ ').replace(']', ' ] ').split()
    if len(inputs) == 2 and output is not None:
        kept = source[:-3] if source[-3:-2] == ['['] else None
        if kept is not None and inputs[1].split() == kept == output.split():
            return tensor.gather(-1, index.unsqueeze(-1)).squeeze(-1)
        if source[:1] == ['['] and source[2:3] == [']'] and output.split() == inputs[1].split() + source[3:]:
            return tensor[index]
    return unknown(f'the einx pattern {pattern!r} is not followed')


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    return lambda *args, **kwargs: unknown(f'einx.{name} is not modelled yet')
