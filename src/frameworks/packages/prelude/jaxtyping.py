# jaxtyping, torchtyping: names for annotations. `Float[Tensor, 'b c']` is the tensor's type.
from packages._identity import _Annotation, identity

jaxtyped = typechecked = patch_typeguard = identity


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    return _Annotation
