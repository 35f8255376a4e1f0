# fairscale: layers that are split over processes are those of one process here, as with a world of one.
import torch.nn.functional as F
from torch import nn
from torch.nn.parameter import Parameter
import torch


def _nothing(*args, **kwargs):
    return None


def initialize_model_parallel(*args, **kwargs):
    return None


def model_parallel_is_initialized():
    return True


def get_model_parallel_world_size():
    return 1


def get_model_parallel_rank():
    return 0


get_data_parallel_world_size = get_model_parallel_world_size
get_data_parallel_rank = get_model_parallel_src_rank = get_model_parallel_rank
get_model_parallel_group = get_data_parallel_group = destroy_model_parallel = model_parallel_cuda_manual_seed = _nothing


def _same(tensor):
    return tensor


copy_to_model_parallel_region = gather_from_model_parallel_region = _same
reduce_from_model_parallel_region = scatter_to_model_parallel_region = _same


class _Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True, *args, **kwargs):
        super().__init__()
        self.in_features = in_features
        self.out_features = out_features
        self.weight = Parameter(torch.empty(out_features, in_features))
        self.bias = Parameter(torch.empty(out_features)) if bias else None

    def forward(self, x):
        return F.linear(x, self.weight, self.bias)


class ColumnParallelLinear(_Linear):
    pass


class RowParallelLinear(_Linear):
    def forward(self, x):
        output = F.linear(x, self.weight)
        return output if self.bias is None else output + self.bias


class ParallelEmbedding(nn.Module):
    def __init__(self, num_embeddings, embedding_dim, padding_idx=None, max_norm=None, norm_type=2.0,
                 scale_grad_by_freq=False, sparse=False, *args, **kwargs):
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.padding_idx = padding_idx
        self.weight = Parameter(torch.empty(num_embeddings, embedding_dim))

    def forward(self, x):
        return F.embedding(x, self.weight, self.padding_idx)


class VocabParallelEmbedding(ParallelEmbedding):
    pass


def checkpoint_wrapper(module, *args, **kwargs):
    return module


auto_wrap = wrap = checkpoint_wrapper


class FullyShardedDataParallel(nn.Module):
    def __init__(self, module, *args, **kwargs):
        super().__init__()
        self.module = module

    def forward(self, *args, **kwargs):
        return self.module(*args, **kwargs)
