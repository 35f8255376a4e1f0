# transformers.integrations.moe: experts whose weights lie in one tensor. Each token goes through the experts chosen for it,
# so the rows of all experts together are tokens x choices, whichever experts they fall to. As which they are is not known,
# all rows are multiplied with one expert's weights: the same work.

from functools import wraps

import torch

from transformers import _reading
from transformers.utils.generic import GeneralInterface


def _project(module, rows, name, experts):
    weight = getattr(module, name)[0]
    out = rows @ weight if module.is_transposed else torch.nn.functional.linear(rows, weight)
    return out + getattr(module, f'{name}_bias')[experts] if module.has_bias else out


def chosen_experts_forward(self, hidden_states, top_k_index, top_k_weights):
    num_top_k = top_k_index.size(-1)
    num_tokens = hidden_states.size(0)
    experts, order = torch.sort(top_k_index.reshape(-1))
    rows = hidden_states[order // num_top_k]
    if self.has_gate:
        rows = self._apply_gate(_project(self, rows, 'gate_up_proj', experts))
    else:
        rows = self.act_fn(_project(self, rows, 'up_proj', experts))
    rows = _project(self, rows, 'down_proj', experts)
    rows = rows * top_k_weights.reshape(-1)[order].unsqueeze(-1)
    rows = rows[torch.argsort(order)]
    return rows.view(num_tokens, num_top_k, hidden_states.size(-1)).sum(dim=1).to(hidden_states.dtype)


class ExpertsInterface(GeneralInterface):
    _global_mapping = {
        'batched_mm': chosen_experts_forward,
        'deepgemm': chosen_experts_forward,
        'grouped_mm': chosen_experts_forward,
        'sonicmoe': chosen_experts_forward,
    }

    def get_interface(self, experts_implementation, default):
        return self.get(experts_implementation, default)


ALL_EXPERTS_FUNCTIONS = ExpertsInterface()


def _default_apply_gate(self, gate_up_out):
    gate, up = gate_up_out.chunk(2, dim=-1)
    return self.act_fn(gate) * up


def use_experts_implementation(
    experts_class=None,
    *,
    experts_interface=ALL_EXPERTS_FUNCTIONS,
    is_concatenated=True,
    is_transposed=False,
    has_bias=False,
    has_gate=True,
):
    def decorate(experts_class):
        original_init = experts_class.__init__
        original_forward = experts_class.forward

        @wraps(original_init)
        def __init__(self, config, *args, **kwargs):
            original_init(self, config, *args, **kwargs)
            self.config = config
            self.has_gate = has_gate
            self.has_bias = has_bias
            self.is_transposed = is_transposed
            self.is_concatenated = is_concatenated
            self._is_expert_parallel = False

        @wraps(original_forward)
        def forward(self, hidden_states, top_k_index, top_k_weights, *args, **kwargs):
            chosen = getattr(self.config, '_experts_implementation', None) or 'grouped_mm'
            run = experts_interface.get(chosen, chosen_experts_forward)
            return run(self, hidden_states, top_k_index, top_k_weights)

        if not hasattr(experts_class, '_apply_gate'):
            experts_class._apply_gate = _default_apply_gate
        experts_class.__init__ = __init__
        experts_class.forward = forward
        return experts_class

    return decorate if experts_class is None else decorate(experts_class)


def __getattr__(name):
    return _reading.installed(__name__, name)
