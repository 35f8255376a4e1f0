"""Small models whose price is known: scripts/oracle-price.py asks PyTorch, test/price/oracle.test.ts asks us."""

import torch
import torch.nn.functional as F
from torch import nn


class MLP(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Linear(16, 16), nn.GELU(), nn.Linear(16, 4))

    def forward(self, x):
        return self.layers(x)


class ConvNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 8, 3, stride=2, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(8)
        self.pool = nn.MaxPool2d(2)
        self.conv2 = nn.Conv2d(8, 16, 3, padding=1, groups=4)
        self.fc = nn.Linear(16, 10)

    def forward(self, x):
        x = self.pool(F.relu(self.bn1(self.conv1(x))))
        x = F.relu(self.conv2(x), inplace=True)
        return self.fc(torch.flatten(F.adaptive_avg_pool2d(x, 1), 1))


class Residual(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(8, 8, 3, padding=1)
        self.conv2 = nn.Conv2d(8, 8, 3, padding=1)
        self.norm = nn.GroupNorm(2, 8)

    def forward(self, x):
        out = F.silu(self.norm(self.conv1(x)))
        out = self.conv2(out)
        return F.relu(out + x)


class Attention(nn.Module):
    def __init__(self, dim=32, heads=4):
        super().__init__()
        self.heads = heads
        self.norm = nn.LayerNorm(dim)
        self.qkv = nn.Linear(dim, 3 * dim)
        self.proj = nn.Linear(dim, dim)

    def forward(self, x):
        b, n, c = x.shape
        qkv = self.qkv(self.norm(x)).reshape(b, n, 3, self.heads, c // self.heads).permute(2, 0, 3, 1, 4)
        q, k, v = qkv[0], qkv[1], qkv[2]
        attn = (q @ k.transpose(-2, -1)) * 0.125
        attn = attn.softmax(dim=-1)
        out = (attn @ v).transpose(1, 2).reshape(b, n, c)
        return x + self.proj(out)


class Frozen(nn.Module):
    """A backbone that is not trained: no gradient goes into it, and none is kept for it."""

    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Conv2d(3, 8, 3), nn.ReLU(), nn.Conv2d(8, 8, 3), nn.ReLU())
        self.head = nn.Linear(8, 5)
        for parameter in self.backbone.parameters():
            parameter.requires_grad = False

    def forward(self, x):
        return self.head(self.backbone(x).mean(dim=(2, 3)))


class Detached(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(8, 8)
        self.b = nn.Linear(8, 8)
        self.c = nn.Linear(8, 8)

    def forward(self, x):
        with torch.no_grad():
            y = self.a(x)
        return self.c(torch.tanh(self.b(y)).detach()) + self.b(x)


class Embedded(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(100, 16)
        self.position = nn.Parameter(torch.zeros(1, 12, 16))
        self.head = nn.Linear(16, 100, bias=False)
        self.head.weight = self.embed.weight

    def forward(self, tokens):
        x = self.embed(tokens) + self.position[:, : tokens.shape[1]]
        return self.head(F.dropout(x, 0.1, self.training))


class Upsampling(nn.Module):
    def __init__(self):
        super().__init__()
        self.up = nn.ConvTranspose2d(4, 6, 2, stride=2)
        self.conv = nn.Conv2d(10, 3, 1)

    def forward(self, x):
        up = self.up(x)
        wide = F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=False)
        return torch.sigmoid(self.conv(torch.cat([up, wide], dim=1)))


class Gated(nn.Module):
    def __init__(self):
        super().__init__()
        self.gate = nn.Linear(8, 16)
        self.value = nn.Linear(8, 16)
        self.scale = nn.Parameter(torch.ones(16))

    def forward(self, x):
        return torch.sigmoid(self.gate(x)) * self.value(x) * self.scale


class Einsum(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(4, 8, 6))

    def forward(self, x):
        y = torch.einsum("bnd,hdk->bhnk", x, self.weight)
        return torch.einsum("bhnk,bhmk->bhnm", y, y)


class Keeping(nn.Module):
    """Keeps what it made in an attribute: alive for the rest of the run."""

    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(8, 8)
        self.table = None

    def forward(self, x):
        if self.table is None:
            self.table = torch.cos(x).repeat(1, 20)
        return self.linear(x) * self.table.sum()


class Activated(nn.Module):
    """An activation between two layers that keep what goes into them: written in place, some keep a copy of what was there."""

    def __init__(self, activation):
        super().__init__()
        self.norm = nn.BatchNorm2d(8)
        self.activation = activation
        self.conv = nn.Conv2d(8, 8, 3, bias=False)

    def forward(self, x):
        return self.conv(self.activation(self.norm(x)))


CASES = [
    ("MLP()", [("float32", [5, 8])]),
    ("ConvNet()", [("float32", [2, 3, 32, 32])]),
    ("Residual()", [("float32", [2, 8, 16, 16])]),
    ("Attention()", [("float32", [1, 10, 32])]),
    ("Attention()", [("float32", [3, 10, 32])]),
    ("Frozen()", [("float32", [2, 3, 16, 16])]),
    ("Detached()", [("float32", [5, 8])]),
    ("Embedded()", [("int64", [3, 10])]),
    ("Upsampling()", [("float32", [2, 4, 8, 8])]),
    ("Gated()", [("float32", [5, 8])]),
    ("Einsum()", [("float32", [3, 5, 8])]),
    ("Activated(nn.ReLU(True))", [("float32", [2, 8, 9, 9])]),
    ("Activated(nn.ReLU6(True))", [("float32", [2, 8, 9, 9])]),
    ("Activated(nn.ReLU6())", [("float32", [2, 8, 9, 9])]),
    ("Activated(nn.Hardswish(True))", [("float32", [2, 8, 9, 9])]),
    ("Activated(nn.Hardsigmoid(True))", [("float32", [2, 8, 9, 9])]),
    ("Activated(nn.Hardtanh(inplace=True))", [("float32", [2, 8, 9, 9])]),
    ("Activated(nn.LeakyReLU(0.1,True))", [("float32", [2, 8, 9, 9])]),
    ("Activated(nn.SiLU(True))", [("float32", [2, 8, 9, 9])]),
    ("Activated(nn.ELU(inplace=True))", [("float32", [2, 8, 9, 9])]),
    ("Activated(nn.CELU(inplace=True))", [("float32", [2, 8, 9, 9])]),
    ("Activated(nn.SELU(True))", [("float32", [2, 8, 9, 9])]),
    ("Activated(nn.Mish(True))", [("float32", [2, 8, 9, 9])]),
    ("Activated(nn.RReLU(inplace=True))", [("float32", [2, 8, 9, 9])]),
    ("Activated(nn.RReLU())", [("float32", [2, 8, 9, 9])]),
    ("Activated(nn.Threshold(0.1,0,True))", [("float32", [2, 8, 9, 9])]),
    ("Activated(nn.Dropout(0.5,True))", [("float32", [2, 8, 9, 9])]),
    ("Activated(nn.Dropout2d())", [("float32", [2, 8, 9, 9])]),
    ("Activated(nn.GELU())", [("float32", [2, 8, 9, 9])]),
    ("Activated(nn.Softplus())", [("float32", [2, 8, 9, 9])]),
    ("Activated(nn.Softsign())", [("float32", [2, 8, 9, 9])]),
    ("Activated(nn.PReLU())", [("float32", [2, 8, 9, 9])]),
    ("nn.Sequential(*[Keeping() for _ in range(4)])", [("float32", [3, 8])]),
]
