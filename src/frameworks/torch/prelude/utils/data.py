# torch.utils.data: data sets can be defined and loaders made; what they give is not known.

from torch._native import unread as _unread


class Dataset:
    def __class_getitem__(cls, item):
        return cls

    def __add__(self, other):
        return ConcatDataset([self, other])


class IterableDataset(Dataset):
    pass


class TensorDataset(Dataset):
    def __init__(self, *tensors):
        self.tensors = tensors

    def __getitem__(self, index):
        return tuple(tensor[index] for tensor in self.tensors)

    def __len__(self):
        return self.tensors[0].size(0)


class ConcatDataset(Dataset):
    def __init__(self, datasets):
        self.datasets = list(datasets)

    def __len__(self):
        return sum(len(dataset) for dataset in self.datasets)


class Subset(Dataset):
    def __init__(self, dataset, indices):
        self.dataset, self.indices = dataset, indices

    def __getitem__(self, index):
        return self.dataset[self.indices[index]]

    def __len__(self):
        return len(self.indices)


class DataLoader:
    def __init__(self, dataset, batch_size=1, *args, **kwargs):
        self.dataset, self.batch_size = dataset, batch_size

    def __iter__(self):
        return iter([_unread('what a DataLoader gives is not known')])

    def __len__(self):
        return -(-len(self.dataset) // (self.batch_size or 1))


class Sampler:
    def __init__(self, *args, **kwargs):
        pass


BatchSampler = RandomSampler = SequentialSampler = SubsetRandomSampler = WeightedRandomSampler = Sampler


class distributed:
    DistributedSampler = Sampler


def default_collate(batch):
    return _unread('what a DataLoader gives is not known')


def get_worker_info():
    return None


def random_split(dataset, lengths, generator=None):
    return [Subset(dataset, list(range(int(n)))) for n in lengths]
