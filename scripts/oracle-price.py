"""Asks PyTorch for the price of the models in test/price/models.py, and writes it to test/data/price.json.

    python scripts/oracle-price.py            (torch 2.13, CPU; everything runs on the meta device)

Noted are: parameters, trainable ones, buffers; contraction FPO of the forward pass in evaluation and training and of the backward
pass from the sum of the output (each gradient of a grouped convolution counted like its forward); the largest sum of activations
alive at one time in evaluation under no_grad, the input included; the bytes of distinct storages that autograd keeps in training,
parameters and buffers left out.
"""

import json
import os
import sys

import torch

from oracle_measures import Peak, counter, weights_of

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(HERE, "..", "test", "data", "price.json")
sys.path.insert(0, os.path.join(HERE, "..", "test", "price"))
import models  # noqa: E402


def built(expression):
    with torch.device("meta"):
        return eval(expression, vars(models))


def inputs_of(specs):
    return [torch.empty(shape, dtype=getattr(torch, dtype), device="meta") for dtype, shape in specs]


def inference(expression, specs):
    model, inputs = built(expression).eval(), inputs_of(specs)
    peak, flops = Peak(weights_of(model)), counter()
    with torch.no_grad(), peak:
        for tensor in inputs:
            peak.watch(tensor)
        peak.note()
        model(*inputs)
    with torch.no_grad(), flops:
        model(*inputs)
    return {"fpo": flops.get_total_flops(), "activationPeak": peak.peak}


def training(expression, specs):
    model, inputs = built(expression).train(), inputs_of(specs)
    weights, kept = weights_of(model), {}

    def pack(tensor):
        kept[tensor.untyped_storage()._cdata] = tensor.untyped_storage()
        return tensor

    forward, backward = counter(), counter()
    with torch.autograd.graph.saved_tensors_hooks(pack, lambda t: t):
        with forward:
            out = model(*inputs)
    saved = sum(s.nbytes() for key, s in kept.items() if key not in weights)
    with backward:
        out.sum().backward()
    return {"forward": forward.get_total_flops(), "backward": backward.get_total_flops(), "saved": saved}


def priced(expression, specs):
    model = built(expression)
    parameters = list(model.parameters())
    return {
        "expr": expression,
        "inputs": [{"shape": shape, "dtype": dtype} for dtype, shape in specs],
        "params": sum(p.numel() for p in parameters),
        "trainable": sum(p.numel() for p in parameters if p.requires_grad),
        "buffers": sum(b.numel() for b in model.buffers()),
        **inference(expression, specs),
        "training": training(expression, specs),
    }


if __name__ == "__main__":
    cases = [priced(*case) for case in models.CASES]
    with open(DATA, "w") as file:
        file.write('{"torch": %s, "cases": [\n' % json.dumps(torch.__version__.split("+")[0]))
        file.write(",\n".join(json.dumps(case) for case in cases))
        file.write("\n]}\n")
    print(len(cases), "cases")
