# torch.optim: optimisers and schedules can be made and stepped; they do nothing.


class Optimizer:
    def __init__(self, params=(), *args, **kwargs):
        params = list(params)
        groups = params if params and isinstance(params[0], dict) else [{'params': params}]
        self.defaults = kwargs
        self.state = {}
        self.param_groups = [{'lr': kwargs.get('lr', 1e-3), **kwargs, **group} for group in groups]

    def add_param_group(self, param_group):
        self.param_groups.append(param_group)

    def load_state_dict(self, state_dict):
        pass

    def state_dict(self):
        return {}

    def step(self, closure=None):
        pass

    def zero_grad(self, set_to_none=True):
        pass


class Adadelta(Optimizer):
    pass


class Adagrad(Optimizer):
    pass


class Adam(Optimizer):
    pass


class Adamax(Optimizer):
    pass


class AdamW(Optimizer):
    pass


class ASGD(Optimizer):
    pass


class LBFGS(Optimizer):
    pass


class Muon(Optimizer):
    pass


class NAdam(Optimizer):
    pass


class RAdam(Optimizer):
    pass


class RMSprop(Optimizer):
    pass


class Rprop(Optimizer):
    pass


class SGD(Optimizer):
    pass


class SparseAdam(Optimizer):
    pass
