"""Asks PyTorch what its operators do, and writes the answers to test/data/operators.json.

    python scripts/oracle-operators.py            (torch 2.13, CPU; the output is the same on every machine)

Each case is one call of a bound name. It is run on the meta device (tensors with given contents on the CPU), and what is noted
is: shapes, dtypes, strides and contents of the outputs, whether the first one shares its storage with an input, contraction
FPO forward and backward (FlopCounterMode), and the bytes that autograd keeps when every float input needs a gradient. A case
that PyTorch refuses is noted as refused. test/ops/oracle.test.ts holds our operators and bindings against all of it.
"""

import json
import math
import os
import warnings

import torch
import torch.nn.functional as F
from torch.utils.flop_counter import FlopCounterMode

from oracle_measures import tensors_in

warnings.filterwarnings("ignore")
torch.manual_seed(0)

f16, bf16, f32, f64 = torch.float16, torch.bfloat16, torch.float32, torch.float64
i32, i64, u8, b1 = torch.int32, torch.int64, torch.uint8, torch.bool
c64 = torch.complex64

SPACES = {
    "torch": torch,
    "F": F,
    "Tensor": torch.Tensor,
    "torch.fft": torch.fft,
    "torch.linalg": torch.linalg,
    "torch.special": torch.special,
}


class T:
    """A tensor argument: shape and dtype, on request permuted or expanded, or with contents."""

    def __init__(self, *shape, dtype=f32, data=None, perm=None, wide=None):
        self.shape, self.dtype, self.data, self.perm, self.wide = list(shape), dtype, data, perm, wide

    def make(self, device, grad=False):
        if self.data is not None:
            made = torch.tensor(self.data, dtype=self.dtype)
        elif device == "cpu":
            made = torch.zeros(self.shape, dtype=self.dtype)
        else:
            made = torch.empty(self.shape, dtype=self.dtype, device="meta")
        if grad and (made.is_floating_point() or made.is_complex()):
            made.requires_grad_()
        if self.perm:
            made = made.permute(self.perm)
        if self.wide:
            made = made.expand(self.wide)
        return made

    def note(self):
        made = self.make("meta")
        noted = {"shape": list(made.shape), "dtype": name_of(self.dtype)}
        if not made.is_contiguous():
            noted["strides"] = list(made.stride())
            noted["elements"] = math.prod(self.shape)
        if self.data is not None:
            noted["contents"] = numbers(made)
        return {"tensor": noted}


def C(data, dtype=None):
    """A tensor with contents."""
    made = torch.tensor(data, dtype=dtype)
    return T(*made.shape, dtype=made.dtype, data=data)


def name_of(dtype):
    return str(dtype).removeprefix("torch.")


def numbers(tensor):
    flat = tensor.flatten().tolist()
    return [spell(float(x) if not isinstance(x, (bool, int)) else int(x)) for x in flat]


def spell(x):
    if isinstance(x, float) and not math.isfinite(x):
        return "nan" if math.isnan(x) else "inf" if x > 0 else "-inf"
    return x


def note(value):
    """An argument as JSON; a Python float is told from an int."""
    if isinstance(value, T):
        return value.note()
    if isinstance(value, torch.dtype):
        return name_of(value)
    if isinstance(value, float):
        return {"float": spell(value)}
    if isinstance(value, slice):
        return ["slice", value.start, value.stop, value.step]
    if value is Ellipsis:
        return "..."
    if isinstance(value, torch.memory_format):
        return name_of(value)
    if isinstance(value, (list, tuple)):
        return [note(item) for item in value]
    return value


def make(value, device, grad=False):
    if isinstance(value, T):
        return value.make(device, grad)
    if isinstance(value, tuple):
        return tuple(make(item, device, grad) for item in value)
    if isinstance(value, list):
        return [make(item, device, grad) for item in value]
    return value


def has_data(value):
    if isinstance(value, T):
        return value.data is not None
    return isinstance(value, (list, tuple)) and any(has_data(item) for item in value)


def has_tensor(value):
    return isinstance(value, T) or (isinstance(value, (list, tuple)) and any(has_tensor(item) for item in value))


cases = []
CPU_ONLY = {"torch.linalg.eig", "torch.corrcoef", "torch.cov"}


def storage(tensor):
    return tensor.untyped_storage()._cdata


def function(name):
    space, _, member = name.rpartition(".")
    return getattr(SPACES[space], member)


def call(name, args, kwargs):
    if name == "Tensor.__getitem__":
        items = args[1]
        return args[0][tuple(items) if isinstance(items, list) else items]
    return function(name)(*args, **kwargs)


def case(name, *args, **kwargs):
    """Runs a call and notes what came out."""
    noted = {"name": name, "args": [note(a) for a in args]}
    if kwargs:
        noted["kwargs"] = {key: note(value) for key, value in kwargs.items()}
    creates = not any(has_tensor(v) for v in [*args, *kwargs.values()])
    device = "cpu" if name in CPU_ONLY or creates or any(has_data(v) for v in [*args, *kwargs.values()]) else "meta"
    given = [make(a, device) for a in args]
    named = {key: make(value, device) for key, value in kwargs.items()}
    counter = FlopCounterMode(display=False)
    try:
        with counter, torch.no_grad():
            result = call(name, given, named)
        refused = refusal(name, args, kwargs)
    except Exception as error:
        refused = str(error)
    if refused:
        noted["refused"] = refused.split("\n")[0][:160]
        cases.append(noted)
        return
    outputs = tensors_in(result)
    inputs = {storage(t) for t in tensors_in([*given, *named.values()])}
    noted["outputs"] = [output(t, device == "cpu") for t in outputs]
    if not isinstance(result, torch.Tensor):
        noted["many"] = True
    if outputs and storage(outputs[0]) in inputs:
        noted["view"] = True
    if counter.get_total_flops():
        noted["flops"] = counter.get_total_flops()
    if device == "meta":
        noted.update(gradient(name, args, kwargs))
    cases.append(noted)


def refusal(name, args, kwargs):
    """What the CPU objects to: the meta device lets some mistakes pass, as mixed dtypes in matmul."""
    try:
        call(name, [make(a, "cpu") for a in args], {key: make(v, "cpu") for key, v in kwargs.items()})
    except (RuntimeError, IndexError, TypeError, ValueError) as error:
        tolerated = ["ZeroDivision", "not implemented for", "probability tensor", "singular", "positive-definite", "invalid multinomial"]
        return None if any(text in str(error) for text in tolerated) else str(error)


def output(tensor, with_contents):
    noted = {"shape": list(tensor.shape), "dtype": name_of(tensor.dtype)}
    if not tensor.is_contiguous():
        noted["strides"] = list(tensor.stride())
    if with_contents and tensor.numel() <= 64 and not tensor.is_complex():
        noted["contents"] = numbers(tensor)
    return noted


