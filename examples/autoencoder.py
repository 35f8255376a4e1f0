"""A convolutional autoencoder for 64x64 images with a bottleneck of 128 numbers."""

import torch
from torch import Tensor, nn


class Encoder(nn.Module):
    def __init__(self, latent: int = 128):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(3, 32, 4, stride=2, padding=1),
            nn.LeakyReLU(0.2),
            nn.Conv2d(32, 64, 4, stride=2, padding=1),
            nn.LeakyReLU(0.2),
            nn.Conv2d(64, 128, 4, stride=2, padding=1),
            nn.LeakyReLU(0.2),
        )
        self.project = nn.Linear(128 * 8 * 8, latent)

    def forward(self, image: Tensor) -> Tensor:
        return self.project(self.features(image).flatten(1))


class Decoder(nn.Module):
    def __init__(self, latent: int = 128):
        super().__init__()
        self.expand = nn.Linear(latent, 128 * 8 * 8)
        self.images = nn.Sequential(
            nn.ConvTranspose2d(128, 64, 4, stride=2, padding=1),
            nn.ReLU(),
            nn.ConvTranspose2d(64, 32, 4, stride=2, padding=1),
            nn.ReLU(),
            nn.ConvTranspose2d(32, 3, 4, stride=2, padding=1),
            nn.Sigmoid(),
        )

    def forward(self, code: Tensor) -> Tensor:
        return self.images(self.expand(code).view(-1, 128, 8, 8))


class Autoencoder(nn.Module):
    def __init__(self, latent: int = 128):
        super().__init__()
        self.encoder = Encoder(latent)
        self.decoder = Decoder(latent)

    def forward(self, image: Tensor) -> Tensor:
        return self.decoder(self.encoder(image))


if __name__ == "__main__":
    images = torch.rand(1, 3, 64, 64)
    print(Autoencoder()(images).shape)
