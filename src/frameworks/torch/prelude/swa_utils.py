# torch.optim.swa_utils: a copy of a model that follows it. What it is updated with does not matter here.

import copy

import torch
from torch.nn.modules.module import Module
from torch.optim.lr_scheduler import LRScheduler


def get_ema_multi_avg_fn(decay=0.999):
    return None


get_ema_avg_fn = get_ema_multi_avg_fn


def get_swa_multi_avg_fn():
    return None


get_swa_avg_fn = get_swa_multi_avg_fn


class AveragedModel(Module):
    def __init__(self, model, device=None, avg_fn=None, multi_avg_fn=None, use_buffers=False):
        super().__init__()
        self.module = copy.deepcopy(model)
        self.register_buffer('n_averaged', torch.tensor(0, dtype=torch.long))

    def forward(self, *args, **kwargs):
        return self.module(*args, **kwargs)

    def update_parameters(self, model):
        pass


class SWALR(LRScheduler):
    pass


def update_bn(loader, model, device=None):
    pass
