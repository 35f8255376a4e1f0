# opt_einsum: a contraction of several tensors is done two at a time, in the order that takes the fewest operations.
# Left out: paths that are handed in, interleaved subscripts, and more tensors than an exhaustive search is for.
import torch

from _unknown import unknown

MOST = 5
LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'


def contract(subscripts, *operands, **kwargs):
    if not isinstance(subscripts, str) or len(operands) > MOST:
        return unknown('opt_einsum.contract is not followed in this form')
    if len(operands) <= 2:
        return torch.einsum(subscripts, *operands)
    inputs, output = _parsed(subscripts, operands)
    sizes = {name: size for term, x in zip(inputs, operands) for name, size in zip(term, x.shape)}
    terms, left = list(inputs), list(operands)
    for i, j in _best(tuple(terms), output, sizes)[1]:
        kept = _kept(terms, i, j, output)
        made = torch.einsum(f'{terms[i]},{terms[j]}->{kept}', left[i], left[j])
        terms = [term for at, term in enumerate(terms) if at not in (i, j)] + [kept]
        left = [x for at, x in enumerate(left) if at not in (i, j)] + [made]
    return left[0] if terms[0] == output else torch.einsum(f'{terms[0]}->{output}', left[0])


def _parsed(subscripts, operands):
    """The subscripts of each tensor and of the result, an ellipsis written out, the last dimensions by the last letters."""
    before, arrow, output = subscripts.replace(' ', '').partition('->')
    inputs, most = [], 0
    for term, x in zip(before.split(','), operands):
        count = len(x.shape) - len(term.replace('...', '')) if '...' in term else 0
        most = max(most, count)
        inputs.append(term.replace('...', LETTERS[len(LETTERS) - count :]))
    dots = LETTERS[len(LETTERS) - most :]
    if not arrow:
        names = ''.join(inputs)
        output = dots + ''.join(sorted(name for name in set(names) - set(dots) if names.count(name) == 1))
    return inputs, output.replace('...', dots)


def _kept(terms, i, j, output):
    """What is left of two terms: what the others or the result still need."""
    needed = output + ''.join(term for at, term in enumerate(terms) if at not in (i, j))
    return ''.join(dict.fromkeys(name for name in terms[i] + terms[j] if name in needed))


def _best(terms, output, sizes):
    """The cost and the pairs of the cheapest way to make one of several terms."""
    if len(terms) == 1:
        return 0, []
    best = None
    for j in range(len(terms)):
        for i in range(j):
            kept = _kept(terms, i, j, output)
            names = set(terms[i] + terms[j])
            cost = 2 if names - set(kept) else 1
            for name in names:
                cost *= sizes[name]
            rest = tuple(term for at, term in enumerate(terms) if at not in (i, j)) + (kept,)
            later, pairs = _best(rest, output, sizes)
            if best is None or cost + later < best[0]:
                best = cost + later, [(i, j)] + pairs
    return best


def contract_expression(subscripts, *shapes, **kwargs):
    return lambda *operands: contract(subscripts, *operands)