def gradient(name, args, kwargs):
    """Bytes kept for backward, inputs included, and contraction FPO of the backward pass."""
    torch.manual_seed(0)
    given = [make(a, "meta", True) for a in args]
    named = {key: make(value, "meta", True) for key, value in kwargs.items()}
    kept = {}

    def pack(tensor):
        kept[storage(tensor)] = tensor.untyped_storage()
        return tensor

    try:
        with torch.autograd.graph.saved_tensors_hooks(pack, lambda t: t):
            outputs = [t for t in tensors_in(call(name, given, named)) if t.requires_grad]
        if not outputs:
            return {}
        saved = sum(s.nbytes() for s in kept.values())
        counter = FlopCounterMode(display=False)
        total = sum(t.abs().sum() if t.is_complex() else t.sum() for t in outputs)
        with counter:
            total.backward()
        flops = counter.get_total_flops()
        return {"saved": saved, **({"backward": flops} if flops else {})}
    except Exception:
        return {}


# ---------------------------------------------------------------------------------------------------------------- cases

x, y = T(2, 3, 4), T(3, 4)
image = T(2, 6, 8, 10)

UNARY = """abs acos acosh angle asin asinh atan atanh ceil cos cosh deg2rad digamma erf erfc erfinv exp exp2 expm1 floor frac
isfinite isinf isnan isneginf isposinf isreal lgamma log log10 log1p log2 logical_not neg negative positive rad2deg reciprocal
relu round rsqrt sgn sigmoid sign signbit sin sinc sinh sqrt square tan tanh trunc""".split()
for op in UNARY:
    case(f"torch.{op}", T(2, 3, 4))
    if op not in {"frac", "positive"}:
        case(f"Tensor.{op}", T(5, dtype=i64))
case("Tensor.bitwise_not", T(5, dtype=b1))
case("Tensor.bitwise_not", C([0, 1, -5]))
case("torch.abs", T(3, dtype=c64))
case("torch.angle", T(3, dtype=c64))
for op in ["floor", "ceil", "round", "trunc", "sqrt", "exp", "abs", "neg", "sign", "square", "reciprocal", "relu"]:
    case(f"torch.{op}", C([-2.5, -1.5, -0.5, 0.0, 0.5, 1.5, 2.5, 3.7, 96.3]))
case("torch.round", C([0.1234, 5.678]), decimals=2)
case("torch.logical_not", C([0.0, 1.5]))
case("torch.isnan", C([float("nan"), 1.0]))

BINARY = """add arctan2 atan2 copysign div eq floor_divide fmax fmin fmod ge gt hypot le logaddexp logaddexp2 lt maximum
minimum mul multiply ne remainder sub true_divide xlogy""".split()
for op in BINARY:
    case(f"torch.{op}", x, y)
    case(f"torch.{op}", T(4, dtype=i64), T(4, dtype=i32))
    if op in {"add", "div", "eq", "floor_divide", "fmod", "ge", "gt", "le", "lt", "mul", "ne", "remainder", "sub", "xlogy"}:
        case(f"Tensor.{op}", T(3, dtype=i64), 2)
        case(f"Tensor.{op}", T(3, dtype=i64), 2.5)
        case(f"Tensor.{op}", T(3, dtype=f16), 2.5)
        case(f"Tensor.{op}", T(3, dtype=b1), 2)
        case(f"Tensor.{op}", C([7, -7, 3]), C([2, 2, -2]))
        case(f"Tensor.{op}", C([7.0, -7.5, 3.25]), 2)
for a in [f16, bf16, f32, f64, i32, i64, u8, b1, c64]:
    for b in [f16, bf16, f32, f64, i64, i32, u8, b1, c64]:
        case("torch.mul", T(2, dtype=a), T(2, dtype=b))
        case("torch.mul", T(2, dtype=a), T(dtype=b))
for op in ["bitwise_and", "bitwise_or", "bitwise_xor", "bitwise_left_shift", "bitwise_right_shift", "gcd", "lcm"]:
    case(f"torch.{op}", C([12, 10, 7]), C([10, 3, 2]))
for op in ["logical_and", "logical_or", "logical_xor"]:
    case(f"torch.{op}", C([1, 0, 2]), C([0, 0, 3]))
case("torch.bitwise_and", T(3, dtype=b1), T(3, dtype=b1))
case("torch.add", x, y, alpha=2)
case("torch.add", C([1.0, 2.0]), C([3.0, 4.0]), alpha=2)
case("torch.sub", C([1.0, 2.0]), C([3.0, 4.0]), alpha=2)
case("torch.sub", x, 1.5)
case("torch.rsub", C([1, 2]), 5)
case("torch.div", C([7, -7]), 2, rounding_mode="floor")
case("torch.div", C([7, -7]), 2, rounding_mode="trunc")
case("torch.div", C([7, -7]), 2)
case("torch.div", C([0.1, 0.7]), 0.3)
case("torch.div", 7, 2, rounding_mode="trunc")
case("torch.div", 7, 2)
case("torch.mul", T(2, 1, 4), T(3, 1))
case("torch.mul", T(2, 3), T(2, 4))
case("torch.add", T(2, 3, 4, perm=(0, 2, 1)), 1.0)
case("torch.add", T(2, 3, 4, perm=(0, 2, 1)), T(2, 4, 3))
case("torch.add", T(2, 4, 3), T(2, 3, 4, perm=(0, 2, 1)))
case("torch.mul", T(2, 8, 6, 5, perm=(0, 3, 1, 2)), T(5, 1, 1))
case("torch.mul", T(2, 1, 1, 5, perm=(0, 3, 1, 2)), T(2, 5, 8, 6))
case("torch.relu", T(2, 8, 6, 5, perm=(0, 3, 1, 2)))
case("torch.relu", T(3, 1, wide=(3, 4)))
case("torch.add", T(3, 1, wide=(3, 4)), T(4, 3, perm=(1, 0)))
case("torch.addcmul", x, T(2, 3, 4), y, value=0.5)
case("torch.addcdiv", x, T(2, 3, 4), y)
case("torch.pow", x, 2)
case("torch.pow", T(3, dtype=i64), 2)
case("torch.pow", T(3, dtype=i64), 0.5)
case("torch.pow", x, y)
case("torch.pow", 2, C([1, 2, 3]))
case("torch.pow", 2.0, C([1.0, 2.0, 3.0]))
case("torch.pow", C([1.5, 2.0, 3.0]), 2)
case("torch.clamp", x, 0, 1)
case("torch.clamp", x, min=0.0)
case("torch.clamp", C([-1.0, 0.5, 3.0]), 0, 1)
case("torch.clamp", C([-1, 5, 3]), max=4)
case("torch.clamp", T(3, dtype=i64), 0.5)
case("torch.clamp", T(2, 3), T(3), T(2, 1))
case("torch.clamp_min", x, 0)
case("torch.clamp_max", x, 1.0)
case("torch.clip", x, -1, 1)
case("torch.lerp", x, T(2, 3, 4), 0.5)
case("torch.lerp", C([0.0, 10.0]), C([1.0, 20.0]), 0.25)
case("torch.where", T(2, 1, dtype=b1), T(3), 0.0)
case("torch.where", T(2, dtype=b1), T(2, dtype=i64), T(2))
case("torch.where", C([True, False]), C([1, 2]), C([10, 20]))
case("torch.where", C([True, False]), 1.0, -1.0)
case("torch.where", C([0, 3, 0, 5]))
case("Tensor.where", T(2, 3), T(3, dtype=b1), T(2, 1))
case("torch.masked_fill", x, T(3, 1, dtype=b1), float("-inf"))
case("Tensor.masked_fill", C([1, 2, 3]), C([True, False, True]), 0)
case("torch.nan_to_num", x)
case("torch.isclose", T(3), T(3))
case("torch.complex", T(3), T(3))
case("torch.polar", T(3), T(3))
case("torch.logit", x)
case("torch.heaviside", T(3), T(3))
case("torch.special.expit", T(3))
case("torch.float_power", T(3), 2)

