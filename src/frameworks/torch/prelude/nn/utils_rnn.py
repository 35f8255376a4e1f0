# torch.nn.utils.rnn: sequences of different lengths. Lengths that are not known are taken as the longest possible.

import torch
from torch import Tensor


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


def pack_padded_sequence(input, lengths, batch_first=False, enforce_sorted=True):
    """All examples are taken to be as long as the input: how long they are is in the data."""
    if batch_first:
        input = input.transpose(0, 1)
    steps, batch = input.shape[:2]
    data = input.reshape(steps * batch, *input.shape[2:])
    packed = PackedSequence(data, torch.full((steps,), batch))
    packed._batch, packed._steps = batch, steps
    return packed


def pad_packed_sequence(sequence, batch_first=False, padding_value=0.0, total_length=None):
    data = sequence.data
    batch, steps = sequence._batch, sequence._steps
    padded = data.view(steps, batch, *data.shape[1:])
    lengths = torch.full((batch,), steps)
    if total_length is not None and total_length > steps:
        extra = padded.new_zeros((total_length - steps, *padded.shape[1:]))
        padded = torch.cat([padded, extra])
    return padded.transpose(0, 1) if batch_first else padded, lengths


def pad_sequence(sequences, batch_first=False, padding_value=0.0, padding_side='right'):
    if isinstance(sequences, Tensor):
        sequences = sequences.unbind(0)
    longest = max(s.size(0) for s in sequences)
    shape = (len(sequences), longest) if batch_first else (longest, len(sequences))
    return sequences[0].new_full((*shape, *sequences[0].shape[1:]), padding_value)


def unpad_sequence(padded_sequences, lengths, batch_first=False):
    return list(padded_sequences.unbind(0 if batch_first else 1))


def pack_sequence(sequences, enforce_sorted=True):
    lengths = [s.size(0) for s in sequences]
    return pack_padded_sequence(pad_sequence(sequences), lengths, enforce_sorted=enforce_sorted)


def unpack_sequence(packed_sequences):
    padded, lengths = pad_packed_sequence(packed_sequences, batch_first=True)
    return unpad_sequence(padded, lengths, batch_first=True)
