# jinja2: no template is ever found, so that code which only would be faster with one goes on without. What a template given
# as text would become is not known.
from _unknown import unknown


class TemplateError(Exception):
    pass


class TemplateNotFound(IOError, LookupError, TemplateError):
    pass


class Template:
    def __init__(self, source, *args, **kwargs):
        self.source = source

    def render(self, *args, **kwargs):
        return unknown('a template of jinja2 is not filled in')


class Environment:
    def __init__(self, *args, **options):
        self.filters, self.globals, self.tests = {}, {}, {}

    def get_template(self, name, *args, **kwargs):
        raise TemplateNotFound(name)

    select_template = get_template

    def from_string(self, source, *args, **kwargs):
        return Template(source)


ImmutableSandboxedEnvironment = SandboxedEnvironment = Environment


class BaseLoader:
    def __init__(self, *args, **kwargs):
        pass


class FileSystemLoader(BaseLoader):
    pass


class PackageLoader(BaseLoader):
    pass


class StrictUndefined:
    pass


def select_autoescape(*args, **kwargs):
    return False
