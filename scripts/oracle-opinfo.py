"""Makes cases of `price-tag batch` out of PyTorch's own tests of operators (OpInfo) and modules (ModuleInfo), with what PyTorch
gives for them.

    python scripts/oracle-opinfo.py FOLDER [--only PATTERN] [--dtype int64] [--most 40] [--contents] [--modules] > truth.jsonl
    node scripts/compare-cases.mjs truth.jsonl                                      (torch 2.13, CPU; needs expecttest)

Each sample of an operator is written as Python, as `torch.add(a0, a1, alpha=2)`, `a0.add(a1, alpha=2)` and `a0.add_(...)`, in a
module of its own; a file in FOLDER for each operator. Float tensors are inputs; small tensors of integers and truth values stand
in the source, since shapes may depend on them. With `--contents` all tensors stand there, and the elements of the result become
the sizes of a tensor, so that elements that are followed are compared, too.

With `--modules` each case is a module of torch.nn with the arguments that its tests construct and call it with.

The text is run, so the truth is that of the text: `outputs` (shape and dtype), `fpo` (FlopCounterMode), `params`. Samples that
cannot be written (sparse and nested tensors, functions, numpy) are left out.
"""

import argparse
import contextlib
import dataclasses
import inspect
import json
import math
import os
import re
import sys
import warnings

import torch
import torch.nn.attention
from torch.testing._internal.common_methods_invocations import op_db
from torch.utils.flop_counter import FlopCounterMode

from oracle_measures import tensors_in

SMALL = 64  # elements of a tensor that is written out
STANDARD = [torch.float32, torch.int64, torch.bool, torch.complex64]


class Unwritable(Exception):
    pass


class Writer:
    """Writes arguments as Python; tensors that are inputs get names."""

    def __init__(self, all_exact=False):
        self.inputs, self.all_exact = [], all_exact

    def text(self, value):
        if isinstance(value, torch.Tensor):
            return self.tensor(value)
        if isinstance(value, (list, tuple)):
            return self.sequence(value)
        if isinstance(value, dict):
            return "{" + ", ".join(f"{self.text(k)}: {self.text(v)}" for k, v in value.items()) + "}"
        if isinstance(value, slice):
            return f"slice({self.text(value.start)}, {self.text(value.stop)}, {self.text(value.step)})"
        if value is Ellipsis or value is None or isinstance(value, (bool, int, str)):
            return repr(value)
        return self.other(value)

    def other(self, value):
        if isinstance(value, float):
            return repr(value) if math.isfinite(value) else f"float('{value}')"
        if isinstance(value, complex):
            return repr(value)
        if isinstance(value, (torch.dtype, torch.memory_format, torch.layout)):
            return str(value)
        if isinstance(value, torch.device):
            return repr(str(value))
        raise Unwritable(type(value).__name__)

    def sequence(self, value):
        items = [self.text(item) for item in value]
        if isinstance(value, list):
            return "[" + ", ".join(items) + "]"
        return "(" + ", ".join(items) + ("," if len(items) == 1 else "") + ")"

    def tensor(self, value):
        if value.layout != torch.strided or value.is_nested or value.is_quantized or type(value) is not torch.Tensor:
            raise Unwritable("a tensor that is not dense")
        if self.all_exact and value.numel() > SMALL:
            raise Unwritable("a large tensor")
        exact = not (value.is_floating_point() or value.is_complex()) and self.inputs
        if (exact or self.all_exact) and 0 < value.numel() <= SMALL:
            return f"torch.tensor({value.tolist()}, dtype={value.dtype})"
        self.inputs.append(value.detach().clone())
        return f"a{len(self.inputs) - 1}"


def resolved(name):
    found = torch
    for part in name.split("."):
        found = getattr(found, part, None)
    return found


SIZES = "torch.empty([int(x) % 89 for t in tensors_in({}) for x in t.flatten().tolist()[:12]])"


def forms(op, sample, contents=False):
    """The sample as cases, in each way in which it can be called."""
    writer = Writer(contents)
    first = writer.text(sample.input)
    rest = [writer.text(arg) for arg in sample.args]
    rest += [f"{name}={writer.text(value)}" for name, value in sample.kwargs.items()]
    if callable(resolved(op.name)):
        text = f"torch.{op.name}({', '.join([first, *rest])})"
        yield Case("function", SIZES.format(text) if contents else text, writer.inputs)
    if not contents and isinstance(sample.input, torch.Tensor) and "." not in op.name:
        for form, name in [("method", op.name), ("in place", op.name + "_")]:
            if hasattr(torch.Tensor, name):
                yield Case(form, f"{first}.{name}({', '.join(rest)})", writer.inputs)


def called(writer, arguments):
    """Arguments of a call as text."""
    named = [f"{name}={writer.text(value)}" for name, value in arguments.kwargs.items()]
    return ", ".join([*[writer.text(arg) for arg in arguments.args], *named])


def module_forms(info, sample):
    """A module's sample: how it is made, and how it is called."""
    maker, caller = Writer(all_exact=True), Writer()
    made = f"nn.{info.module_cls.__name__}({called(maker, sample.constructor_input)})"
    if maker.inputs or sample.forward_input is None:
        raise Unwritable("a module that needs large tensors")
    yield Case("module", f"self.made({called(caller, sample.forward_input)})", caller.inputs, made)


