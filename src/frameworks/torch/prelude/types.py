# torch.types: names for annotations.

from typing import Any, Union

import torch

Device = Union[torch.device, str, int, None]
FileLike = Number = Storage = Any
IntLikeType = int
FloatLikeType = float
BoolLikeType = bool
_bool, _dtype, _float, _int, _size = bool, torch.dtype, float, int, Any
_device, _layout, _qscheme = torch.device, torch.layout, Any
