# lightning, pytorch_lightning: a LightningModule is a module with hyperparameters and a logger that says nothing. Training
# is not followed. Names that are not here are inert.
import torch
from _unknown import unknown
from packages._configs import AttributeDict, _plain
from packages._frames import init_arguments
from packages._inert import Inert
from torch import nn


class _HyperparametersMixin:
    def save_hyperparameters(self, *args, ignore=None, frame=None, logger=True):
        found = init_arguments(self)
        ignored = [ignore] if isinstance(ignore, str) else list(ignore or [])
        if len(args) == 1 and not isinstance(args[0], str):
            given = args[0]
            found = dict(given) if isinstance(given, dict) else dict(vars(given))
        elif args:
            found = {name: found[name] for name in args}
        for name, value in found.items():
            if name not in ignored:
                dict.__setitem__(self.hparams, name, value)

    @property
    def hparams(self):
        if '_hparams' not in self.__dict__:
            self.__dict__['_hparams'] = AttributeDict()
        return self.__dict__['_hparams']

    @property
    def hparams_initial(self):
        return AttributeDict(_plain(self.hparams))


def _nothing(self, *args, **kwargs):
    return None


class LightningModule(_HyperparametersMixin, nn.Module):
    current_epoch = 0
    global_rank = 0
    global_step = 0
    local_rank = 0
    trainer = None
    automatic_optimization = True
    example_input_array = None
    loggers = []

    @property
    def device(self):
        return torch.device('cpu')

    @property
    def dtype(self):
        return torch.get_default_dtype()

    @property
    def logger(self):
        return Inert('logger')

    @property
    def on_gpu(self):
        return False

    log = log_dict = print = manual_backward = clip_gradients = toggle_optimizer = untoggle_optimizer = _nothing
    configure_optimizers = configure_callbacks = lr_schedulers = optimizers = _nothing
    to_onnx = to_torchscript = _nothing

    def all_gather(self, data, *args, **kwargs):
        return data

    def freeze(self):
        for parameter in self.parameters():
            parameter.requires_grad = False
        self.eval()

    def unfreeze(self):
        for parameter in self.parameters():
            parameter.requires_grad = True
        self.train()

    @classmethod
    def load_from_checkpoint(cls, checkpoint_path, *args, **kwargs):
        return unknown(f'{cls.__name__}.load_from_checkpoint: what is in a checkpoint is not known')


class LightningDataModule(_HyperparametersMixin):
    trainer = None

    def __init__(self):
        pass


class Callback:
    pass


class Trainer:
    def __init__(self, *args, **kwargs):
        pass

    def __getattr__(self, name):
        if name.startswith('__'):
            raise AttributeError(name)
        return Inert(f'Trainer.{name}')


def seed_everything(seed=None, workers=False, verbose=True):
    return seed


def rank_zero_only(target):
    return target


rank_zero_only.rank = 0


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    return Inert(f'lightning.{name}')
