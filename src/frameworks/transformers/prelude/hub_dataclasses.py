# huggingface_hub.dataclasses: types and validators of fields are not checked.

from dataclasses import MISSING, field


def strict(cls=None, *, accept_kwargs=False):
    return (lambda decorated: decorated) if cls is None else cls


def validated_field(validator=None, default=MISSING, default_factory=MISSING, **kwargs):
    if default_factory is not MISSING:
        return field(default_factory=default_factory)
    return field() if default is MISSING else field(default=default)


def as_validated_field(validator):
    def make(default=MISSING, default_factory=MISSING, **kwargs):
        return validated_field(None, default, default_factory)

    return make


def type_validator(name, value, expected_type):
    return None
