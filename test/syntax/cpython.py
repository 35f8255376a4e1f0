"""CPython's own tree of Python files, printed in the form of print.ts, to compare our parser with.

    python3 cpython.py files [all]      paths of the standard library's files, one a line; `all`: its tests too
    python3 cpython.py hashes           paths on standard input; for each one a line `hash<TAB>path`, or
                                        `skip<TAB>path` where CPython does not read the file or it is not UTF-8
    python3 cpython.py show             one path on standard input; its tree
    python3 cpython.py version          `3.11`

Only the standard library is used. Offsets are turned from lines and UTF-8 bytes into UTF-16 units.
"""
import ast
import hashlib
import json
import os
import re
import struct
import sys
import sysconfig
import tokenize
import warnings

FIELDS = {
    'alias': 'name asname', 'AnnAssign': 'target annotation value', 'Assert': 'test msg', 'Assign': 'targets value',
    'Attribute': 'value attr', 'AugAssign': 'op target value', 'Await': 'value', 'BinOp': 'op left right',
    'BoolOp': 'op values', 'Break': '', 'Call': 'func args keywords',
    'ClassDef': 'name type_params bases keywords decorator_list body', 'Compare': 'left ops comparators',
    'Continue': '', 'Delete': 'targets', 'Dict': 'keys values', 'DictComp': 'key value generators',
    'ExceptHandler': 'type name body', 'Expr': 'value', 'For': 'target iter body orelse',
    'FunctionDef': 'name type_params args returns decorator_list body', 'GeneratorExp': 'elt generators',
    'Global': 'names', 'If': 'test body orelse', 'IfExp': 'test body orelse', 'Import': 'names',
    'ImportFrom': 'level module names', 'keyword': 'arg value', 'Lambda': 'args body', 'List': 'elts',
    'ListComp': 'elt generators', 'Match': 'subject cases', 'match_case': 'pattern guard body',
    'MatchAs': 'pattern name', 'MatchClass': 'cls patterns kwd_attrs kwd_patterns',
    'MatchMapping': 'keys patterns rest', 'MatchOr': 'patterns', 'MatchSequence': 'patterns', 'MatchStar': 'name',
    'MatchValue': 'value', 'NamedExpr': 'target value', 'Nonlocal': 'names', 'ParamSpec': 'name default_value',
    'Pass': '', 'Raise': 'exc cause', 'Return': 'value', 'Set': 'elts', 'SetComp': 'elt generators',
    'Slice': 'lower upper step', 'Starred': 'value', 'Subscript': 'value slice',
    'Try': 'body handlers orelse finalbody', 'Tuple': 'elts', 'TypeAlias': 'name type_params value',
    'TypeVar': 'name bound default_value', 'TypeVarTuple': 'name default_value', 'UnaryOp': 'op operand',
    'While': 'test body orelse', 'With': 'items body', 'withitem': 'context_expr optional_vars', 'Yield': 'value',
    'YieldFrom': 'value',
}
FIELDS = {kind: names.split() for kind, names in FIELDS.items()}
LISTS = {'type_params'}  # fields that older versions of Python do not have
HEADS = {'withitem': 'item', 'match_case': 'case'}

OPERATORS = {
    'Add': '+', 'And': 'and', 'BitAnd': '&', 'BitOr': '|', 'BitXor': '^', 'Div': '/', 'Eq': '==', 'FloorDiv': '//',
    'Gt': '>', 'GtE': '>=', 'In': 'in', 'Invert': '~', 'Is': 'is', 'IsNot': 'is not', 'LShift': '<<', 'Lt': '<',
    'LtE': '<=', 'MatMult': '@', 'Mod': '%', 'Mult': '*', 'Not': 'not', 'NotEq': '!=', 'NotIn': 'not in', 'Or': 'or',
    'Pow': '**', 'RShift': '>>', 'Sub': '-', 'UAdd': '+', 'USub': '-',
}

FIELD_RANGES = sys.version_info >= (3, 12)