# activations
for op in ["relu", "relu6", "gelu", "silu", "mish", "hardswish", "hardsigmoid", "elu", "selu", "celu", "leaky_relu", "softplus",
           "logsigmoid", "hardtanh", "hardshrink", "softshrink", "sigmoid", "tanh", "rrelu"]:
    case(f"F.{op}", x)
case("F.gelu", x, approximate="tanh")
case("F.elu", x, 0.5)
case("F.leaky_relu", x, negative_slope=0.2)
case("F.threshold", x, 0.1, 20.0)
case("F.prelu", T(2, 3, 4), T(3))
case("F.prelu", T(2, 3, 4), T(1))
case("F.prelu", T(2, 3, 4), T(4))
case("F.glu", T(2, 6), 1)
case("F.glu", T(2, 5), 1)
case("F.glu", T(2, 6, 4), dim=1)
for op in ["softmax", "log_softmax"]:
    case(f"F.{op}", x, dim=-1)
    case(f"torch.{op}", x, 1)
    case(f"torch.{op}", x, -1, dtype=f64)
    case(f"F.{op}", T(2, 3, dtype=f16), dim=1, dtype=f32)
    case(f"torch.{op}", x, 3)
case("F.softmin", x, dim=1)
case("torch.softmax", T(2, 3, 4, 5, perm=(0, 2, 1, 3)), -1)
case("F.dropout", x, 0.5, False)
case("F.dropout", x, 0.0, True)
case("F.dropout", x, 0.5, True)
case("F.dropout2d", image, 0.5, False)

# matrix products
case("torch.matmul", T(5, 3), T(3, 4))
case("torch.matmul", T(2, 5, 3), T(2, 3, 4))
case("torch.matmul", T(2, 5, 3), T(3, 4))
case("torch.matmul", T(5, 3), T(2, 3, 4))
case("torch.matmul", T(2, 1, 5, 3), T(7, 3, 4))
case("torch.matmul", T(3), T(3))
case("torch.matmul", T(5, 3), T(3))
case("torch.matmul", T(3), T(3, 4))
case("torch.matmul", T(2, 5, 3), T(3))
case("torch.matmul", T(3), T(2, 3, 4))
case("torch.matmul", T(2, 4, 5, 3), T(2, 4, 3, 6))
case("torch.matmul", T(2, 5, 4, 3, perm=(0, 2, 1, 3)), T(2, 6, 4, 3, perm=(0, 2, 3, 1)))
case("torch.matmul", T(2, 4, 3), T(2, 4, 3))
case("torch.matmul", T(4, 3), T(3, 4, dtype=f64))
case("torch.matmul", T(2, 3, 5, perm=(0, 2, 1)), T(3, 4))
case("torch.matmul", T(2, 5, 3), T(4, 3, perm=(1, 0)))
case("torch.matmul", C([[1, 2], [3, 4]]), C([[5, 6], [7, 8]]))
case("torch.matmul", T(8, 1, 16, wide=(8, 5, 16)), T(8, 16, 3))
case("torch.mm", T(5, 3), T(3, 4))
case("torch.bmm", T(2, 5, 3), T(2, 3, 4))
case("torch.mv", T(5, 3), T(3))
case("torch.dot", T(5), T(5))
case("torch.addmm", T(4), T(5, 3), T(3, 4))
case("torch.addmv", T(5), T(5, 3), T(3))
case("torch.baddbmm", T(2, 5, 4), T(2, 5, 3), T(2, 3, 4))
case("torch.baddbmm", T(1, 1, 4), T(2, 5, 3), T(2, 3, 4), beta=0.5)
case("torch.addbmm", T(5, 4), T(2, 5, 3), T(2, 3, 4))
case("torch.outer", T(3), T(4))
case("torch.outer", C([1.0, 2.0]), C([3.0, 4.0]))
case("torch.inner", T(2, 3), T(4, 3))
case("torch.tensordot", T(3, 4, 5), T(4, 3, 2), dims=([1, 0], [0, 1]))
case("torch.tensordot", T(3, 4, 5), T(4, 5, 2))
case("torch.kron", T(2, 3), T(4, 5))
case("torch.linalg.vecdot", T(2, 3), T(2, 3))
case("F.linear", T(2, 5, 3), T(4, 3), T(4))
case("F.linear", T(2, 5, 3), T(4, 3))
case("F.linear", T(5, 3), T(4, 3), T(4))
case("F.linear", T(3), T(4, 3), T(4))
case("F.linear", T(2, 3, 5, 7, perm=(0, 2, 3, 1)), T(4, 3), T(4))
case("F.linear", T(2, 3, 5, perm=(0, 2, 1)), T(4, 3))
case("F.linear", T(2, 3, 5, perm=(0, 2, 1)), T(4, 3), T(4))
case("F.linear", T(2, 5, 3), T(4, 2))
case("F.bilinear", T(6, 3), T(6, 4), T(5, 3, 4), T(5))

