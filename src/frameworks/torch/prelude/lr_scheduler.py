# torch.optim.lr_scheduler.


class LRScheduler:
    def __init__(self, optimizer=None, *args, **kwargs):
        self.optimizer = optimizer
        self.last_epoch = 0

    def get_last_lr(self):
        return [0.0]

    def load_state_dict(self, state_dict):
        pass

    def state_dict(self):
        return {}

    def step(self, *args, **kwargs):
        pass


_LRScheduler = LRScheduler
ChainedScheduler = ConstantLR = CosineAnnealingLR = CosineAnnealingWarmRestarts = CyclicLR = LRScheduler
ExponentialLR = LambdaLR = LinearLR = MultiplicativeLR = MultiStepLR = OneCycleLR = PolynomialLR = LRScheduler
ReduceLROnPlateau = SequentialLR = StepLR = LRScheduler
