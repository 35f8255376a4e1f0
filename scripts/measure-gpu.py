"""Measures models on a GPU: weights, peak of activations, what is kept for backward. Writes JSON to standard output.

    python scripts/measure-gpu.py > gpu.json       (needs CUDA, torchvision, timm, transformers)
    node scripts/compare-gpu.mjs gpu.json SITE-PACKAGES

float32, batch 1 and 16. The peak is that of PyTorch's allocator over a forward pass in evaluation under no_grad, weights left out,
the input included; kept is what is allocated after a forward pass in training, the output left out where backward does not need it.
"""

import gc
import importlib
import json
import sys

import torch

VISION = """
torchvision.models.alexnet alexnet()
torchvision.models.convnext convnext_tiny()
torchvision.models.densenet densenet121()
torchvision.models.efficientnet efficientnet_b0()
torchvision.models.mobilenetv2 mobilenet_v2()
torchvision.models.mobilenetv3 mobilenet_v3_large()
torchvision.models.regnet regnet_y_400mf()
torchvision.models.resnet resnet18()
torchvision.models.resnet resnet50()
torchvision.models.resnet wide_resnet50_2()
torchvision.models.shufflenetv2 shufflenet_v2_x1_0()
torchvision.models.squeezenet squeezenet1_0()
torchvision.models.swin_transformer swin_t()
torchvision.models.vgg vgg16()
torchvision.models.vision_transformer vit_b_16()
timm.models.beit beit_base_patch16_224()
timm.models.deit deit3_small_patch16_224()
timm.models.eva eva02_small_patch14_224()
timm.models.resnetv2 resnetv2_50()
timm.models.vision_transformer vit_small_patch16_224()
"""
TEXT = """
transformers.models.bert.modeling_bert BertModel(BertConfig())
transformers.models.gpt2.modeling_gpt2 GPT2LMHeadModel(GPT2Config())
transformers.models.llama.modeling_llama LlamaForCausalLM(LlamaConfig(hidden_size=1024,intermediate_size=2816,num_hidden_layers=12))
transformers.models.t5.modeling_t5 T5EncoderModel(T5Config())
"""
IMAGE, TOKENS = [3, 224, 224], [256]


def build(module, expression):
    names = vars(importlib.import_module(module))
    return eval(expression, dict(vars(importlib.import_module("transformers")) if "Config" in expression else {}, **names))


def feed(size, batch):
    shape = (batch, *size)
    return torch.randint(0, 1000, shape, device="cuda") if size == TOKENS else torch.randn(shape, device="cuda")


def first_tensor(value):
    if isinstance(value, torch.Tensor):
        return value
    items = value.values() if isinstance(value, dict) else value
    return next(tensor for tensor in map(first_tensor, items) if tensor is not None)


def allocated():
    gc.collect()
    torch.cuda.synchronize()
    return torch.cuda.memory_allocated()


def peak_of_forward(model, x):
    with torch.no_grad():
        model.eval()(x)
        base = allocated() - x.untyped_storage().nbytes()
        torch.cuda.reset_peak_memory_stats()
        model(x)
        torch.cuda.synchronize()
    return torch.cuda.max_memory_allocated() - base


def kept_for_backward(model, x):
    first_tensor(model.train()(x)).sum().backward()
    model.zero_grad(set_to_none=True)
    base = allocated() - x.untyped_storage().nbytes()
    loss = first_tensor(model(x)).sum()
    kept = allocated() - base
    del loss
    return kept


def measure(module, expression, size):
    torch.cuda.empty_cache()
    before = allocated()
    model = build(module, expression).cuda()
    row = {"module": module, "expression": expression, "size": size, "weights": allocated() - before, "batches": {}}
    for batch in (1, 16):
        x = feed(size, batch)
        row["batches"][batch] = {"peak": peak_of_forward(model, x), "kept": kept_for_backward(model, x)}
    return row


def main():
    torch.backends.cudnn.allow_tf32 = False
    torch.ones(8, 8, device="cuda") @ torch.ones(8, 8, device="cuda")  # the workspace of matmul is there before
    rows = [measure(*line.split(), size) for lines, size in ((VISION, IMAGE), (TEXT, TOKENS)) for line in lines.split("\n") if line]
    json.dump({"device": torch.cuda.get_device_name(), "torch": torch.__version__, "rows": rows}, sys.stdout, indent=1)


main()