for equation, shapes in [
    ("ij,jk->ik", [(2, 3), (3, 4)]), ("bij,bjk->bik", [(2, 3, 4), (2, 4, 5)]), ("bhid,bhjd->bhij", [(2, 3, 4, 5), (2, 3, 6, 5)]),
    ("bhij,bhjd->bhid", [(2, 3, 4, 6), (2, 3, 6, 5)]), ("i,j->ij", [(3,), (4,)]), ("ij->ji", [(3, 4)]), ("ij->i", [(3, 4)]),
    ("ii->i", [(4, 4)]), ("ii", [(4, 4)]), ("i,i->", [(5,), (5,)]), ("ij,ij->i", [(3, 4), (3, 4)]), ("ij,ij->ij", [(3, 4), (3, 4)]),
    ("b i d, b j d -> b i j", [(2, 3, 4), (2, 5, 4)]), ("...ij,...jk->...ik", [(2, 7, 3, 4), (2, 7, 4, 5)]),
    ("...d,de->...e", [(2, 3, 4), (4, 5)]), ("bnd,bnd,nd->bn", [(2, 3, 4), (2, 3, 4), (3, 4)]), ("ij,jk,kl->il", [(2, 3), (3, 4), (4, 5)]),
    ("bi,bj->bij", [(2, 3), (2, 4)]), ("bij,ij->b", [(2, 3, 4), (3, 4)]), ("bhqd,kd->bhqk", [(2, 3, 4, 5), (6, 5)]),
    ("nctv,vw->nctw", [(2, 3, 4, 5), (5, 5)]), ("bij,bj->bi", [(2, 3, 4), (2, 4)]), ("ijk,jk->", [(2, 3, 4), (3, 4)]),
    ("bchw,bc->bhw", [(2, 3, 4, 5), (2, 3)]), ("ab,cd->", [(2, 3), (4, 5)]), ("ij,jk", [(2, 3), (3, 4)]), ("bij,bkj->bik", [(2, 1, 4), (2, 5, 4)]),
    ("bhwc,hkc->bhwk", [(2, 3, 4, 5), (3, 6, 5)]), ("bhwc,wkc->bhwk", [(2, 3, 4, 5), (4, 6, 5)]), ("i j, i j -> ", [(2, 3), (2, 3)]),
    ("bld,dn->bldn", [(2, 3, 4), (4, 5)]), ("bdn,bn->bd", [(2, 3, 4), (2, 4)]), ("ij,k->ik", [(2, 3), (4,)]),
    ("ij,jk->ik", [(2, 3), (4, 5)]),
]:
    case("torch.einsum", equation, *[T(*shape) for shape in shapes])

# convolutions
for args, kwargs in [
    ((T(2, 3, 9, 11), T(8, 3, 3, 3), T(8)), {}), ((T(2, 3, 9, 11), T(8, 3, 3, 3)), dict(stride=2, padding=1)),
    ((T(2, 6, 9, 11), T(8, 3, 3, 5)), dict(groups=2, padding=(1, 2), stride=(1, 2))), ((T(2, 6, 9, 11), T(6, 1, 3, 3)), dict(groups=6)),
    ((T(2, 3, 9, 11), T(8, 3, 3, 3)), dict(dilation=2)), ((T(2, 3, 9, 11), T(8, 3, 3, 3)), dict(padding="same")),
    ((T(2, 3, 9, 11), T(8, 3, 4, 4)), dict(padding="same")), ((T(2, 3, 9, 11), T(8, 3, 3, 3)), dict(padding="valid")),
    ((T(3, 9, 11), T(8, 3, 3, 3)), {}), ((T(2, 4, 9, 11), T(8, 3, 3, 3)), {}), ((T(2, 3, 2, 2), T(8, 3, 3, 3)), {}),
    ((T(2, 9, 11, 3, perm=(0, 3, 1, 2)), T(8, 3, 3, 3)), {}),
]:
    case("F.conv2d", *args, **kwargs)
case("F.conv1d", T(2, 3, 20), T(5, 3, 3), T(5), padding=1)
case("F.conv1d", T(2, 3, 20), T(6, 1, 3), groups=3, stride=2)
case("F.conv3d", T(2, 3, 5, 6, 7), T(4, 3, 3, 3, 3), T(4), stride=(1, 2, 2), padding=1)
case("torch.conv2d", T(1, 3, 8, 8), T(4, 3, 1, 1))
case("F.conv_transpose2d", T(2, 6, 5, 7), T(6, 4, 3, 3), T(4), stride=2, padding=1, output_padding=1)
case("F.conv_transpose2d", T(2, 6, 5, 7), T(6, 2, 4, 4), groups=2, stride=2, dilation=2)
case("F.conv_transpose1d", T(2, 6, 5), T(6, 4, 3), stride=2)
case("F.conv_transpose3d", T(1, 4, 3, 4, 5), T(4, 2, 2, 2, 2), stride=2)
case("F.unfold", T(2, 3, 8, 10), 3)
case("F.unfold", T(2, 3, 8, 10), (2, 3), padding=1, stride=2, dilation=2)
case("F.fold", T(2, 27, 48), (8, 10), 3)
for op in ["max_pool2d", "avg_pool2d"]:
    case(f"F.{op}", image, 2)
    case(f"F.{op}", image, 3, stride=2, padding=1)
    case(f"F.{op}", image, (3, 2), stride=(2, 1), ceil_mode=True)
    case(f"F.{op}", T(6, 8, 10), 2)
    case(f"F.{op}", T(2, 6, 7, 7), 2, 2, 0, ceil_mode=True)
    case(f"F.{op}", T(2, 6, 2, 2), 3)
case("F.max_pool2d", image, 2, return_indices=True)
case("F.max_pool2d", T(2, 6, 9, 9), 3, 1, 1, 2)
case("F.max_pool1d", T(2, 6, 10), 3, stride=2)
case("F.max_pool3d", T(2, 6, 4, 8, 8), 2)
case("F.avg_pool1d", T(2, 6, 10), 3, 2, 1, True)
case("F.avg_pool3d", T(2, 6, 4, 8, 8), 2)
for size in [1, (3, 4), (None, 5), 7]:
    case("F.adaptive_avg_pool2d", image, size)
    case("F.adaptive_max_pool2d", image, size)
case("F.adaptive_max_pool2d", image, 2, return_indices=True)
case("F.adaptive_avg_pool1d", T(2, 6, 10), 3)
case("F.adaptive_max_pool1d", T(2, 6, 10), 3)
case("F.adaptive_avg_pool3d", T(2, 6, 4, 8, 8), (1, 2, 2))
case("F.max_unpool2d", T(2, 6, 4, 5), T(2, 6, 4, 5, dtype=i64), 2)

# normalisations
case("F.batch_norm", image, T(6), T(6), T(6), T(6), True)
case("F.batch_norm", image, T(5), T(5), T(5), T(5), False)
case("F.layer_norm", T(2, 5, 8), (8,), T(8), T(8))
case("F.layer_norm", T(2, 5, 8), (5, 8))
case("F.layer_norm", T(2, 5, 8), (7,))
case("F.layer_norm", T(2, 8, 5, perm=(0, 2, 1)), (8,), T(8), T(8))
case("F.group_norm", image, 3, T(6), T(6))
case("F.group_norm", image, 4)
case("F.instance_norm", image)
case("F.rms_norm", T(2, 5, 8), (8,), T(8))
case("torch.layer_norm", T(2, 5, 8), (8,), T(8), T(8))

# attention
for q, k, v, kwargs in [
    ((2, 4, 6, 8), (2, 4, 6, 8), (2, 4, 6, 8), {}), ((2, 4, 6, 8), (2, 4, 9, 8), (2, 4, 9, 5), {}),
    ((2, 4, 6, 8), (2, 4, 6, 8), (2, 4, 6, 8), dict(is_causal=True)), ((2, 8, 6, 8), (2, 2, 6, 8), (2, 2, 6, 8), dict(enable_gqa=True)),
    ((2, 6, 8), (2, 6, 8), (2, 6, 8), {}), ((2, 4, 6, 8), (2, 4, 6, 7), (2, 4, 6, 8), {}),
]:
    case("F.scaled_dot_product_attention", T(*q), T(*k), T(*v), **kwargs)
