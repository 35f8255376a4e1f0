# torch.utils._pytree: nested tuples, lists and dicts, taken apart into leaves and put together again. Whatever else there
# is, is a leaf. Left out: classes that are registered as nodes.

from collections import OrderedDict, defaultdict, deque


class TreeSpec:
    def __init__(self, type, keys, children_specs):
        self.type, self.context, self.children_specs = type, keys, children_specs
        self.num_leaves = sum(child.num_leaves for child in children_specs) if type is not None else 1
        self.num_children = len(children_specs)

    def is_leaf(self):
        return self.type is None

    def unflatten(self, leaves):
        return tree_unflatten(leaves, self)

    def __eq__(self, other):
        mine, theirs = (self.type, self.context), (other.type, other.context)
        return mine == theirs and self.children_specs == other.children_specs


PyTree = object


class LeafSpec(TreeSpec):
    def __init__(self):
        super().__init__(None, None, [])


def _is_node(tree):
    return type(tree) in (list, tuple, dict, OrderedDict, defaultdict, deque) or hasattr(tree, '_fields')


def _children(tree):
    return (list(tree.keys()), list(tree.values())) if isinstance(tree, dict) else (None, list(tree))


def _made(kind, keys, children):
    if keys is not None:
        return (OrderedDict if kind is OrderedDict else dict)(zip(keys, children))
    return kind(*children) if hasattr(kind, '_fields') else kind(children)


def tree_flatten(tree, is_leaf=None):
    if not _is_node(tree) or (is_leaf is not None and is_leaf(tree)):
        return [tree], LeafSpec()
    keys, children = _children(tree)
    parts = [tree_flatten(child, is_leaf) for child in children]
    return [leaf for leaves, _ in parts for leaf in leaves], TreeSpec(type(tree), keys, [spec for _, spec in parts])


def tree_unflatten(leaves, treespec):
    leaves = list(leaves)
    if treespec.is_leaf():
        return leaves[0]
    children, start = [], 0
    for spec in treespec.children_specs:
        children.append(tree_unflatten(leaves[start:start + spec.num_leaves], spec))
        start += spec.num_leaves
    return _made(treespec.type, treespec.context, children)


def tree_leaves(tree, is_leaf=None):
    return tree_flatten(tree, is_leaf)[0]


tree_iter = tree_leaves


def tree_structure(tree, is_leaf=None):
    return tree_flatten(tree, is_leaf)[1]


def tree_map(func, tree, *rests, is_leaf=None):
    leaves, spec = tree_flatten(tree, is_leaf)
    others = [tree_leaves(rest, is_leaf) for rest in rests]
    return tree_unflatten([func(*args) for args in zip(leaves, *others)], spec)


def tree_map_(func, tree, *rests, is_leaf=None):
    tree_map(func, tree, *rests, is_leaf=is_leaf)
    return tree


def tree_map_only(kind, func, tree, is_leaf=None):
    return tree_map(lambda leaf: func(leaf) if isinstance(leaf, kind) else leaf, tree, is_leaf=is_leaf)


def tree_any(pred, tree, is_leaf=None):
    return any(pred(leaf) for leaf in tree_leaves(tree, is_leaf))


def tree_all(pred, tree, is_leaf=None):
    return all(pred(leaf) for leaf in tree_leaves(tree, is_leaf))


def register_pytree_node(cls, flatten_fn, unflatten_fn, **kwargs):
    return None
