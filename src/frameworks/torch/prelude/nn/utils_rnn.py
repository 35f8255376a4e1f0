# torch.nn.utils.rnn: sequences of different lengths. Lengths that are not known are taken as the longest possible, and a
# knob says so.

import torch
from torch import Tensor
from torch._native import assume as _assume


class PackedSequence:
    """The steps of a batch, one after the other, as PyTorch keeps them; and the padded shape, for unpacking."""

    def __init__(self, data, batch_sizes=None, sorted_indices=None, unsorted_indices=None):
        self.data = data
        self.batch_sizes = batch_sizes
        self.sorted_indices = sorted_indices
        self.unsorted_indices = unsorted_indices
        self._batch = 1
        self._steps = data.size(0)

    def _like(self, other):
        self._batch, self._steps = other._batch, other._steps
        return self

    def __iter__(self):
        return iter((self.data, self.batch_sizes, self.sorted_indices, self.unsorted_indices))

    def __getitem__(self, index):
        return (self.data, self.batch_sizes, self.sorted_indices, self.unsorted_indices)[index]

    def __len__(self):
        return 4

    @property
    def is_cuda(self):
        return False

    def cpu(self):
        return self

    def cuda(self, *args, **kwargs):
        return self

    def to(self, *args, **kwargs):
        return PackedSequence(self.data.to(*args, **kwargs), self.batch_sizes, self.sorted_indices,
                              self.unsorted_indices)._like(self)


def invert_permutation(permutation):
    return permutation


def _numbers(lengths):
    """Lengths as a list of numbers; None where they are not known."""
    numbers = lengths.tolist() if isinstance(lengths, Tensor) else [int(n) for n in lengths]
    return numbers if all(isinstance(n, int) for n in numbers) else None


def pack_padded_sequence(input, lengths, batch_first=False, enforce_sorted=True):
    if batch_first:
        input = input.transpose(0, 1)
    steps, batch = input.shape[:2]
    numbers = _numbers(lengths)
    if numbers is None:
        _assume('sequence lengths', steps, 'how long the sequences are is in the data; all are taken to be the longest')
        numbers = [steps] * batch
    longest = max(numbers)
    data = input.reshape(steps * batch, *input.shape[2:]).narrow(0, 0, sum(numbers))
    sizes = torch.tensor([sum(n > step for n in numbers) for step in range(longest)])
    packed = PackedSequence(data, sizes)
    packed._batch, packed._steps = batch, longest
    return packed


def pad_packed_sequence(sequence, batch_first=False, padding_value=0.0, total_length=None):
    data = sequence.data
    batch, steps = sequence._batch, total_length or sequence._steps
    padded = data.new_full((steps, batch, *data.shape[1:]), padding_value)
    padded.view(steps * batch, *data.shape[1:])[:data.size(0)] = data
    lengths = torch.tensor([int((sequence.batch_sizes > i).sum()) for i in range(batch)])
    return padded.transpose(0, 1) if batch_first else padded, lengths


def pad_sequence(sequences, batch_first=False, padding_value=0.0, padding_side='right'):
    if isinstance(sequences, Tensor):
        sequences = sequences.unbind(0)
    longest = max(s.size(0) for s in sequences)
    rest = sequences[0].shape[1:]
    padded = sequences[0].new_full((len(sequences), longest, *rest), padding_value)
    for i, sequence in enumerate(sequences):
        padded[i, :sequence.size(0)] = sequence
    return padded if batch_first else padded.transpose(0, 1)


def unpad_sequence(padded_sequences, lengths, batch_first=False):
    return list(padded_sequences.unbind(0 if batch_first else 1))


def pack_sequence(sequences, enforce_sorted=True):
    lengths = [s.size(0) for s in sequences]
    return pack_padded_sequence(pad_sequence(sequences), lengths, enforce_sorted=enforce_sorted)


def unpack_sequence(packed_sequences):
    padded, lengths = pad_packed_sequence(packed_sequences, batch_first=True)
    return unpad_sequence(padded, lengths, batch_first=True)