case("F.scaled_dot_product_attention", T(2, 4, 6, 8), T(2, 4, 9, 8), T(2, 4, 9, 8), T(6, 9))
case("F.scaled_dot_product_attention", T(2, 4, 6, 8), T(2, 4, 9, 8), T(2, 4, 9, 8), T(2, 1, 6, 9, dtype=b1))

# views
case("Tensor.view", x, 6, 4)
case("Tensor.view", x, 2, -1)
case("Tensor.view", x, (24,))
case("Tensor.view", x, 5, -1)
case("Tensor.view", T(2, 3, 4, perm=(0, 2, 1)), 2, 12)
case("Tensor.view", T(2, 3, 4, perm=(1, 0, 2)), 3, 2, 2, 2)
case("Tensor.view", T(1, 3, 4, perm=(1, 0, 2)), 3, 4)
case("Tensor.view", T(2, 3, 4, 5, perm=(0, 3, 1, 2)), 2, 5, 12)
case("Tensor.view", T(4, 1, wide=(4, 6)), 4, 2, 3)
case("Tensor.view", T(4, 1, wide=(4, 6)), 24)
case("Tensor.view", T(2), 1, 2, 1)
case("Tensor.view", T(), 1, 1)
case("Tensor.view_as", x, T(6, 4))
case("torch.reshape", x, (4, 6))
case("Tensor.reshape", T(2, 3, 4, perm=(0, 2, 1)), 2, 12)
case("Tensor.reshape", T(2, 3, 4, perm=(2, 0, 1)), -1)
case("Tensor.reshape", T(1, 3, 4, perm=(0, 2, 1)), 4, 3)
case("Tensor.reshape", T(2, 3, 4, 5, perm=(0, 2, 1, 3)), 2, 4, 15)
case("Tensor.reshape", C([[1, 2, 3], [4, 5, 6]]), 3, 2)
case("Tensor.reshape", x, 7)
case("torch.permute", x, (2, 0, 1))
case("Tensor.permute", x, 2, 0, 1)
case("Tensor.permute", x, 0, -1, 1)
case("Tensor.permute", x, 0, 1)
case("Tensor.permute", C([[1, 2, 3], [4, 5, 6]]), 1, 0)
case("torch.transpose", x, 1, 2)
case("Tensor.transpose", x, -1, 0)
case("Tensor.transpose", x, 1, 3)
case("Tensor.t", T(3, 4))
case("torch.swapaxes", x, 0, 1)
case("torch.movedim", x, 0, -1)
case("torch.movedim", T(2, 3, 4, 5), (0, 1), (2, 3))
case("Tensor.expand", T(3, 1), 3, 4)
case("Tensor.expand", T(3, 1), 2, -1, 4)
case("Tensor.expand", T(3, 2), 3, 4)
case("Tensor.expand", C([[1], [2]]), 2, 3)
case("Tensor.expand_as", T(1, 4), T(3, 4))
case("torch.broadcast_to", T(4), (3, 4))
case("torch.squeeze", T(1, 3, 1))
case("torch.squeeze", T(1, 3, 1), 0)
case("torch.squeeze", T(1, 3, 1), 1)
case("torch.squeeze", T(1, 3, 1), (0, 2))
case("torch.unsqueeze", x, 0)
case("torch.unsqueeze", x, -1)
case("torch.unsqueeze", x, 4)
case("torch.flatten", x)
case("torch.flatten", x, 1)
case("torch.flatten", T(2, 3, 4, 5), 1, 2)
case("torch.flatten", T(2, 3, 4, perm=(0, 2, 1)), 1)
case("torch.flatten", T())
case("Tensor.unflatten", T(2, 12), 1, (3, 4))
case("Tensor.unflatten", T(2, 12), -1, (3, -1))
case("Tensor.unfold", T(2, 10), 1, 3, 2)
case("Tensor.unfold", C([1, 2, 3, 4, 5]), 0, 3, 1)
case("torch.narrow", x, 1, 1, 2)
case("torch.select", x, 1, 2)
case("torch.select", x, 1, 3)
case("torch.diagonal", T(3, 4), 1)
case("torch.diagonal", T(2, 3, 4), dim1=1, dim2=2)
case("torch.diagonal", C([[1, 2], [3, 4]]))
case("torch.as_strided", T(10), (3, 3), (2, 1))
case("torch.split", T(2, 10), 4, 1)
case("torch.split", T(2, 10), [3, 7], dim=1)
case("torch.split", T(2, 10), [3, 6], dim=1)
case("Tensor.split", T(10), 5)
case("torch.chunk", T(2, 10), 4, 1)
case("torch.chunk", T(2, 6, 4), 3, dim=1)
case("torch.chunk", T(2), 3)
case("torch.tensor_split", T(10), 4)
case("torch.tensor_split", T(10), (3, 5))
case("torch.unbind", x, 1)
case("torch.view_as_complex", T(2, 3, 2))
case("torch.view_as_real", T(2, 3, dtype=c64))
case("torch.real", T(2, 3, dtype=c64))
case("torch.imag", T(2, 3, dtype=c64))
case("Tensor.contiguous", x)
case("Tensor.contiguous", T(2, 3, 4, perm=(0, 2, 1)))
case("Tensor.contiguous", T(1, 4, perm=(1, 0)))
case("Tensor.contiguous", image, memory_format=torch.channels_last)
case("torch.clone", x)
case("torch.clone", T(2, 3, 4, perm=(0, 2, 1)))
case("torch.clone", T(3, 1, wide=(3, 4)))
case("torch.detach", x)
case("Tensor.to", x, f64)
case("Tensor.to", x, f32)
case("Tensor.to", T(2, 3, 4, perm=(0, 2, 1)), f16)
case("Tensor.to", C([1.9, -1.9, 2.5]), i64)
case("Tensor.to", C([0.1, 1000.7]), f16)
case("Tensor.to", C([0.1, 1000.7]), bf16)
case("Tensor.to", C([300, -1, 5]), u8)
case("Tensor.repeat", x, 2, 1, 1)
case("Tensor.repeat", C([1, 2]), 2, 2)
case("Tensor.repeat", x, 2)
case("torch.tile", x, (2,))
case("torch.repeat_interleave", x, 2, 1)
case("torch.repeat_interleave", x, 2)
case("torch.repeat_interleave", C([1, 2, 3]), C([1, 2, 0]))
case("torch.flip", x, (0, 2))
case("torch.flip", C([[1, 2], [3, 4]]), (1,))
case("torch.roll", x, (1, -1), (0, 2))
case("torch.roll", C([1, 2, 3, 4]), 1, 0)
case("torch.rot90", T(2, 3))
case("torch.atleast_2d", T(3))
case("torch.tril", T(4, 5))
case("torch.triu", C([[1, 2, 3], [4, 5, 6], [7, 8, 9]]), 1)
case("torch.tril", C([[1, 2, 3], [4, 5, 6], [7, 8, 9]]), -1)
case("torch.diag_embed", T(2, 3))
case("torch.meshgrid", T(3), T(4), indexing="ij")
case("torch.meshgrid", C([1, 2, 3]), C([4, 5]), indexing="xy")