HEAD = """import torch
import torch.nn as nn
from math import inf, nan
"""
MODULE = """
class Case{index}(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.made = {made}

    def forward(self, {names}):
        return {text}
"""


def noted(tensor):
    return {"shape": list(tensor.shape), "dtype": str(tensor.dtype).removeprefix("torch.")}


@dataclasses.dataclass(frozen=True)
class Case:
    """A call; `made` is the module that it calls, as text."""

    form: str
    text: str
    inputs: list
    made: str = "None"

    @property
    def key(self):
        return self.text, self.made, tuple((tuple(t.shape), t.dtype) for t in self.inputs)


class Holder:
    """What `self` is in the text."""

    def __init__(self, made):
        self.made = made


@contextlib.contextmanager
def step_by_step():
    """Without kernels that FlopCounterMode does not look into."""
    torch.backends.mha.set_fastpath_enabled(False)
    attention = torch.nn.attention.sdpa_kernel(torch.nn.attention.SDPBackend.MATH)
    with attention, torch.backends.mkldnn.flags(enabled=False):
        yield


def truth_of(case):
    """What PyTorch gives for the text."""
    names = {"torch": torch, "nn": torch.nn, "inf": math.inf, "nan": math.nan, "tensors_in": tensors_in}
    made = eval(case.made, names)
    names["self"] = Holder(made.eval() if made is not None else None)
    names.update({f"a{i}": t.clone() for i, t in enumerate(case.inputs)})
    flops = FlopCounterMode(display=False)
    with torch.no_grad(), step_by_step(), contextlib.redirect_stdout(sys.stderr):
        eval(case.text, names)  # what is made when it is first called is there then
        names.update({f"a{i}": t.clone() for i, t in enumerate(case.inputs)})
        with flops:
            out = eval(case.text, names)
    tensors = tensors_in(out)
    if not tensors or any(t.layout != torch.strided or t.is_nested for t in tensors):
        raise Unwritable("no dense tensor")
    params = sum(p.numel() for p in made.parameters()) if made is not None else 0
    return {"params": params, "fpo": flops.get_total_flops(), "outputs": [noted(t) for t in tensors]}


def samples_of(op, wanted):
    dtypes = op.supported_dtypes("cpu")
    dtype = next((d for d in wanted if d in dtypes), None)
    if dtype is not None:
        with contextlib.suppress(Exception):
            yield from op.sample_inputs("cpu", dtype, requires_grad=False)


def samples_of_module(info, wanted):
    for training in (False, True):
        with contextlib.suppress(Exception):
            yield from info.module_inputs_func(info, "cpu", wanted[0], requires_grad=False, training=training)


def cases_of(samples, forms_of, most):
    """Distinct cases with their truth: no more than `most` of each form."""
    found, counts = {}, {}
    for sample in samples:
        try:
            for case in forms_of(sample):
                if case.key in found or counts.get(case.form, 0) >= most:
                    continue
                found[case.key] = case, truth_of(case)
                counts[case.form] = counts.get(case.form, 0) + 1
        except Exception:
            continue
    return list(found.values())


def write(name, cases, folder, answers):
    name = re.sub(r"\W", "_", name)
    path = os.path.abspath(os.path.join(folder, f"{name}.py"))
    with open(path, "w") as file:
        file.write(HEAD + inspect.getsource(tensors_in))
        for index, (case, _) in enumerate(cases):
            names = ", ".join(f"a{i}" for i in range(len(case.inputs))) or "*_"
            file.write(MODULE.format(index=index, names=names, text=case.text, made=case.made))
    for index, (case, truth) in enumerate(cases):
        told = case.text if case.made == "None" else case.text.replace("self.made", case.made)
        row = {"id": f"{name} {case.form}: {told[:160]}", "file": path, "expr": f"Case{index}()"}
        print(json.dumps({**row, "inputs": [noted(t) for t in case.inputs], **truth}), file=answers, flush=True)


def sources(options):
    """Names with their samples, and how a sample becomes cases."""
    wanted = [getattr(torch, options.dtype)] if options.dtype else STANDARD
    if options.modules:
        from torch.testing._internal.common_modules import module_db

        for info in module_db:
            yield info.name, samples_of_module(info, wanted), lambda sample, info=info: module_forms(info, sample)
        return
    for op in op_db:
        if not op.name.startswith(("_refs", "ops.", "sparse")):
            name = f"{op.name}_{op.variant_test_name}"
            yield name, samples_of(op, wanted), lambda sample, op=op: forms(op, sample, options.contents)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--only", default="")
    parser.add_argument("--dtype", help="else float32, or what the operator takes")
    parser.add_argument("--most", type=int, default=40)
    parser.add_argument("--contents", action="store_true")
    parser.add_argument("--modules", action="store_true")
    options = parser.parse_args()
    warnings.filterwarnings("ignore")
    torch.manual_seed(0)
    os.makedirs(options.folder, exist_ok=True)
    answers = sys.stdout
    for name, samples, forms_of in sources(options):
        if re.search(options.only, name):
            write(name, cases_of(samples, forms_of, options.most), options.folder, answers)


if __name__ == "__main__":
    main()
