"""Tags each word of a sentence with a bidirectional LSTM. The comment above the class says what goes in."""

import torch
from torch import Tensor, nn


# price-tag: input=(1, 40):int64
class Tagger(nn.Module):
    def __init__(self, words: int = 20_000, tags: int = 17, width: int = 100, hidden: int = 256):
        super().__init__()
        self.embedding = nn.Embedding(words, width, padding_idx=0)
        self.lstm = nn.LSTM(width, hidden, num_layers=2, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(0.5)
        self.scores = nn.Linear(2 * hidden, tags)

    def forward(self, ids: Tensor) -> Tensor:
        states, _ = self.lstm(self.embedding(ids))
        return torch.log_softmax(self.scores(self.dropout(states)), dim=-1)
