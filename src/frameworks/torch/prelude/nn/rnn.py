# torch.nn.modules.rnn: recurrent layers and cells. The recurrence is one operator; what stands here is the weights, the
# hidden states and packed sequences.

import torch
from torch import empty
from torch.nn.modules.module import Module
from torch.nn.parameter import Parameter
from torch.nn.utils.rnn import PackedSequence

_GATES = {'GRU': 3, 'LSTM': 4, 'RNN_RELU': 1, 'RNN_TANH': 1}


def apply_permutation(tensor, permutation, dim=1):
    return tensor.index_select(dim, permutation)


class RNNBase(Module):
    __constants__ = ['mode', 'input_size', 'hidden_size', 'num_layers', 'bias', 'batch_first', 'dropout',
                     'bidirectional', 'proj_size']

    def __init__(self, mode, input_size, hidden_size, num_layers=1, bias=True, batch_first=False, dropout=0.0,
                 bidirectional=False, proj_size=0, device=None, dtype=None):
        super().__init__()
        if hidden_size <= 0:
            raise ValueError('hidden_size must be greater than zero')
        if num_layers <= 0:
            raise ValueError('num_layers must be greater than zero')
        if proj_size < 0 or proj_size >= hidden_size and proj_size > 0:
            raise ValueError('proj_size should be a positive integer smaller than hidden_size, or zero')
        self.mode = mode
        self.input_size = input_size
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        self.bias = bias
        self.batch_first = batch_first
        self.dropout = float(dropout)
        self.bidirectional = bidirectional
        self.proj_size = proj_size
        num_directions = 2 if bidirectional else 1
        rows = _GATES[mode] * hidden_size
        out_size = proj_size or hidden_size
        self._flat_weights_names = []
        self._all_weights = []
        for layer in range(num_layers):
            in_size = input_size if layer == 0 else out_size * num_directions
            for direction in range(num_directions):
                suffix = f'_l{layer}' + ('_reverse' if direction else '')
                shapes = {'weight_ih': (rows, in_size), 'weight_hh': (rows, out_size)}
                if bias:
                    shapes.update(bias_ih=(rows,), bias_hh=(rows,))
                if proj_size > 0:
                    shapes['weight_hr'] = (proj_size, hidden_size)
                names = [name + suffix for name in shapes]
                for name, shape in zip(names, shapes.values()):
                    setattr(self, name, Parameter(empty(shape, dtype=dtype)))
                self._flat_weights_names += names
                self._all_weights.append(names)
        self.reset_parameters()

    @property
    def _flat_weights(self):
        return [getattr(self, name, None) for name in self._flat_weights_names]

    @property
    def all_weights(self):
        return [[getattr(self, name) for name in names] for names in self._all_weights]

    def flatten_parameters(self):
        pass

    def reset_parameters(self):
        pass

    def _zeros(self, input, batch, size):
        directions = 2 if self.bidirectional else 1
        return torch.zeros(self.num_layers * directions, batch, size, dtype=input.dtype, device=input.device)

    def _initial_state(self, input, batch):
        return self._zeros(input, batch, self.hidden_size)

    def check_input(self, input, batch_sizes):
        if input.size(-1) != self.input_size:
            raise RuntimeError(f'input.size(-1) must be equal to input_size. Expected {self.input_size}, '
                               f'got {input.size(-1)}')

    def permute_hidden(self, hx, permutation):
        return hx if permutation is None else apply_permutation(hx, permutation)

    def _unsqueezed(self, hx):
        return hx.unsqueeze(1)

    def _squeezed(self, hx):
        return hx.squeeze(1)

    def forward(self, input, hx=None):
        if isinstance(input, PackedSequence):
            return self._forward_packed(input, hx)
        if input.dim() not in (2, 3):
            raise ValueError(f'{type(self).__name__}: Expected input to be 2D or 3D, got {input.dim()}D instead')
        single = input.dim() == 2
        batch = 0 if self.batch_first else 1
        if single:
            input = input.unsqueeze(batch)
            hx = self._unsqueezed(hx) if hx is not None else None
        if hx is None:
            hx = self._initial_state(input, input.size(batch))
        self.check_input(input, None)
        output, hidden = self._run(input, hx, self.batch_first)
        if single:
            return output.squeeze(batch), self._squeezed(hidden)
        return output, hidden

    def _forward_packed(self, packed, hx):
        """A packed sequence holds the steps of all examples one after the other: a batch of one costs the same."""
        data, batch_sizes, sorted_indices, unsorted_indices = packed
        batch = packed._batch
        if hx is None:
            hx = self._initial_state(data, batch)
        first = hx[0] if isinstance(hx, tuple) else hx
        steps = data.unsqueeze(1)
        shape = (first.size(0), 1, first.size(2))
        narrow = tuple(h.narrow(1, 0, 1) for h in hx) if isinstance(hx, tuple) else hx.narrow(1, 0, 1)
        output, hidden = self._run(steps, narrow, False)
        if isinstance(hidden, tuple):
            hidden = tuple(h.expand(-1, batch, -1) for h in hidden)
        else:
            hidden = hidden.expand(-1, batch, -1)
        return PackedSequence(output.squeeze(1), batch_sizes, sorted_indices, unsorted_indices)._like(packed), hidden

    def _run(self, input, hx, batch_first):
        return self._function(input, hx, self._flat_weights, self.bias, self.num_layers, self.dropout, self.training,
                              self.bidirectional, batch_first)

    def extra_repr(self):
        text = f'{self.input_size}, {self.hidden_size}'
        for name, default in (('proj_size', 0), ('num_layers', 1), ('bias', True), ('batch_first', False),
                              ('dropout', 0), ('bidirectional', False)):
            if getattr(self, name) != default:
                text += f', {name}={getattr(self, name)}'
        return text


