# What the build lets the command line read once, so that V8's compiled code of what model files usually use is kept: see
# keepCompiledCode in esbuild.mjs. It is not an example of anything.

import inspect
import math
import warnings
from collections import OrderedDict, namedtuple
from dataclasses import dataclass, field
from enum import Enum
from functools import partial, wraps
from typing import Any, Callable, Optional, Sequence, Type, TypeVar, Union

import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor

V = TypeVar('V')
MODELS: dict[str, Callable[..., Any]] = {}
Size = namedtuple('Size', ['width', 'depth'])


@dataclass
class Settings:
    width: int = 8
    sizes: Sequence[int] = field(default_factory=lambda: [1, 2])


class Kind(Enum):
    SMALL = Settings(width=8)
    LARGE = Settings(width=16)

    @classmethod
    def verify(cls, kind: Any) -> Any:
        return cls[kind] if isinstance(kind, str) else kind


def register(name: Optional[str] = None) -> Callable[[V], V]:
    def wrapper(fn: V) -> V:
        key = name if name is not None else fn.__name__
        if key in MODELS:
            raise ValueError(f"An entry is already registered under the name '{key}'.")
        MODELS[key] = fn
        return fn

    return wrapper


def keyword_only(fn: Callable[..., V]) -> Callable[..., V]:
    parameters = inspect.signature(fn).parameters.values()
    names = tuple(p.name for p in parameters if p.kind == p.KEYWORD_ONLY)

    @wraps(fn)
    def wrapper(*args: Any, **kwargs: Any) -> V:
        if args:
            warnings.warn(f'Using {", ".join(names)} as positional parameters is deprecated.')
            kwargs.update(zip(names, args))
        return fn(**kwargs)

    return wrapper


class ConvNormAct(nn.Sequential):
    def __init__(self, inputs: int, outputs: int, norm: Optional[Callable[..., nn.Module]] = nn.BatchNorm2d, **kwargs: Any):
        layers = [nn.Conv2d(inputs, outputs, 3, padding=1, bias=norm is None, **kwargs)]
        if norm is not None:
            layers.append(norm(outputs))
        super().__init__(*layers, nn.ReLU(inplace=True))


class Block(nn.Module):
    expansion: int = 2

    def __init__(self, width: int, norm: Type[nn.Module] = partial(nn.BatchNorm2d, eps=1e-3)) -> None:
        super().__init__()
        self.conv = ConvNormAct(width, width, norm, groups=2)
        self.gate = nn.Sequential(OrderedDict([('pool', nn.AdaptiveAvgPool2d(1)), ('fc', nn.Conv2d(width, width, 1)), ('sigmoid', nn.Sigmoid())]))
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor) -> Tensor:
        out = self.conv(x)
        return self.drop(out * self.gate(out)) + x


class Mixer(nn.Module):
    def __init__(self, width: int, heads: int = 2) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.attention = nn.MultiheadAttention(width, heads, batch_first=True)
        self.mlp = nn.Sequential(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))

    def forward(self, x: Tensor) -> Tensor:
        y = self.norm(x)
        x = x + self.attention(y, y, y, need_weights=False)[0]
        return x + self.mlp(self.norm(x))


class Net(nn.Module):
    def __init__(self, kind: Union[str, Kind] = Kind.SMALL, depth: int = 2, classes: int = 10) -> None:
        super().__init__()
        width = Kind.verify(kind).value.width
        self.stem = nn.Sequential(nn.Conv2d(3, width, kernel_size=7, stride=2, padding=3, bias=False), nn.MaxPool2d(3, 2, 1))
        self.blocks = nn.ModuleList([Block(width) for _ in range(depth)])
        self.mixer = Mixer(width)
        self.head = nn.Linear(width, classes)
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                nn.init.kaiming_normal_(m.weight, mode='fan_out', nonlinearity='relu')
            elif isinstance(m, (nn.BatchNorm2d, nn.GroupNorm)):
                nn.init.constant_(m.weight, 1)
                nn.init.constant_(m.bias, 0)
            elif isinstance(m, nn.Linear):
                nn.init.trunc_normal_(m.weight, std=1 / math.sqrt(classes))

    def _forward_impl(self, x: Tensor) -> Tensor:
        x = self.stem(x)
        for block in self.blocks:
            x = block(x)
        n, c, h, w = x.shape
        tokens = self.mixer(x.flatten(2).transpose(1, 2))
        pooled = F.adaptive_avg_pool2d(tokens.transpose(1, 2).reshape(n, c, h, w), 1)
        return self.head(torch.flatten(pooled, 1))

    def forward(self, x: Tensor) -> Tensor:
        return self._forward_impl(x)


@register()
@keyword_only
def small(*, kind: Optional[Kind] = None, progress: bool = True, **kwargs: Any) -> Net:
    return Net(kind or Kind.SMALL, **kwargs)
