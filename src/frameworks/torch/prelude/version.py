# torch.version: what this prelude imitates.

__version__ = '2.13.0'
cuda = None
debug = False
git_version = ''
hip = None
xpu = None
