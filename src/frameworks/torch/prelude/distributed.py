# torch.distributed: not there. Code that asks takes its path for one process.


class group:
    WORLD = None


class ProcessGroup:
    pass


class ReduceOp:
    AVG = BAND = BOR = BXOR = MAX = MIN = PREMUL_SUM = PRODUCT = SUM = None


GroupMember = group
Backend = str


def is_available():
    return False


def is_initialized():
    return False


def is_nccl_available():
    return False


def is_torchelastic_launched():
    return False


def get_rank(group=None):
    return 0


def get_world_size(group=None):
    return 1


def get_backend(group=None):
    return 'gloo'


def new_group(*args, **kwargs):
    return None


def all_gather(tensor_list, tensor, group=None, async_op=False):
    pass


all_gather_into_tensor = all_gather_object = all_reduce = all_to_all = barrier = broadcast = all_gather
destroy_process_group = gather = init_process_group = recv = reduce = reduce_scatter = scatter = send = all_gather