# joining and padding
case("torch.cat", [T(2, 3), T(4, 3)])
case("torch.cat", [T(2, 3), T(2, 5)], 1)
case("torch.cat", [T(2, 3), T(2, 5)], dim=-1)
case("torch.cat", [T(2, 3), T(4, 5)])
case("torch.cat", [T(2, dtype=i64), T(3)])
case("torch.cat", [C([1, 2]), C([3])])
case("torch.cat", [C([[1], [2]]), C([[3], [4]])], 1)
case("torch.cat", [T(0), T(2, 3)])
case("torch.stack", [T(2, 3), T(2, 3)])
case("torch.stack", [T(2, 3), T(2, 3)], -1)
case("torch.stack", [C(1), C(2)])
case("torch.stack", [C([1, 2]), C([3, 4])], 1)
case("torch.stack", [T(2, 3), T(2, 4)])
case("torch.hstack", [T(2, 3), T(2, 4)])
case("torch.vstack", [T(3), T(3)])
case("torch.block_diag", T(2, 3), T(4, 5))
case("F.pad", image, (1, 2))
case("F.pad", image, (1, 2, 3, 4), "constant", 0)
case("F.pad", image, (1, 1, 1, 1), mode="reflect")
case("F.pad", image, (0, -1))
case("F.pad", T(2, 3, 4), (5, 5), mode="reflect")
case("F.pad", C([1, 2, 3]), (1, 2), value=9)
case("F.one_hot", C([0, 2, 1]))
case("F.one_hot", T(3, dtype=i64), 5)

# creation
case("torch.zeros", 2, 3)
case("torch.zeros", (2, 3), dtype=i64)
case("torch.ones", 3)
case("torch.full", (2, 2), 7)
case("torch.full", (2, 2), 7.5)
case("torch.full", (2,), True)
case("torch.full", (2, 2), 0.1, dtype=f16)
for args in [(5,), (2, 5), (1, 10, 3), (0, 1, 0.1), (5.0,), (0, 5, 2.0), (10, 0, -3), (0.5, 3.5), (1, 2, 0.25)]:
    case("torch.arange", *args)
case("torch.arange", end=5)
case("torch.arange", 5, dtype=f32)
case("torch.arange", 0, 32, 2, dtype=f32)
case("torch.arange", 5, 2)
for args in [(0, 1, 5), (0.0, 0.2, 12), (3, 10, 5), (-10, 10, 5), (0, 0.1, 20), (0.0, 0.4, 24), (0, 0.3, 7), (1, 0, 4), (0, 1, 1), (0, 0.5, 33)]:
    case("torch.linspace", *args)
case("torch.linspace", 0, 10, 5, dtype=i64)
case("torch.logspace", 0, 2, 3)
case("torch.eye", 3)
case("torch.eye", 2, 3, dtype=i64)
case("torch.zeros_like", x)
case("torch.zeros_like", T(2, 3, 4, perm=(0, 2, 1)), dtype=b1)
case("torch.ones_like", T(3, dtype=i64))
case("torch.full_like", T(3, dtype=i64), 2)
case("torch.empty_like", T(3, 1, wide=(3, 4)))
case("torch.rand_like", x)
case("torch.tril_indices", 3, 3)
case("torch.triu_indices", 3, 4, 1)
case("torch.hann_window", 10)

# reductions
for op in ["sum", "mean", "prod", "amax", "amin", "all", "any", "logsumexp", "var", "std", "nansum", "count_nonzero", "norm"]:
    if op != "logsumexp":
        case(f"torch.{op}", x)
        if op not in {"mean", "var", "std", "norm"}:
            case(f"torch.{op}", T(3, dtype=i64))
    case(f"torch.{op}", x, dim=1)
    if op != "count_nonzero":
        case(f"torch.{op}", x, dim=-1, keepdim=True)
    if op not in {"prod"}:
        case(f"torch.{op}", x, dim=(0, 2))
case("torch.sum", T(3, dtype=b1))
case("torch.sum", C([1, 2, 3]))
case("torch.sum", C([[1.5, 2.0], [3.0, 4.0]]), 0)
case("torch.mean", C([1.0, 2.0, 4.0]))
case("torch.mean", T(3, dtype=i64))
case("torch.mean", T(3, dtype=i64), dtype=f32)
case("torch.prod", C([2, 3, 4]))
case("torch.all", C([True, False]))
case("torch.any", C([[0, 0], [0, 1]]), 1)
case("torch.sum", x, dtype=f64)
case("torch.norm", x, p=2, dim=1)
case("torch.linalg.vector_norm", x, dim=-1, keepdim=True)
case("torch.var", x, dim=1, unbiased=False)
case("torch.var_mean", x, dim=1)
case("torch.std_mean", x, dim=1, keepdim=True)
for op in ["max", "min"]:
    case(f"torch.{op}", x)
    case(f"torch.{op}", x, 1)
    case(f"torch.{op}", x, dim=-1, keepdim=True)
    case(f"torch.{op}", x, y)
    case(f"torch.{op}", C([3, 1, 2]))
    case(f"torch.{op}", C([[3, 1, 2], [4, 6, 5]]), 1)
    case(f"torch.arg{op}", x)
    case(f"torch.arg{op}", x, 1, True)
    case(f"torch.arg{op}", C([[3, 1, 2], [4, 6, 5]]), 1)
case("torch.median", C([3, 1, 2]))
case("torch.median", x, 1)
case("torch.mode", x, 1)
case("torch.kthvalue", x, 2, 1)
case("torch.aminmax", x, dim=1)
case("torch.quantile", x, 0.5, dim=1)
case("torch.trace", T(3, 3))
for op in ["cumsum", "cumprod", "logcumsumexp"]:
    case(f"torch.{op}", x, 1)
case("torch.cumsum", C([1, 2, 3]), 0)
case("torch.cumsum", C([[0.1, 0.2], [0.3, 0.4]]), 1)
case("torch.cumsum", C([[0.1, 0.2], [0.3, 0.4]]), 0)
case("torch.cumsum", T(3, dtype=b1), 0)
case("torch.cummax", x, 1)
case("torch.diff", x)
case("torch.diff", C([1, 4, 9]))

