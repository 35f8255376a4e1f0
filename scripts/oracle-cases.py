"""Asks PyTorch for the price of the cases of `price-tag batch` that come on standard input, one JSON object a line, and prints
them with the truth added, for scripts/compare-cases.mjs.

    python scripts/oracle-cases.py < cases.jsonl > truth.jsonl     (torch 2.13, CPU)

Everything runs on the meta device; where that is refused because contents are needed and the model is small, it runs on the CPU
with inputs of zeros, and the truth says `"device": "cpu"`.

The truth of a case is `params`, `trainable`, `buffers` (elements, shared storages once), `fpo` (FlopCounterMode, in evaluation),
`outputs` (shape and dtype), `peak` (the largest sum of activations alive at one time, the input included; attention without a mask
by the fused kernel, as on CPUs and GPUs), and for
`"mode": "train"`, `fpo` and `outputs` of the forward pass in training, `training` (FPO of forward and backward from the sum of the
floating outputs, each gradient of a grouped convolution counted like its forward) and `saved` (bytes of distinct storages that
autograd keeps) in place of the peak. A case that PyTorch refuses
has `refused` in place of them; where only the call is refused, the parameters are there too.

`module` in a case names the module that holds `expr`; without it, `file` is run as one. A torchvision whose compiled operators do
not fit the installed torch is helped with the shapes of those operators.
"""

import contextlib
import importlib
import importlib.util
import json
import signal
import sys
import warnings

import torch
import torch.nn.attention
from torch.utils._pytree import tree_leaves

from oracle_measures import Peak, counter, weights_of

LONGEST = 120  # seconds a case may take


# --- torchvision without its compiled operators -------------------------------------------------------------------------------


def pooled(x, rois, scale, height, width, *rest):
    return x.new_empty((rois.size(0), x.size(1), height, width))


def with_argmax(x, rois, scale, height, width, *rest):
    out = pooled(x, rois, scale, height, width)
    return out, torch.empty_like(out, dtype=torch.int32)


