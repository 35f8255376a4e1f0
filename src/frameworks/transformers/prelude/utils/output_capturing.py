# transformers.utils.output_capturing: what layers return on the way is kept by hooks where it is asked for. Hooks are put
# in place when the first call asks, each sub-model's by what that sub-model says can be recorded.

from dataclasses import dataclass
from functools import wraps

from transformers import _reading


@dataclass
class OutputRecorder:
    target_class: type
    index: int = 0
    layer_name: str | None = None
    class_name: str | None = None
    capture_initial_hidden_state: bool = True


class _Collecting:
    """What is being collected, innermost call last."""

    def __init__(self):
        self.stack = []

    def get(self):
        return self.stack[-1] if self.stack else None


_active = _Collecting()


# --- hooks --------------------------------------------------------------------------------------------------------------


def install_output_capuring_hook(module, key, index, capture_initial_hidden_state=True):
    def hook(module, args, output):
        collected = _active.get()
        if collected is None or key not in collected:
            return
        kept = collected[key]
        wanted = collected.get('_hidden_states_layers')
        if capture_initial_hidden_state and key == 'hidden_states' and not kept and wanted is None:
            kept.append(args[0])
        if key == 'hidden_states' and wanted is not None and len(kept) not in wanted:
            kept.append(None)
        elif not isinstance(output, tuple):
            kept.append(output)
        elif output[index] is not None:
            kept.append(output[index])

    module.register_forward_hook(hook)


def _fits(module, path, spec):
    by_class = spec.target_class is not None and isinstance(module, spec.target_class)
    by_name = spec.class_name is not None and path.endswith(spec.class_name)
    if not (by_class or by_name):
        return False
    return spec.layer_name is None or '.' + spec.layer_name.strip('.') + '.' in path + '.'


def recursively_install_hooks(module, path, tasks):
    from transformers.modeling_utils import PreTrainedModel

    for name, child in module.named_children():
        if isinstance(child, PreTrainedModel):
            install_all_output_capturing_hooks(child, f'{path}.{name}')
        else:
            recursively_install_hooks(child, f'{path}.{name}', tasks)
    for key, spec in tasks:
        if _fits(module, path, spec):
            install_output_capuring_hook(module, key, spec.index, spec.capture_initial_hidden_state)


def _recorder(key, spec):
    if isinstance(spec, OutputRecorder):
        return spec
    index = 0 if 'hidden_states' in key else 1
    if isinstance(spec, str):
        return OutputRecorder(None, index, class_name=spec)
    return OutputRecorder(spec, index)


def install_all_output_capturing_hooks(model, prefix=None):
    tasks = []
    for key, specs in (model._can_record_outputs or {}).items():
        for spec in specs if isinstance(specs, list) else [specs]:
            tasks.append((key, _recorder(key, spec)))
    recursively_install_hooks(model, prefix or '', tasks)
    model._output_capturing_hooks_installed = True


def maybe_install_capturing_hooks(model):
    if not getattr(model, '_output_capturing_hooks_installed', False):
        install_all_output_capturing_hooks(model)


# --- the decorator ------------------------------------------------------------------------------------------------------

# Outputs that are asked for by another's name.
_ASKED_AS = {'cross_attentions': 'attentions', 'mask_decoder_attentions': 'attentions'}


def _asked_for(model, kwargs):
    asked = {}
    for key in model._can_record_outputs or {}:
        option = f'output_{_ASKED_AS.get(key, key)}'
        value = kwargs.get(option, getattr(model.config, option, False))
        if value:
            asked[key] = []
        if key == 'hidden_states' and isinstance(value, (list, tuple, set)):
            asked['_hidden_states_layers'] = set(value)
    return asked


def _put_last(collected, outputs):
    """The last hidden state is the output of the model, after its last norm."""
    if hasattr(outputs, 'vision_hidden_states'):
        collected[-1:] = [outputs.vision_hidden_states]
    elif hasattr(outputs, 'last_hidden_state'):
        collected[-1:] = [outputs.last_hidden_state]


def capture_outputs(func=None, *, tie_last_hidden_states=True):
    def decorate(func):
        @wraps(func)
        def wrapper(self, *args, **kwargs):
            return_dict = kwargs.pop('return_dict', getattr(self.config, 'return_dict', True))
            collected = _asked_for(self, kwargs)
            if collected:
                maybe_install_capturing_hooks(self)
            _active.stack.append(collected)
            try:
                outputs = func(self, *args, **kwargs)
            finally:
                _active.stack.pop()
            layers = collected.pop('_hidden_states_layers', None)
            for key, kept in collected.items():
                tie = getattr(self.config, 'tie_last_hidden_states', None)
                tie = tie_last_hidden_states if tie is None else tie
                if key == 'hidden_states' and tie and kept and not (layers is not None and kept[-1] is None):
                    _put_last(kept, outputs)
                outputs[key] = tuple(kept)
            return outputs.to_tuple() if return_dict is False else outputs

        return wrapper

    return decorate if func is None else decorate(func)


def __getattr__(name):
    return _reading.installed(__name__, name)
