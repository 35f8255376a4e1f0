# torchvision.models.feature_extraction: a model that ends where the last of the wanted outputs is there. PyTorch traces a
# graph; here the model runs, and hooks on its modules catch what they give. What is not called on the way is no part of
# the extractor. Which modules those are is found by a trial run of an image. PyTorch may keep more, as what asserts look at,
# or less, as branches that lead nowhere: so the extractor is marked as an assumption. Left out: outputs of functions.

import re
from collections import OrderedDict

import torch
from torch import nn
from torch._native import assume as _assume, unread as _unread


class _Enough(Exception):
    pass


def _is_leaf(module):
    """A layer of PyTorch's own, which is called as a whole."""
    return type(module).__module__.startswith('torch.nn') and not isinstance(module, (nn.Sequential, nn.ModuleList))


class DualGraphModule(nn.Module):
    def __init__(self, model, nodes):
        super().__init__()
        object.__setattr__(self, '_model', model)
        self._nodes = nodes
        self._called = set()
        self._catch(dict(model.named_modules()))
        self._try_image()
        self._take_over()
        reason = 'graphs are not traced: the model is taken to end where its last wanted output is there'
        _assume('modules of the extractor', len(list(self.modules())) - 1, reason)

    def _catch(self, modules):
        """Hooks on the modules that give what is wanted; `relu_2` is the third call of `relu`."""
        wanted = {}
        for node in self._nodes:
            path, call = node, 0
            numbered = re.match(r'(.+)_([0-9]+)$', node)
            if node not in modules and numbered and numbered.group(1) in modules:
                path, call = numbered.group(1), int(numbered.group(2))
            wanted.setdefault(path, {})[call] = node
        self._missing = [path for path in wanted if path not in modules]
        for path, module in modules.items():
            module.register_forward_hook(self._hook(path, wanted.get(path, {})))

    def _hook(self, path, calls):
        def catch(module, inputs, output):
            self._called.add(path)
            call = self._counts.get(path, 0)
            self._counts[path] = call + 1
            if call in calls:
                self._found[self._nodes[calls[call]]] = output
            if len(self._found) == len(self._nodes):
                raise _Enough()
        return catch

    def _try_image(self):
        first = next((p for p in self._model.parameters() if p.dim() > 1), None)
        channels = first.shape[1] if first is not None and first.dim() == 4 else 3
        try:
            self(torch.zeros(1, channels, 224, 224))
        except Exception:
            self._called.update(dict(self._model.named_modules()))

    def _take_over(self):
        """The modules that are called on the way, under their names; what a called one holds itself stays whole."""
        modules = dict(self._model.named_modules())
        wholes = [path + '.' for path in self._called if path and _is_leaf(modules[path])]
        for path in modules:
            kept = any((called + '.').startswith(path + '.') for called in self._called)
            parent, _, name = path.rpartition('.')
            if path and not kept and not any(path.startswith(whole) for whole in wholes):
                setattr(modules[parent], name, None)
        for name, module in self._model.named_children():
            self.add_module(name, module)
        for name, parameter in list(self._model._parameters.items()):
            self.register_parameter(name, parameter)

    def forward(self, *args, **kwargs):
        if self._missing:
            return _unread(f'create_feature_extractor: {self._missing[0]} is no module, and graphs are not traced')
        self._found, self._counts = {}, {}
        try:
            self._model(*args, **kwargs)
        except _Enough:
            pass
        return OrderedDict((name, self._found[name]) for name in self._nodes.values() if name in self._found)

    def train(self, mode=True):
        self._model.train(mode)
        return super().train(mode)


def create_feature_extractor(model, return_nodes=None, train_return_nodes=None, eval_return_nodes=None, tracer_kwargs=None,
                             suppress_diff_warning=False, concrete_args=None):
    nodes = return_nodes if return_nodes is not None else eval_return_nodes
    if nodes is None:
        raise ValueError('Either `return_nodes` or `train_return_nodes` and `eval_return_nodes` together, should be specified')
    named = nodes if isinstance(nodes, dict) else {node: node for node in nodes}
    return DualGraphModule(model, {str(node): str(name) for node, name in named.items()})


def get_graph_node_names(model, tracer_kwargs=None, suppress_diff_warning=False, concrete_args=None):
    names = [name for name, module in model.named_modules() if name and not list(module.children())]
    return names, names