# sorting, searching, gathering
case("torch.sort", x, dim=1)
case("torch.sort", C([3, 1, 2]), descending=True)
case("torch.argsort", C([3, 1, 2]))
case("torch.argsort", x, -1)
case("torch.topk", x, 2)
case("torch.topk", x, 2, dim=1)
case("torch.topk", C([3.0, 1.0, 2.0]), 2)
case("torch.topk", x, 5)
case("torch.unique", C([3, 1, 2, 1]))
case("torch.unique", C([3, 1, 2, 1]), return_inverse=True, return_counts=True)
case("torch.unique_consecutive", C([1, 1, 2, 2, 1]))
case("torch.nonzero", C([[0, 1], [2, 0]]))
case("torch.nonzero", C([0, 1, 1]), as_tuple=True)
case("torch.argwhere", C([0, 1, 1]))
case("torch.searchsorted", C([1, 3, 5]), C([0, 3, 6]))
case("torch.searchsorted", C([1, 3, 5]), C([0, 3, 6]), right=True)
case("torch.bucketize", C([0.1, 0.5, 0.9]), C([0.25, 0.5, 0.75]))
case("torch.bucketize", C([0.1, 0.5, 0.9]), C([0.25, 0.5, 0.75]), right=True)
case("torch.isin", C([1, 2, 3]), C([2, 5]))
case("torch.bincount", C([0, 1, 1, 3]))
case("torch.gather", x, 1, T(2, 2, 4, dtype=i64))
case("torch.gather", x, 1, T(2, 2, 5, dtype=i64))
case("torch.take_along_dim", x, T(2, 2, 4, dtype=i64), 1)
case("torch.scatter", x, 1, T(2, 2, 4, dtype=i64), T(2, 2, 4))
case("torch.scatter", x, 1, T(2, 2, 4, dtype=i64), 1.0)
case("torch.scatter_add", x, 1, T(2, 2, 4, dtype=i64), T(2, 2, 4))
case("torch.scatter_reduce", x, 1, T(2, 2, 4, dtype=i64), T(2, 2, 4), "sum")
case("torch.index_select", x, 1, T(5, dtype=i64))
case("torch.index_select", C([[1, 2], [3, 4]]), 1, C([1, 1, 0]))
case("torch.index_add", x, 1, T(2, dtype=i64), T(2, 2, 4))
case("torch.index_fill", x, 1, T(2, dtype=i64), 0.0)
case("torch.index_copy", x, 1, T(2, dtype=i64), T(2, 2, 4))
case("torch.masked_select", C([1, 2, 3]), C([True, False, True]))
case("torch.masked_scatter", x, T(2, 3, 4, dtype=b1), T(24))
case("torch.take", x, T(5, dtype=i64))
case("F.embedding", T(2, 5, dtype=i64), T(100, 8))
case("F.embedding_bag", T(2, 5, dtype=i64), T(100, 8))
case("torch.multinomial", T(2, 10), 3)

# indexing with brackets
data = C([[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]])
for items in [
    0, -1, [0, 1], [slice(1, None)], [slice(None), 2], [slice(None, None, 2)], [..., 0], [..., slice(None, -1)], [None], [slice(None), None],
    [slice(-2, None), slice(1, 3)], [slice(2, 1)], [slice(0, 100)], [C([0, 2])], [C([2, 1]), C([0, 3])], [slice(None), C([0, 2])],
    [C([True, False, True])], [None, C([0]), slice(None)], [C([[0, 1], [2, 0]])], [0, C([0, 1])], [C([0, 1]), None, C([1, 2])],
    [C([True, False, True]), 1], [C([[True] * 4, [False] * 4, [True, False, True, False]])], [3], [0, 0, 0], [[0, 2]], [[0, 2], [1, 3]],
]:
    case("Tensor.__getitem__", data, items)
big = T(2, 3, 4, 5)
for items in [
    [0], [slice(None), 0], [..., None], [slice(None), slice(1, 3), ...], [..., slice(None, None, 2)], [T(7, dtype=i64)], [slice(None), T(7, dtype=i64)],
    [0, slice(None), T(7, dtype=i64)], [T(7, dtype=i64), slice(None), T(7, dtype=i64)], [slice(None), T(7, 1, dtype=i64), T(6, dtype=i64)],
    [slice(None), None, slice(None), 0], [..., T(7, dtype=i64), slice(None)], [T(7, dtype=i64), T(8, dtype=i64)], [slice(None), slice(None), 1, slice(1, None)],
]:
    case("Tensor.__getitem__", big, items)

# images
for kwargs in [dict(scale_factor=2), dict(size=(16, 20)), dict(size=7, mode="bilinear"), dict(scale_factor=0.5, mode="bilinear", align_corners=False),
               dict(scale_factor=(2.0, 1.5), mode="nearest"), dict(size=(3, 4), mode="area"), dict(scale_factor=1.3, mode="bicubic")]:
    case("F.interpolate", image, **kwargs)
case("F.interpolate", T(2, 3, 10), scale_factor=2, mode="linear")
case("F.interpolate", T(2, 3, 4, 5, 6), scale_factor=2, mode="trilinear")
case("F.grid_sample", image, T(2, 4, 5, 2))
case("F.grid_sample", image, T(2, 4, 5, 3))
case("F.affine_grid", T(2, 2, 3), (2, 3, 8, 10))
case("F.pixel_shuffle", T(2, 12, 4, 5), 2)
case("F.pixel_unshuffle", T(2, 3, 8, 10), 2)
case("F.channel_shuffle", image, 2)

# recurrent
def weights(gates, features, hidden, layers, both, bias=True, proj=0):
    made = []
    out = proj or hidden
    for layer in range(layers):
        for _ in range(2 if both else 1):
            made += [T(gates * hidden, features if layer == 0 else out * (2 if both else 1)), T(gates * hidden, out)]
            made += [T(gates * hidden), T(gates * hidden)] if bias else []
            made += [T(hidden, proj)] if proj else []
    return made

case("torch.lstm", T(7, 3, 5), (T(1, 3, 6), T(1, 3, 6)), weights(4, 5, 6, 1, False), True, 1, 0.0, False, False, False)
case("torch.lstm", T(3, 7, 5), (T(4, 3, 6), T(4, 3, 6)), weights(4, 5, 6, 2, True), True, 2, 0.0, False, True, True)
case("torch.gru", T(7, 3, 5), T(1, 3, 6), weights(3, 5, 6, 1, False), True, 1, 0.0, False, False, False)
case("torch.gru", T(3, 7, 5), T(2, 3, 6), weights(3, 5, 6, 1, True, False), False, 1, 0.0, False, True, True)
case("torch.rnn_tanh", T(7, 3, 5), T(2, 3, 6), weights(1, 5, 6, 2, False), True, 2, 0.0, False, False, False)
case("torch.rnn_relu", T(7, 3, 5), T(1, 3, 6), weights(1, 5, 6, 1, False), True, 1, 0.0, False, False, False)
case("torch.lstm_cell", T(3, 5), (T(3, 6), T(3, 6)), T(24, 5), T(24, 6), T(24), T(24))
case("torch.gru_cell", T(3, 5), T(3, 6), T(18, 5), T(18, 6), T(18), T(18))
case("torch.rnn_tanh_cell", T(3, 5), T(3, 6), T(6, 5), T(6, 6))

