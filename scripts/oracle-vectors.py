"""Counts what FlopCounterMode leaves out of hand-written models, products with vectors, and notes it beside their truth.

    python scripts/oracle-vectors.py REPOS ID...      (torch 2.13, CPU)

REPOS holds checkouts as owner__name, as for the scoreboard; an ID is that of a line in test/data/truth/handwritten.jsonl, which gets
`vectorFpo`: 2 per multiply-accumulate of `mv` and `dot` in the same forward pass whose other FPO are its `fpo`. This runs the code
of the repository: its imports, definitions and simple assignments; packages that are not there are empty.
"""

import ast
import json
import pathlib
import sys
import types

import torch
from torch.utils.flop_counter import FlopCounterMode

TRUTH = pathlib.Path(__file__).parent.parent / "test" / "data" / "truth" / "handwritten.jsonl"
KEPT = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef, ast.Assign)


def product_of_matrix(matrix, vector, *, out_shape=None, **kwargs):
    return 2 * matrix[0] * matrix[1]


def product_of_vectors(a, b, *, out_shape=None, **kwargs):
    return 2 * a[0]


VECTORS = {torch.ops.aten.mv: product_of_matrix, torch.ops.aten.dot: product_of_vectors}


class Empty(types.ModuleType):
    """Stands for a package that is not there: whatever is asked of it decorates with nothing."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Empty(name)

    def __call__(self, *args, **kwargs):
        return lambda decorated: decorated


def definitions(file, setup):
    names = {"__name__": "model", "__file__": str(file)}
    exec(setup, names)
    for statement in ast.parse(file.read_text()).body:
        if not isinstance(statement, KEPT):
            continue
        while True:
            try:
                exec(compile(ast.Module([statement], []), str(file), "exec"), names)
            except ModuleNotFoundError as missing:
                sys.modules[missing.name] = Empty(missing.name)
                continue
            except NameError:
                pass
            break
    return names


def counted(case, repos):
    home = repos / case["repo"].replace("/", "__")
    file = home / case["file"]
    sys.path[:0] = [str(home), str(file.parent)]
    names = definitions(file, case.get("setup", ""))
    model = eval(case["expr"], names).eval()
    inputs = [torch.zeros(one["shape"], dtype=getattr(torch, one["dtype"])) for one in case["inputs"]]
    counters = FlopCounterMode(display=False), FlopCounterMode(display=False, custom_mapping=VECTORS)
    for counter in counters:
        with counter:
            getattr(model, case["method"])(*inputs)
    return [counter.get_total_flops() for counter in counters]


def main():
    repos, ids = pathlib.Path(sys.argv[1]), set(sys.argv[2:])
    lines = []
    for line in TRUTH.read_text().splitlines():
        case = json.loads(line)
        if case["id"] in ids:
            plain, whole = counted(case, repos)
            assert plain == case["fpo"], f"{case['id']}: {plain} of {case['fpo']}"
            line = json.dumps({**case, "vectorFpo": whole - plain})
            print(case["id"], plain, whole)
        lines.append(line)
    TRUTH.write_text("\n".join(lines) + "\n")


main()