class RNN(RNNBase):
    def __init__(self, input_size, hidden_size, num_layers=1, nonlinearity='tanh', bias=True, batch_first=False,
                 dropout=0.0, bidirectional=False, device=None, dtype=None):
        if nonlinearity not in ('tanh', 'relu'):
            raise ValueError(f"Unknown nonlinearity '{nonlinearity}'. Select from 'tanh' or 'relu'.")
        self.nonlinearity = nonlinearity
        super().__init__(f'RNN_{nonlinearity.upper()}', input_size, hidden_size, num_layers, bias, batch_first, dropout,
                         bidirectional, 0, device, dtype)

    def _run(self, input, hx, batch_first):
        output, hidden = (torch.rnn_tanh if self.nonlinearity == 'tanh' else torch.rnn_relu)(
            input, hx, self._flat_weights, self.bias, self.num_layers, self.dropout, self.training,
            self.bidirectional, batch_first)
        return output, hidden


class LSTM(RNNBase):
    def __init__(self, input_size, hidden_size, num_layers=1, bias=True, batch_first=False, dropout=0.0,
                 bidirectional=False, proj_size=0, device=None, dtype=None):
        super().__init__('LSTM', input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional,
                         proj_size, device, dtype)

    def _initial_state(self, input, batch):
        return self._zeros(input, batch, self.proj_size or self.hidden_size), self._zeros(input, batch, self.hidden_size)

    def permute_hidden(self, hx, permutation):
        return hx if permutation is None else tuple(apply_permutation(h, permutation) for h in hx)

    def _unsqueezed(self, hx):
        return tuple(h.unsqueeze(1) for h in hx)

    def _squeezed(self, hx):
        return tuple(h.squeeze(1) for h in hx)

    def _run(self, input, hx, batch_first):
        output, hidden, cell = torch.lstm(input, hx, self._flat_weights, self.bias, self.num_layers, self.dropout,
                                          self.training, self.bidirectional, batch_first)
        return output, (hidden, cell)


class GRU(RNNBase):
    def __init__(self, input_size, hidden_size, num_layers=1, bias=True, batch_first=False, dropout=0.0,
                 bidirectional=False, device=None, dtype=None):
        super().__init__('GRU', input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional, 0,
                         device, dtype)

    def _run(self, input, hx, batch_first):
        output, hidden = torch.gru(input, hx, self._flat_weights, self.bias, self.num_layers, self.dropout,
                                   self.training, self.bidirectional, batch_first)
        return output, hidden


class RNNCellBase(Module):
    __constants__ = ['input_size', 'hidden_size', 'bias']

    def __init__(self, input_size, hidden_size, bias, num_chunks, device=None, dtype=None):
        super().__init__()
        self.input_size = input_size
        self.hidden_size = hidden_size
        self.bias = bias
        self.weight_ih = Parameter(empty((num_chunks * hidden_size, input_size), dtype=dtype))
        self.weight_hh = Parameter(empty((num_chunks * hidden_size, hidden_size), dtype=dtype))
        if bias:
            self.bias_ih = Parameter(empty(num_chunks * hidden_size, dtype=dtype))
            self.bias_hh = Parameter(empty(num_chunks * hidden_size, dtype=dtype))
        else:
            self.register_parameter('bias_ih', None)
            self.register_parameter('bias_hh', None)
        self.reset_parameters()

    def reset_parameters(self):
        pass

    def _zeros(self, input):
        return torch.zeros((*input.shape[:-1], self.hidden_size), dtype=input.dtype, device=input.device)

    def extra_repr(self):
        return f"{self.input_size}, {self.hidden_size}{'' if self.bias else ', bias=False'}"


class RNNCell(RNNCellBase):
    def __init__(self, input_size, hidden_size, bias=True, nonlinearity='tanh', device=None, dtype=None):
        super().__init__(input_size, hidden_size, bias, 1, device, dtype)
        self.nonlinearity = nonlinearity

    def extra_repr(self):
        kind = '' if self.nonlinearity == 'tanh' else f', nonlinearity={self.nonlinearity}'
        return super().extra_repr() + kind

    def forward(self, input, hx=None):
        cell = torch.rnn_tanh_cell if self.nonlinearity == 'tanh' else torch.rnn_relu_cell
        return cell(input, self._zeros(input) if hx is None else hx, self.weight_ih, self.weight_hh, self.bias_ih,
                    self.bias_hh)


class LSTMCell(RNNCellBase):
    def __init__(self, input_size, hidden_size, bias=True, device=None, dtype=None):
        super().__init__(input_size, hidden_size, bias, 4, device, dtype)

    def forward(self, input, hx=None):
        if hx is None:
            hx = (self._zeros(input),) * 2
        return torch.lstm_cell(input, hx, self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh)


class GRUCell(RNNCellBase):
    def __init__(self, input_size, hidden_size, bias=True, device=None, dtype=None):
        super().__init__(input_size, hidden_size, bias, 3, device, dtype)

    def forward(self, input, hx=None):
        return torch.gru_cell(input, self._zeros(input) if hx is None else hx, self.weight_ih, self.weight_hh,
                              self.bias_ih, self.bias_hh)