# Fourier
for op in ["fft", "ifft", "rfft", "irfft", "hfft"]:
    case(f"torch.fft.{op}", T(2, 10) if op != "ifft" else T(2, 10, dtype=c64))
case("torch.fft.rfft", T(2, 10, 3), dim=1)
case("torch.fft.rfft", T(2, 10), n=16)
case("torch.fft.irfft", T(2, 6, dtype=c64), n=11)
for op in ["fft2", "ifft2", "rfft2", "irfft2", "fftn", "rfftn", "irfftn", "ifftn"]:
    case(f"torch.fft.{op}", T(2, 8, 10))
case("torch.fft.rfft2", T(2, 8, 10, 3), dim=(1, 2))
case("torch.fft.irfft2", T(2, 8, 6, 3, dtype=c64), s=(8, 10), dim=(1, 2))
case("torch.fft.fftshift", T(8))
case("torch.fft.fftfreq", 8)
case("torch.fft.rfftfreq", 8)
case("torch.stft", T(2, 400), 64, window=T(64), return_complex=True)
case("torch.stft", T(2, 400), 64, hop_length=20, center=False, return_complex=True, window=T(64))

# linear algebra
square = T(2, 4, 4)
for op in ["inv", "det", "cholesky", "slogdet", "eigvalsh", "eigh", "svdvals", "pinv", "matrix_exp", "qr"]:
    case(f"torch.linalg.{op}", square)
case("torch.linalg.inv", T(2, 4, 5))
case("torch.linalg.svd", T(2, 5, 3))
case("torch.linalg.svd", T(2, 5, 3), full_matrices=False)
case("torch.svd", T(2, 5, 3))
case("torch.linalg.qr", T(2, 5, 3))
case("torch.linalg.qr", T(2, 3, 5))
case("torch.linalg.svd", T(3, 5), full_matrices=False)
case("torch.linalg.svd", T(4, 4))
case("torch.linalg.svdvals", T(3, 5))
case("torch.linalg.pinv", T(3, 5))
case("torch.linalg.solve", T(2, 4, 4), T(2, 4))
case("torch.linalg.solve", square, T(2, 4, 3))
case("torch.linalg.solve_triangular", square, T(2, 4, 3), upper=True)
case("torch.linalg.cross", T(2, 3), T(2, 3))
case("torch.cross", T(2, 3), T(2, 3), dim=1)
case("torch.cdist", T(2, 5, 3), T(2, 6, 3))
case("torch.cdist", T(5, 3), T(6, 3), 1.0)
case("F.cosine_similarity", T(2, 5, 3), T(2, 5, 3), dim=-1)
case("F.pairwise_distance", T(5, 3), T(5, 3))
case("F.pdist", T(5, 3))

# losses
case("F.mse_loss", x, T(2, 3, 4))
case("F.mse_loss", x, T(2, 3, 4), reduction="none")
case("F.l1_loss", x, T(2, 3, 4))
case("F.smooth_l1_loss", x, T(2, 3, 4))
case("F.huber_loss", x, T(2, 3, 4))
case("F.binary_cross_entropy", x, T(2, 3, 4))
case("F.binary_cross_entropy_with_logits", x, T(2, 3, 4))
case("F.kl_div", x, T(2, 3, 4), reduction="batchmean")
case("F.cross_entropy", T(5, 10), T(5, dtype=i64))
case("F.cross_entropy", T(5, 10, 7), T(5, 7, dtype=i64))
case("F.cross_entropy", T(5, 10), T(5, dtype=i64), reduction="none")
case("F.cross_entropy", T(5, 10), T(5, 10))
case("F.nll_loss", T(5, 10), T(5, dtype=i64))
case("F.cosine_embedding_loss", T(5, 10), T(5, 10), T(5))
case("F.triplet_margin_loss", T(5, 10), T(5, 10), T(5, 10))

# forms that are seldom used
case("torch.ldexp", T(3, dtype=i32), T(3, dtype=i64))
case("torch.ldexp", C([1.5, 2.0]), C([3, -1]))
case("torch.heaviside", C([-1.0, 0.0, 2.0]), C([0.5, 0.5, 0.5]))
case("torch.square", T(3, dtype=b1))
case("torch.logit", C([0.1, 0.5]), 0.2)
case("torch.inner", T(), T(2, 3))
case("torch.cov", T(3, 5, dtype=i64))
case("torch.cov", T(3, 5, dtype=f16), aweights=C([1.0, 2.0, 3.0, 4.0, 5.0]))
case("torch.corrcoef", T(3, 5, dtype=i32))
case("F.pairwise_distance", T(5, 3, dtype=i64), T(5, 3, dtype=i64))
case("F.pairwise_distance", T(5, 3, dtype=c64), T(5, 3, dtype=c64), keepdim=True)
case("torch.trapezoid", T(2, 3, dtype=i64))
case("torch.trapezoid", T(2, 3, dtype=f16), T(2, 3))
case("torch.diff", T(3, 5), 0, 0, T(2, 5))
case("torch.tensor_split", T(6, 5), C([1, 2, 4]))
case("Tensor.unfold", T(), 0, 1, 1)
case("Tensor.sum_to_size", T(3, 4, dtype=b1), [])
case("Tensor.sum_to_size", T(2, 3, 4), [3, 4])
case("Tensor.sum_to_size", T(3, 4), [3, 1])
case("torch.gather", T(), 0, C([0]))
case("torch.arange", 0.0, -8.000001, -4.0, dtype=i64)
case("torch.arange", 0.5, 3.9, dtype=i32)
case("torch.linspace", 4.3, -3, 7, dtype=i64)
case("torch.logspace", 0, 2, 4, dtype=i64)
case("torch.tril_indices", 3, 3, dtype=i32)
case("torch.normal", 2.0, T(3, dtype=f64))
case("torch.block_diag", T(2, 3), T(2, dtype=f64))
case("torch.linalg.pinv", T(2, 5, 3), atol=T(4, 1))
case("torch.stft", T(3, 40, dtype=c64), 10)
case("torch.linalg.vector_norm", C([3.0, -4.0]), 1)
case("torch.linalg.vector_norm", C([3.0, -4.0]))
case("torch.norm", C([3.0, -4.0]), float("inf"))
case("torch.conv2d", T(2, 6, 8, 10, dtype=c64), T(4, 6, 3, 3, dtype=c64))
case("torch.conv_transpose1d", T(2, 6, 8, dtype=c64), T(6, 4, 3, dtype=c64))

if __name__ == "__main__":
    target = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "test", "data", "operators.json")
    with open(target, "w") as file:
        file.write('{"torch": %s, "cases": [\n' % json.dumps(torch.__version__.split("+")[0]))
        file.write(",\n".join(json.dumps(c, separators=(",", ":")) for c in cases))
        file.write("\n]}\n")
    print(len(cases), "cases,", sum("refused" in c for c in cases), "refused")
