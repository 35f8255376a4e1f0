# accelerate: one process, and what is prepared stays what it is.
import contextlib

import torch
from packages._inert import Inert


class Accelerator:
    device = torch.device('cpu')
    is_main_process = is_local_main_process = is_last_process = sync_gradients = True
    num_processes = 1
    process_index = local_process_index = 0

    def __init__(self, *args, **kwargs):
        self.mixed_precision = kwargs.get('mixed_precision') or 'no'

    def prepare(self, *args, **kwargs):
        return args[0] if len(args) == 1 else args

    prepare_model = prepare_optimizer = prepare_data_loader = prepare

    def unwrap_model(self, model, *args, **kwargs):
        return model

    def gather(self, tensor):
        return tensor

    reduce = gather_for_metrics = pad_across_processes = gather

    def print(self, *args, **kwargs):
        pass

    backward = clip_grad_norm_ = clip_grad_value_ = wait_for_everyone = log = init_trackers = end_training = print
    save = save_model = save_state = load_state = free_memory = register_for_checkpointing = print

    def autocast(self, *args, **kwargs):
        return contextlib.nullcontext()

    accumulate = main_process_first = local_main_process_first = no_sync = autocast


@contextlib.contextmanager
def init_empty_weights(*args, **kwargs):
    yield


init_on_device = init_empty_weights


def find_executable_batch_size(function=None, **options):
    return function if function is not None else lambda target: target


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    return Inert(f'accelerate.{name}')