def position_sensitive(x, rois, scale, height, width, *rest):
    out = x.new_empty((rois.size(0), x.size(1) // (height * width), height, width))
    return out, torch.empty_like(out, dtype=torch.int32)


def deformed(x, weight, offset, mask, bias, *rest):
    return x.new_empty((x.shape[0], weight.shape[0], offset.shape[-2], offset.shape[-1]))


BOXES = "Tensor input, Tensor rois, float spatial_scale, SymInt pooled_height, SymInt pooled_width"
STAND_INS = [
    ("nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor", None),
    ("qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor", None),
    (f"roi_align({BOXES}, int sampling_ratio, bool aligned) -> Tensor", pooled),
    (f"roi_pool({BOXES}) -> (Tensor, Tensor)", with_argmax),
    (f"ps_roi_align({BOXES}, int sampling_ratio) -> (Tensor, Tensor)", position_sensitive),
    (f"ps_roi_pool({BOXES}) -> (Tensor, Tensor)", position_sensitive),
    (
        "deform_conv2d(Tensor input, Tensor weight, Tensor offset, Tensor mask, Tensor bias, SymInt stride_h, SymInt stride_w, "
        "SymInt pad_h, SymInt pad_w, SymInt dilation_h, SymInt dilation_w, SymInt groups, SymInt offset_groups, bool use_mask)"
        " -> Tensor",
        deformed,
    ),
]
KEPT = []  # libraries are undone when they are collected


def stand_in_for_operators():
    definitions = torch.library.Library("torchvision", "DEF")
    metas = torch.library.Library("torchvision", "IMPL", "Meta")
    KEPT.extend([definitions, metas])
    for schema, meta in STAND_INS:
        definitions.define(schema)
        if meta:
            metas.impl(schema.split("(")[0], meta)
    import torchvision.extension

    torchvision.extension._has_ops = lambda: True


def ready_torchvision():
    if importlib.util.find_spec("torchvision") is None:
        return
    try:
        importlib.import_module("torchvision")
    except RuntimeError:
        for name in [name for name in sys.modules if name.startswith("torchvision")]:
            del sys.modules[name]
        stand_in_for_operators()


# --- measuring ----------------------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def fused_attention():
    """On the meta device PyTorch computes attention step by step; this is the kernel that real devices have."""
    plain = torch.nn.functional.scaled_dot_product_attention

    def fused(query, key, value, attn_mask=None, dropout_p=0.0, is_causal=False, scale=None, enable_gqa=False):
        alike = query.ndim == 4 and query.shape[:2] == key.shape[:2] and query.shape[-1] == value.shape[-1]
        if attn_mask is not None or not alike:
            return plain(query, key, value, attn_mask, dropout_p, is_causal, scale=scale, enable_gqa=enable_gqa)
        kernel = torch.ops.aten._scaled_dot_product_flash_attention_for_cpu
        return kernel(query, key, value, dropout_p, is_causal, attn_mask=None, scale=scale)[0]

    torch.nn.functional.scaled_dot_product_attention = fused
    try:
        yield
    finally:
        torch.nn.functional.scaled_dot_product_attention = plain


def step_by_step():
    """What FlopCounterMode counts of attention."""
    return torch.nn.attention.sdpa_kernel(torch.nn.attention.SDPBackend.MATH)


def tensors_in(value, depth=6):
    """Tensors of an output in order; caches of keys and values are left out."""
    if isinstance(value, torch.Tensor):
        return [value]
    if depth == 0 or isinstance(value, (str, bytes)) or "Cache" in type(value).__name__:
        return []
    if isinstance(value, dict):
        return [t for item in value.values() for t in tensors_in(item, depth - 1)]
    if isinstance(value, (list, tuple)):
        return [t for item in value for t in tensors_in(item, depth - 1)]
    return []


def kind(tensor):
    return {"shape": list(tensor.shape), "dtype": str(tensor.dtype).removeprefix("torch.")}


def made(spec, device):
    """An input: a tensor where it has a shape, else itself, lists and maps included."""
    if isinstance(spec, dict) and "shape" in spec:
        dtype = getattr(torch, spec.get("dtype", "float32"))
        return torch.zeros(spec["shape"], dtype=dtype, device=device)
    if isinstance(spec, dict):
        return {name: made(item, device) for name, item in spec.items()}
    return [made(item, device) for item in spec] if isinstance(spec, list) else spec


def elements(tensors):
    return sum({t.untyped_storage()._cdata: t.numel() for t in tensors}.values())


def namespace_of(case):
    if "module" in case:
        return vars(importlib.import_module(case["module"]))
    spec = importlib.util.spec_from_file_location("case_file", case["file"])
    module = importlib.util.module_from_spec(spec)
    sys.modules["case_file"] = module
    spec.loader.exec_module(module)
    return vars(module)


def built(case, device):
    """The model; one that computes with contents while it is built is built on the CPU and then moved."""
    try:
        return built_on(case, device)
    except (NotImplementedError, RuntimeError):
        return built_on(case, "cpu").to(device)


def built_on(case, device):
    namespace = dict(namespace_of(case))
    with torch.device(device):
        if case.get("setup"):
            exec(case["setup"], namespace)
        return eval(case["expr"], namespace)


def caller(model, case, device):
    args = made(case.get("inputs") or [], device)
    named = {name: made(spec, device) for name, spec in (case.get("kwinputs") or {}).items()}
    method = case.get("method") or "forward"
    target = model if method == "forward" else getattr(model, method)
    given = [t for t in tree_leaves([args, named]) if isinstance(t, torch.Tensor)]
    return lambda: target(*args, **named), given


@contextlib.contextmanager
def frozen(model):
    """FlopCounterMode's hooks fail where parameters that need gradients are passed to modules under no_grad."""
    needing = [p for p in model.parameters() if p.requires_grad]
    for parameter in needing:
        parameter.requires_grad_(False)
    yield
    for parameter in needing:
        parameter.requires_grad_(True)


def inference(model, case, device):
    call, given = caller(model.eval(), case, device)
    peak = Peak(weights_of(model))
    with torch.no_grad(), torch.device(device), fused_attention(), peak:
        for tensor in given:
            peak.watch(tensor)
        peak.note()
        call()
    flops = counter()
    with torch.no_grad(), torch.device(device), frozen(model), step_by_step(), flops:
        outputs = [kind(t) for t in tensors_in(call())]
    return {"fpo": flops.get_total_flops(), "outputs": outputs, "peak": peak.peak}


def training(model, case, device):
    call, _ = caller(model.train(), case, device)
    weights, kept = weights_of(model), {}

    def pack(tensor):
        kept[tensor.untyped_storage()._cdata] = tensor.untyped_storage()
        return tensor

    forward, backward = counter(), counter()
    with torch.device(device), fused_attention():
        with torch.autograd.graph.saved_tensors_hooks(pack, lambda t: t):
            call()
    saved = sum(s.nbytes() for key, s in kept.items() if key not in weights)
    with torch.device(device), step_by_step():
        with forward:
            out = tensors_in(call())
        outputs = [kind(t) for t in out]
        with backward:
            sum(t.sum() for t in out if t.requires_grad).backward()
    total = forward.get_total_flops() + backward.get_total_flops()
    return {"fpo": forward.get_total_flops(), "outputs": outputs, "training": total, "saved": saved}


SMALL = 3e8  # parameters of what may be run on the CPU
NEEDS_CONTENTS = ("meta tensor", "item()", "aten::nonzero", "aten::_local_scalar_dense", "data-dependent")


def truth_of(case, device="meta"):
    model = built(case, device)
    parameters = list(model.parameters())
    truth = {
        "params": elements(parameters),
        "trainable": elements(p for p in parameters if p.requires_grad),
        "buffers": elements(model.buffers()),
    }
    if case.get("inputs") is None and case.get("kwinputs") is None:
        return truth
    try:
        measure = training if case.get("mode") == "train" else inference
        truth.update(measure(model, case, device))
    except Exception as error:
        truth["refused"] = f"{type(error).__name__}: {error}"[:300]
        if device == "meta" and truth["params"] < SMALL and any(hint in str(error) for hint in NEEDS_CONTENTS):
            return {**truth_of(case, "cpu"), "device": "cpu"}
    return truth


def too_long(*_):
    raise TimeoutError("it took too long")


def main():
    warnings.filterwarnings("ignore")
    torch.manual_seed(0)
    ready_torchvision()
    signal.signal(signal.SIGALRM, too_long)
    answers = sys.stdout
    for line in filter(str.strip, sys.stdin):
        case = json.loads(line)
        signal.alarm(LONGEST)
        try:
            with contextlib.redirect_stdout(sys.stderr):
                truth = truth_of(case)
        except Exception as error:
            truth = {"refused": f"{type(error).__name__}: {error}"[:300]}
        signal.alarm(0)
        print(json.dumps({**case, **truth}), file=answers, flush=True)


if __name__ == "__main__":
    main()
