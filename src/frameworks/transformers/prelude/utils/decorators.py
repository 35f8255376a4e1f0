# transformers.utils.auto_docstring, .doc and .deprecation: documentation is not made; an argument's old name is taken for
# its new one.

from functools import wraps


def _leave(*args, **kwargs):
    return lambda decorated: decorated


add_code_sample_docstrings = _leave
add_end_docstrings = _leave
add_start_docstrings = _leave
add_start_docstrings_to_model_forward = _leave
replace_return_docstrings = _leave


def auto_docstring(obj=None, **kwargs):
    return (lambda decorated: decorated) if obj is None else obj


auto_class_docstring = auto_docstring


def copy_func(function):
    return function


def deprecate_kwarg(old_name, version=None, new_name=None, **options):
    def decorate(function):
        @wraps(function)
        def renamed(*args, **kwargs):
            if new_name is not None and old_name in kwargs:
                value = kwargs.pop(old_name)
                kwargs.setdefault(new_name, value)
            return function(*args, **kwargs)

        return renamed

    return decorate
