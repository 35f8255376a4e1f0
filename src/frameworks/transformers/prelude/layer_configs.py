# `config.per_layer_config`: configurations that differ from layer to layer.

import copy


class LayerConfigs:
    """`config.per_layer_config`: by layer or by type of layer, the configuration with that layer's changes."""

    def __init__(self, config):
        self._config = config

    def __len__(self):
        return self._config.num_hidden_layers

    def __iter__(self):
        return (self[index] for index in range(len(self)))

    def __getitem__(self, index):
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        changes = self._config.__dict__.get('_layer_changes')
        if not changes:
            return self._config
        if isinstance(index, str):
            index = self._config.layer_types.index(index)
        if index < 0:
            index += len(self)
        if not 0 <= index < len(self):
            raise IndexError('list index out of range')
        return _changed(self._config, changes.get(index, {}))


def _changed(config, changes):
    layer = copy.copy(config)
    layer._layer_changes = None
    layer.skip = changes.get('skip', [])
    for name, value in changes.items():
        setattr(layer, name, value)
    return layer


def changes_by_layer(config, given):
    """Changes by layer, those left out that are none."""
    changes = {}
    for index, values in given.items():
        kept = {k: v for k, v in values.items() if k == 'skip' or not hasattr(config, k) or getattr(config, k) != v}
        if kept:
            changes[int(index)] = kept
    return changes