class Printer:
    def __init__(self, text):
        self.text = text
        self.shift = 1 if text.startswith('\ufeff') else 0
        self.lines = re.split('(?<=\n)|(?<=\r)(?!\n)', text[self.shift:])
        self.starts = []
        at = self.shift
        for line in self.lines:
            self.starts.append(at)
            at += units(line)
        self.in_field = False

    def module(self):
        tree = ast.parse(self.text[self.shift:])
        return '\n'.join(self.any(statement) for statement in tree.body)

    def any(self, value):
        if value is None:
            return '-'
        if isinstance(value, list):
            return '[' + ' '.join(map(self.any, value)) + ']'
        if isinstance(value, ast.AST):
            return self.node(value)
        return str(value)

    def node(self, node):
        kind = type(node).__name__
        own = getattr(self, 'print_' + kind, None)
        if own:
            return own(node)
        if kind in OPERATORS:
            return OPERATORS[kind]
        head = HEADS.get(kind) or kind + self.range(node)
        return self.record(head, node, FIELDS[kind])

    def record(self, head, node, names):
        parts = [self.any(getattr(node, name, [] if name in LISTS else None)) for name in names]
        return '(' + ' '.join([head, *parts]) + ')'

    def flagged(self, kind, flag, node):
        return self.record(kind + self.range(node) + flag, node, FIELDS[kind])

    def print_AsyncFor(self, node): return self.flagged('For', ' async', node)
    def print_AsyncFunctionDef(self, node): return self.flagged('FunctionDef', ' async', node)
    def print_AsyncWith(self, node): return self.flagged('With', ' async', node)
    def print_TryStar(self, node): return self.flagged('Try', ' star', node)
    def print_Name(self, node): return node.id + self.range(node)
    def print_MatchSingleton(self, node): return f'(MatchSingleton{self.range(node)} {literal(node.value)})'

    def print_TypeVarTuple(self, node): return self.type_parameter(node)
    def print_ParamSpec(self, node): return self.type_parameter(node)

    def type_parameter(self, node):
        fallback = getattr(node, 'default_value', None)
        return f'({type(node).__name__}{self.range(node)} {node.name} {self.any(fallback)})'

    def print_comprehension(self, node):
        return self.record('for async' if node.is_async else 'for', node, ['target', 'iter', 'ifs'])

    def print_arguments(self, node):
        plain = [*node.posonlyargs, *node.args]
        defaults = [None] * (len(plain) - len(node.defaults)) + node.defaults
        shown = [self.parameter(*pair) for pair in zip(plain, defaults)]
        parts = shown[:len(node.posonlyargs)]
        if parts:
            parts.append('/')
        parts += shown[len(node.posonlyargs):]
        if node.vararg:
            parts.append('*' + self.parameter(node.vararg, None))
        elif node.kwonlyargs:
            parts.append('*')
        parts += map(self.parameter, node.kwonlyargs, node.kw_defaults)
        if node.kwarg:
            parts.append('**' + self.parameter(node.kwarg, None))
        return '{' + ', '.join(parts) + '}'

    def parameter(self, node, default):
        annotation = ': ' + self.any(node.annotation) if node.annotation else ''
        fallback = ' = ' + self.any(default) if default else ''
        return node.arg + self.range(node) + annotation + fallback

    def range(self, node):
        if self.in_field and not FIELD_RANGES:
            return ''
        return f'@{self.offset(node.lineno, node.col_offset)}-{self.offset(node.end_lineno, node.end_col_offset)}'

    def offset(self, line, column):
        text = self.lines[line - 1]
        if text.isascii():
            return self.starts[line - 1] + column
        return self.starts[line - 1] + units(text.encode()[:column].decode())

    def print_Constant(self, node):
        named = isinstance(node.value, str) and self.has_named_escape(node)
        return ('\\N' if named else literal(node.value)) + self.range(node)

    def print_JoinedStr(self, node):
        named = self.has_named_escape(node)
        parts = self.parts(node, named)
        return '(' + ' '.join([type(node).__name__ + self.range(node), *parts]) + ')'

    print_TemplateStr = print_JoinedStr

    def parts(self, node, named):
        # 3.12 puts an empty text at the end of some specifications
        full = [value for value in node.values if not (isinstance(value, ast.Constant) and value.value == '')]
        return [self.part(value, named) for value in full]

    def part(self, value, named):
        if isinstance(value, ast.Constant):
            return '\\N' if named else literal(value.value)
        outer, self.in_field = self.in_field, True
        inner = self.any(value.value)
        self.in_field = outer
        conversion = '-' if value.conversion < 0 else chr(value.conversion)
        spec = '-'
        if value.format_spec:
            spec = '(' + ' '.join(self.parts(value.format_spec, named)) + ')'
        return '{' + f'{inner} {conversion} {spec}' + '}'

    def has_named_escape(self, node):
        lines = ''.join(self.lines[node.lineno - 1:node.end_lineno])  # a glance, because the exact text costs more
        return '\\N{' in lines and '\\N{' in ast.get_source_segment(self.text[self.shift:], node)


def units(text):
    """The length in UTF-16."""
    return len(text) if text.isascii() else len(text.encode('utf-16-le', 'surrogatepass')) // 2


def literal(value):
    if value is ...:
        return '...'
    if isinstance(value, str):
        return json.dumps(value)
    if isinstance(value, bytes):
        return 'b' + json.dumps(value.decode('latin-1'))
    if isinstance(value, float):
        return 'f' + struct.pack('>d', value).hex()
    if isinstance(value, complex):
        return 'j' + struct.pack('>d', value.imag).hex()
    return str(value)


def tree(path):
    """The tree of a file as text, or None where there is none to compare with."""
    try:
        with open(path, 'rb') as file:
            if tokenize.detect_encoding(file.readline)[0] not in ('utf-8', 'utf-8-sig'):
                return None
        with open(path, encoding='utf-8', newline='') as file:
            return Printer(file.read()).module()
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def library(everything):
    root = sysconfig.get_paths()['stdlib']
    skipped = {'site-packages', '__pycache__'} | (set() if everything else {'test', 'tests', 'idle_test'})
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if name not in skipped)
        for name in sorted(names):
            if name.endswith('.py'):
                yield os.path.join(folder, name)


def main(command, *rest):
    warnings.simplefilter('ignore')
    sys.setrecursionlimit(10_000)
    getattr(sys, 'set_int_max_str_digits', id)(0)
    if command == 'version':
        print('%d.%d' % sys.version_info[:2])
    elif command == 'files':
        print('\n'.join(library(bool(rest))))
    elif command == 'show':
        print(tree(sys.stdin.read().strip()))
    elif command == 'hashes':
        for path in sys.stdin.read().splitlines():
            text = tree(path)
            digest = 'skip' if text is None else hashlib.sha1(text.encode('utf-8', 'surrogatepass')).hexdigest()
            print(digest, path, sep='\t')


main(*sys.argv[1:])
