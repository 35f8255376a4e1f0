"""A U-Net (Ronneberger et al., 2015) with padded convolutions. Nothing in this file says how large the images are."""

import torch
from torch import Tensor, nn


class DoubleConv(nn.Sequential):
    def __init__(self, channels: int, width: int):
        super().__init__(
            nn.Conv2d(channels, width, 3, padding=1, bias=False),
            nn.BatchNorm2d(width),
            nn.ReLU(inplace=True),
            nn.Conv2d(width, width, 3, padding=1, bias=False),
            nn.BatchNorm2d(width),
            nn.ReLU(inplace=True),
        )


class UNet(nn.Module):
    def __init__(self, channels: int = 1, classes: int = 2, widths: tuple[int, ...] = (64, 128, 256, 512)):
        super().__init__()
        self.pool = nn.MaxPool2d(2)
        self.down = nn.ModuleList()
        for width in widths:
            self.down.append(DoubleConv(channels, width))
            channels = width
        self.middle = DoubleConv(channels, 2 * channels)
        self.up = nn.ModuleList()
        self.merge = nn.ModuleList()
        for width in reversed(widths):
            self.up.append(nn.ConvTranspose2d(2 * width, width, 2, stride=2))
            self.merge.append(DoubleConv(2 * width, width))
        self.head = nn.Conv2d(widths[0], classes, 1)

    def forward(self, x: Tensor) -> Tensor:
        skips = []
        for down in self.down:
            x = down(x)
            skips.append(x)
            x = self.pool(x)
        x = self.middle(x)
        for up, merge, skip in zip(self.up, self.merge, reversed(skips)):
            x = merge(torch.cat([skip, up(x)], dim=1))
        return self.head(x)
