"""Makes test/data/onnx/contrib.jsonl.gz: models of one com.microsoft operator each, with the shapes and types of what
ONNX Runtime gives for them. What its CPU provider has no kernel for is left out.

    python scripts/make-contrib-truth.py        needs onnx and onnxruntime (made with 1.23.2 and 1.32.0)
"""

import base64
import gzip
import json

import numpy as np
import onnx
import onnxruntime as ort
from onnx import helper, numpy_helper

RNG = np.random.default_rng(0)
B, S, H, D, K = 2, 6, 4, 8, 2
W = H * D
rows = []


def f(*shape):
    return RNG.standard_normal(shape).astype(np.float32)


def u8(*shape):
    return RNG.integers(0, 255, shape).astype(np.uint8)


def i8(*shape):
    return RNG.integers(-100, 100, shape).astype(np.int8)


def ints(*values, dtype=np.int64):
    return np.array(values, dtype)


SCALE = np.array(0.1, np.float32)
ZERO = np.array(128, np.uint8)
ZERO8 = np.array(0, np.int8)


def model_of(name, op, inputs, outputs, consts, domain, version, attributes):
    names = [f"i{i}" if x is not None else "" for i, x in enumerate(inputs)]
    node = helper.make_node(op, names, outputs, domain=domain, name=name, **attributes)
    fed = [
        helper.make_tensor_value_info(names[i], helper.np_dtype_to_tensor_dtype(x.dtype), x.shape)
        for i, x in enumerate(inputs)
        if x is not None and i not in consts
    ]
    held = [numpy_helper.from_array(x, names[i]) for i, x in enumerate(inputs) if x is not None and i in consts]
    graph = helper.make_graph([node], "g", fed, [onnx.ValueInfoProto(name=o) for o in outputs if o], held)
    opsets = [helper.make_opsetid("", version), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=8).SerializeToString()


def run(session, feeds, names, aliases):
    """Outputs in order; `aliases` are inputs whose memory an output takes, by its place."""
    if not aliases:
        return session.run(None, feeds)
    binding = session.io_binding()
    held = {name: ort.OrtValue.ortvalue_from_numpy(value) for name, value in feeds.items()}
    for name, value in held.items():
        binding.bind_ortvalue_input(name, value)
    for place, name in enumerate(names):
        if place in aliases:
            binding.bind_ortvalue_output(name, held[f"i{aliases[place]}"])
        else:
            binding.bind_output(name)
    session.run_with_iobinding(binding)
    return binding.copy_outputs_to_cpu()


def case(name, op, inputs, outputs=1, consts=(), domain="com.microsoft", aliases=None, version=18, **attributes):
    """`outputs` is their number, or a list that says which are wanted."""
    wanted = [1] * outputs if isinstance(outputs, int) else outputs
    names = [f"o{i}" if want else "" for i, want in enumerate(wanted)]
    model = model_of(name, op, inputs, names, consts, domain, version, attributes)
    options = ort.SessionOptions()
    options.log_severity_level = 4
    options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_DISABLE_ALL
    session = ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    feeds = {f"i{i}": x for i, x in enumerate(inputs) if x is not None and i not in consts}
    results = run(session, feeds, [n for n in names if n], aliases)
    outs = [[n, str(r.dtype), list(r.shape)] for n, r in zip([n for n in names if n], results)]
    rows.append({"id": name, "inputs": {}, "outputs": outs, "model": base64.b64encode(model).decode()})


case("fused_matmul", "FusedMatMul", [f(2, 3, 4), f(2, 5, 4)], transB=1)
case("fused_matmul_a", "FusedMatMul", [f(2, 4, 3), f(2, 4, 5)], transA=1)
case("fused_matmul_batch_a", "FusedMatMul", [f(3, 2, 4), f(2, 4, 5)], transBatchA=1)
case("fused_matmul_batches", "FusedMatMul", [f(3, 2, 4), f(4, 2, 5)], transBatchA=1, transBatchB=1)
case("fused_matmul_batch_b", "FusedMatMul", [f(2, 3, 4), f(5, 2, 4)], transBatchB=1, transB=1)
case("fused_matmul_all_a", "FusedMatMul", [f(4, 2, 3), f(2, 4, 5)], transBatchA=1, transA=1)
case("fused_conv", "FusedConv", [f(1, 3, 8, 8), f(6, 3, 3, 3), f(6)], activation="Relu", pads=[1, 1, 1, 1])
case("fused_conv_sum", "FusedConv", [f(1, 3, 8, 8), f(6, 3, 3, 3), f(6), f(1, 6, 6, 6)], activation="Relu")
case("fused_gemm", "FusedGemm", [f(3, 4), f(4, 5), f(5)], activation="Relu")
case("bias_gelu", "BiasGelu", [f(2, 3, 4), f(4)])
case("fast_gelu", "FastGelu", [f(2, 3, 4), f(4)])
case("fast_gelu_plain", "FastGelu", [f(2, 3, 4)])
case("gelu", "Gelu", [f(2, 3)])
case("quick_gelu", "QuickGelu", [f(2, 3)])
case("skip_layer_norm", "SkipLayerNormalization", [f(B, S, W), f(B, S, W), f(W), f(W), f(W)], [1, 0, 0, 1])
case("skip_layer_norm_stretched", "SkipLayerNormalization", [f(B, S, W), f(1, S, W), f(W)], [1, 0, 0, 1])
case("skip_rms_norm", "SkipSimplifiedLayerNormalization", [f(B, S, W), f(B, S, W), f(W)], [1, 0, 0, 1])
case("rms_norm", "SimplifiedLayerNormalization", [f(B, S, W), f(W)], domain="", axis=-1, epsilon=1e-5)
words, places, kinds = f(20, W), f(16, W), f(2, W)
ids, mask = np.zeros((B, S), np.int32), np.ones((B, S), np.int32)
case("embed", "EmbedLayerNormalization", [ids, ids, words, places, kinds, f(W), f(W), mask], 3)
case("embed_no_segments", "EmbedLayerNormalization", [ids, None, words, places, None, f(W), f(W)], 2)
case("attention", "Attention", [f(B, S, W), f(W, 3 * W), f(3 * W)], num_heads=H)
case("attention_mask", "Attention", [f(B, S, W), f(W, 3 * W), f(3 * W), mask], num_heads=H)
past = [f(B, S, W), f(W, 3 * W), f(3 * W), None, f(2, B, H, 5, D)]
case("attention_past", "Attention", past, 2, num_heads=H, unidirectional=1)
sizes = [f(B, S, W), f(W, 2 * W + 16), f(2 * W + 16)]
case("attention_sizes", "Attention", sizes, num_heads=H, qkv_hidden_sizes=[W, W, 16])
case("mha", "MultiHeadAttention", [f(B, S, W), f(B, 7, W), f(B, 7, W)], num_heads=H)
case("mha_bias", "MultiHeadAttention", [f(B, S, W), f(B, 7, W), f(B, 7, W), f(3 * W)], num_heads=H)
case("mha_present", "MultiHeadAttention", [f(B, S, W), f(B, S, W), f(B, S, W)], 3, num_heads=H)
behind = [f(B, S, W), f(B, S, W), f(B, S, W), None, None, None, f(B, H, 5, D), f(B, H, 5, D)]
case("mha_past", "MultiHeadAttention", behind, 3, num_heads=H)
case("mha_by_heads", "MultiHeadAttention", [f(B, S, W), f(B, H, 7, D), f(B, H, 7, D)], num_heads=H)
case("mha_wide_values", "MultiHeadAttention", [f(B, S, W), f(B, 7, W), f(B, 7, 2 * W)], num_heads=H)


def grouped(name, steps, cache, total, packed=False):
    lengths = np.full((B,), total - 1, np.int32)
    fresh = [f(B, steps, W), f(B, steps, K * D), f(B, steps, K * D)]
    inputs = [f(B, steps, W + 2 * K * D), None, None] if packed else fresh
    held = [f(B, K, cache, D), f(B, K, cache, D)] if cache else [None, None]
    inputs += [*held, lengths, ints(total, dtype=np.int32)]
    case(name, "GroupQueryAttention", inputs, 3, consts=(6,), num_heads=H, kv_num_heads=K)


grouped("gqa", S, 0, S)
grouped("gqa_past", 1, 10, 11)
grouped("gqa_cache", 1, 16, 11)
grouped("gqa_packed", S, 0, S, packed=True)
turns = [f(16, D // 2), f(16, D // 2)]
case("rotary", "RotaryEmbedding", [f(B, S, W), ints(0), *turns])
case("rotary_by_heads", "RotaryEmbedding", [f(B, H, S, D), np.zeros((B, S), np.int64), *turns])

ONE = (1, 2, 3, 4)
TWO = (1, 2, 4, 5, 6, 7)
case("q_add", "QLinearAdd", [u8(2, 3, 4), SCALE, ZERO, u8(3, 4), SCALE, ZERO, SCALE, ZERO], consts=TWO)
case("q_mul", "QLinearMul", [u8(2, 3, 4), SCALE, ZERO, u8(4), SCALE, ZERO, SCALE, ZERO], consts=TWO)
flat = [u8(2, 3), SCALE, ZERO, SCALE, ZERO]
image = [u8(1, 3, 8, 8), SCALE, ZERO, SCALE, ZERO]
turned = [u8(1, 8, 8, 3), SCALE, ZERO, SCALE, ZERO]
case("q_sigmoid", "QLinearSigmoid", flat, consts=ONE)
case("q_leaky_relu", "QLinearLeakyRelu", flat, consts=ONE, alpha=0.1)
case("q_softmax", "QLinearSoftmax", flat, consts=ONE, opset=13, axis=-1)
pool = {"kernel_shape": [3, 3], "strides": [2, 2]}
case("q_average_pool", "QLinearAveragePool", image, consts=ONE, pads=[1, 1, 1, 1], **pool)
case("q_average_pool_ceil", "QLinearAveragePool", image, consts=ONE, ceil_mode=1, **pool)
case("q_average_pool_last", "QLinearAveragePool", turned, consts=ONE, kernel_shape=[3, 3], channels_last=1)
case("q_global_average_pool", "QLinearGlobalAveragePool", image, consts=ONE)
case("q_global_average_pool_last", "QLinearGlobalAveragePool", turned, consts=ONE, channels_last=1)
joined = [SCALE, ZERO, u8(2, 3), SCALE, ZERO, u8(2, 4), SCALE, ZERO]
case("q_concat", "QLinearConcat", joined, consts=(0, 1, 3, 4, 6, 7), axis=1)
chosen = [np.ones((2, 3), bool), u8(2, 3), SCALE, ZERO, u8(1, 3), SCALE, ZERO, SCALE, ZERO]
case("q_where", "QLinearWhere", chosen, consts=(2, 3, 5, 6, 7, 8))
bias = ints(1, 2, 3, 4, 5, dtype=np.int32)
full = [u8(3, 4), SCALE, ZERO, i8(5, 4), SCALE, ZERO8, bias, SCALE, ZERO]
case("q_gemm", "QGemm", full, consts=tuple(range(1, 9)), transB=1)
case("q_gemm_float", "QGemm", [u8(3, 4), SCALE, ZERO, i8(4, 5), SCALE, ZERO8], consts=tuple(range(1, 6)))
dynamic = [f(2, 3, 4), i8(4, 5), f(5), np.zeros(5, np.int8), f(5)]
case("dynamic_matmul", "DynamicQuantizeMatMul", dynamic, consts=ONE)
back = [u8(2, 3, 4), i8(4, 5), SCALE, SCALE, ZERO, ZERO8, f(5)]
case("integer_matmul_to_float", "MatMulIntegerToFloat", back, consts=tuple(range(1, 7)))
quantised = [u8(B, S, W), i8(W, 3 * W), f(3 * W), SCALE, SCALE, None, ZERO, ZERO8]
case("q_attention", "QAttention", quantised, consts=(1, 2, 3, 4, 6, 7), num_heads=H)


def lstm(name, directions, **attributes):
    weights = [i8(directions, 6, 16), i8(directions, 4, 16), f(directions, 32)]
    scales = [f(directions), np.zeros(directions, np.int8)] * 2
    inputs = [f(5, 2, 6), *weights, None, None, None, None, *scales]
    case(name, "DynamicQuantizeLSTM", inputs, 3, consts=(1, 2, 3, 8, 9, 10, 11), hidden_size=4, **attributes)


lstm("dynamic_lstm", 1)
lstm("dynamic_lstm_both_ways", 2, direction="bidirectional")
bits = {"K": 64, "N": 8, "bits": 4, "block_size": 32}
case("matmul_bits", "MatMulNBits", [f(2, 3, 64), u8(8, 2, 16), f(16)], consts=(1, 2), **bits)
case("matmul_bits_zero", "MatMulNBits", [f(3, 64), u8(8, 2, 16), f(16), u8(8)], consts=(1, 2, 3), **bits)
case("matmul_bnb4", "MatMulBnb4", [f(3, 64), u8(256), f(8)], consts=(1, 2), K=64, N=8, quant_type=1, block_size=64)
blocks = {"bits": 4, "block_size": 32, "gather_axis": 0, "quantize_axis": 1}
case("gather_blocks", "GatherBlockQuantized", [u8(8, 32), ints(1, 2), f(8, 2)], consts=(0, 2), **blocks)
case("inverse", "Inverse", [f(2, 3, 3)])
case("trilu", "Trilu", [f(3, 4), np.array(1)], consts=(1,), upper=0)
case("range", "Range", [np.array(0), np.array(5)], consts=(0, 1))
case("range_step", "Range", [np.array(0), np.array(9), np.array(2)], consts=(0, 1, 2))
case("pad", "Pad", [f(2, 3), ints(0, 1, 0, 2)], consts=(1,), mode="constant")
case("expand_dims", "ExpandDims", [f(2, 3), ints(1, dtype=np.int32)], consts=(1,))
case("gather_nd", "GatherND", [f(2, 3), np.array([[0], [1]])])
case("quantize", "QuantizeLinear", [f(2, 3), SCALE, ZERO], consts=(1, 2))
case("dequantize", "DequantizeLinear", [u8(2, 3), SCALE, ZERO], consts=(1, 2))
experts = [f(6, 8), f(6, 4), f(4, 8, 16), f(4, 16), f(4, 16, 8), f(4, 8)]
case("experts", "MoE", experts, k=2, activation_type="gelu")
case("distances", "CDist", [f(3, 4), f(5, 4)], metric="euclidean")
case("grid_sample", "GridSample", [f(1, 1, 4, 4), f(1, 2, 2, 2)])
case("max_pool_last", "NhwcMaxPool", [u8(1, 8, 8, 3)], kernel_shape=[2, 2], strides=[2, 2])
weights = [u8(4, 3, 3, 3), SCALE, ZERO, SCALE, ZERO]
conv = tuple(range(1, 8))
case("q_conv", "QLinearConv", [u8(1, 3, 8, 8), SCALE, ZERO, *weights], consts=conv)
case("q_conv_last", "QLinearConv", [u8(1, 8, 8, 3), SCALE, ZERO, *weights], consts=conv, channels_last=1)

case("unfold_tensor", "UnfoldTensor", [f(2, 7, 3)], dim=1, size=3, step=2)
case("unfold_tensor_last", "UnfoldTensor", [f(2, 9)], size=4)
case("murmur_hash", "MurmurHash3", [ints(1, 2, 3, dtype=np.int32)], positive=0)
case("murmur_hash_positive", "MurmurHash3", [ints(1, 2, 3, dtype=np.int32)])
case("ngram_repeat_block", "NGramRepeatBlock", [ints(1, 2, 1).reshape(1, 3), f(1, 9)], ngram_size=2)
case("max_pool_with_mask", "MaxpoolWithMask", [f(1, 2, 8, 8), np.ones((1, 2, 8, 8), np.int32)], **pool)
embedded = [ids, np.zeros_like(ids), u8(20, W), u8(10, W), u8(2, W), u8(W), u8(W), np.ones_like(ids)]
scales = [SCALE] * 5 + [ZERO] * 5
case("q_embed_layer_norm", "QEmbedLayerNormalization", embedded + scales, 2, consts=tuple(range(8, 18)))
case("gated_rms_norm", "GatedRMSNorm", [f(2, 3, 8), f(8), f(2, 3, 8)])
case("gated_add", "GatedAdd", [f(2, 3, 8), f(2, 3, 8), f(2, 3, 1)])
case("linear_attention_gate", "LinearAttentionGate", [f(2, 3, 4), f(4), f(4), f(2, 3, 4)], 2)
regions = np.array([[0, 0, 1, 1], [0, 0, 0.5, 0.5], [0.2, 0, 1, 0.7]], np.float32)
cropped = [f(2, 3, 8, 8), regions, ints(0, 1, 0, dtype=np.int32), ints(4, 5, dtype=np.int32)]
case("crop_and_resize", "CropAndResize", cropped, consts=(3,))
case("conv_transpose_pads", "ConvTransposeWithDynamicPads", [f(1, 3, 6, 6), f(3, 4, 3, 3), ints(1, 0, 1, 0)], consts=(2,), strides=[2, 2])

# --- attention, packed and with a cache -----------------------------------------------------------------------------------


def sparse(name, steps, cache, total):
    layout = [ints(0, 1, 3, dtype=np.int32).reshape(1, 3), ints(0, 0, 1, dtype=np.int32).reshape(1, 3)]
    held = [f(B, K, cache, D), f(B, K, cache, D)]
    inputs = [f(B, steps, W), f(B, steps, K * D), f(B, steps, K * D), *held, *layout]
    inputs += [ints(total, dtype=np.int32), np.full((B,), total, np.int32)]
    sizes = {"num_heads": H, "kv_num_heads": K, "sparse_block_size": 16}
    case(name, "SparseAttention", inputs, 3, consts=(5, 6, 7), aliases={1: 3, 2: 4}, **sizes)


sparse("sparse_attention", 20, 32, 20)
sparse("sparse_attention_step", 1, 32, 21)
step = [f(B, 1, W), f(B, 1, W), f(B, 1, W), None, None]
shared = [*step, f(B, H, 12, D), f(B, H, 12, D), ints(5, dtype=np.int32)]
buffer = {"num_heads": H, "past_present_share_buffer": 1}
case("masked_step_shared", "DecoderMaskedMultiHeadAttention", shared, 3, consts=(7,), **buffer)
across = [f(B, 1, W), f(B, H, 7, D), f(B, H, 7, D)]
case("masked_step_across", "DecoderMaskedMultiHeadAttention", across, num_heads=H)
biased = [*shared[:7], shared[7], None, None, f(3 * W)]
case("masked_step_bias", "DecoderMaskedMultiHeadAttention", biased, 3, consts=(7,), **buffer)
grouped_scores = [f(B, S, W), f(B, S, K * D), f(B, S, K * D), None, None, np.full((B,), S - 1, np.int32), ints(S, dtype=np.int32)]
scores = {"consts": (6,), "num_heads": H, "kv_num_heads": K, "qk_output": 1}
case("gqa_scores", "GroupQueryAttention", grouped_scores, 4, **scores)

# --- layers with a state --------------------------------------------------------------------------------------------------

case("causal_conv", "CausalConvWithState", [f(B, 4, 9), f(4, 1, 3), f(4)], 2, activation="silu")
case("causal_conv_state", "CausalConvWithState", [f(B, 4, 1), f(4, 1, 3), None, f(B, 4, 2)], 2)
case("causal_conv_dilated", "CausalConvWithState", [f(B, 4, 9), f(4, 1, 3)], 2, dilation=2)
case("causal_conv_last", "CausalConvWithState", [f(B, 9, 2, 2), f(4, 1, 3)], 2, channels_last=1)
heads = {"q_num_heads": 2, "kv_num_heads": 2}
rows3 = [f(B, 5, 2 * 3), f(B, 5, 2 * 3), f(B, 5, 2 * 4)]
case("linear_attention", "LinearAttention", rows3, 2, update_rule="linear", **heads)
gates = [*rows3, None, f(B, 5, 2), f(B, 5, 2)]
case("linear_attention_delta", "LinearAttention", gates, 2, **heads)
ragged = [f(7, 2, 3), f(7, 2, 3), f(7, 4, 5), ints(0, 3, 7, dtype=np.int32), f(7, 4), f(7, 4), f(2, 4, 5, 3)]
case("delta_net", "GatedDeltaNet", ragged, 2)
square = [f(B, 5, 2, 3), f(B, 5, 2, 3), f(B, 5, 4, 5), None, f(B, 5, 4), f(B, 5, 4), f(B, 4, 5, 3)]
case("delta_net_square", "GatedDeltaNet", square, 2)
gathered = [f(7, 2 * 2 * 3 + 4 * 5), None, None, ints(0, 3, 7, dtype=np.int32), f(7, 4), f(7, 4), f(2, 4, 5, 3)]
case("delta_net_packed", "GatedDeltaNet", gathered, 2)


def attending(name, directions, mixed, **attributes):
    hidden, attended, depth, length = 4, 3, 5, 6
    size = 2 if mixed else depth
    weights = [f(directions, 16, 7 + size), f(directions, 16, hidden), f(directions, 32)]
    memory = [f(directions, hidden, attended), f(directions, depth, attended), f(directions, attended), f(B, length, depth)]
    last = [np.full((B,), length, np.int32), f(directions, depth + hidden, 2)] if mixed else []
    inputs = [f(5, B, 7), *weights, np.full((B,), 5, np.int32), None, None, None, *memory, *last]
    case(name, "AttnLSTM", inputs, 3, hidden_size=hidden, **attributes)


attending("attending_lstm", 1, True)
attending("attending_lstm_both_ways", 2, True, direction="bidirectional")

# --- language -------------------------------------------------------------------------------------------------------------

spelled = [ints(*range(1, 13), dtype=np.int32).reshape(3, 4), f(5, 1, 2, 6), f(5), f(20, 6)]
case("word_conv", "WordConvEmbedding", spelled, embedding_size=5, conv_window_size=2, char_embedding_size=6)
engram = [f(B, 5, 2, 6), f(B, 5, 2, 6), f(B, 5, 6), f(2, 6), f(2, 6)]
case("engram_gate", "EngramGate", engram)
case("engram_gate_norm", "EngramGate", [*engram, f(2, 6)], 2)
hashed = [np.ones((B, 5), np.int64), ints(3, 5, 7), ints(11, 13, 17, 19)]
case("ngram_hash", "NGramHashMapping", hashed, 2, consts=(1, 2), max_ngram_size=3, n_head_per_ngram=2, pad_id=0)
case("words_plain", "BifurcationDetector", [ints(1, 2, 3), ints(4, 5), ints(0)], 2, min_ngram_size=1, max_ngram_size=3)
case("time_warping_line", "DynamicTimeWarping", [f(1, 6)])
case("silu_scaled", "ScaledSiLU", [f(2, 3)], alpha=1.5)
case("branch_norm", "BranchwiseRMSNorm", [f(2, 3, 8), f(8)], num_branches=2)
case("branch_norm_grouped", "BranchwiseRMSNorm", [f(2, 3, 2, 4)])
case("mix_before", "HyperConnectionPreMix", [f(2, 3, 8), f(2, 3, 2)], num_branches=2)
case("mix_before_grouped", "HyperConnectionPreMix", [f(2, 3, 2, 4), f(2, 3, 2, 4)])
case("mix_after", "HyperConnectionPostMix", [f(2, 3, 8), f(2, 3, 4), f(2, 3, 2), f(2, 3, 2, 2)], num_branches=2)

# --- searches -------------------------------------------------------------------------------------------------------------


def decoder():
    """A decoder of GPT-2's inputs and outputs, with one cache and no attention."""
    words, heads, size = 20, 2, 4
    hidden = heads * size
    held = {
        "table": f(words, hidden),
        "head": f(hidden, words),
        "split": ints(0, 0, heads, size),
        "zero": ints(0),
    }
    nodes = [
        helper.make_node("Gather", ["table", "input_ids"], ["x"]),
        helper.make_node("MatMul", ["x", "head"], ["logits"]),
        helper.make_node("Reshape", ["x", "split"], ["apart"]),
        helper.make_node("Transpose", ["apart"], ["key"], perm=[0, 2, 1, 3]),
        helper.make_node("Unsqueeze", ["key", "zero"], ["one"]),
        helper.make_node("Concat", ["one", "one"], ["pair"], axis=0),
        helper.make_node("Concat", ["past_0", "pair"], ["present_0"], axis=3),
    ]
    number, real = onnx.TensorProto.INT32, onnx.TensorProto.FLOAT
    cache = [2, "batch", heads, "past", size]
    inputs = [helper.make_tensor_value_info(name, number, ["batch", "steps"]) for name in ["input_ids", "position_ids"]]
    inputs.append(helper.make_tensor_value_info("attention_mask", number, ["batch", "all"]))
    inputs.append(helper.make_tensor_value_info("past_0", real, cache))
    outputs = [helper.make_tensor_value_info("logits", real, ["batch", "steps", words])]
    outputs.append(helper.make_tensor_value_info("present_0", real, [2, "batch", heads, "all", size]))
    return helper.make_graph(nodes, "decoder", inputs, outputs, [numpy_helper.from_array(v, k) for k, v in held.items()])


prompt, most, least = ids[:, :3] + 5, ints(7, dtype=np.int32), ints(1, dtype=np.int32)
told = {"decoder": decoder(), "eos_token_id": 1, "pad_token_id": 0, "model_type": 0}
case("greedy", "GreedySearch", [prompt, most, least], consts=(1, 2), **told)
case("sampling", "Sampling", [prompt, most, least], consts=(1, 2), **told)
penalties = [np.ones(1, np.float32), np.ones(1, np.float32)]
beams = [prompt, most, least, ints(4, dtype=np.int32), ints(2, dtype=np.int32), *penalties]
case("beams", "BeamSearch", beams, 2, consts=(1, 2, 3, 4), **told)

# --- operators of ai.onnx that were experiments ---------------------------------------------------------------------------

image = f(1, 3, 8, 10)
case("affine", "Affine", [image], domain="", version=9, alpha=2.0, beta=1.0)
case("crop", "Crop", [image], domain="", version=9, border=[1, 2, 3, 1])
case("crop_sized", "Crop", [image], domain="", version=9, border=[1, 2, 0, 0], scale=[4, 5])
case("image_scaler", "ImageScaler", [image], domain="", version=9, scale=2.0, bias=[1.0, 2.0, 3.0])
case("parametric_softplus", "ParametricSoftplus", [f(2, 3)], domain="", version=9, alpha=1.0, beta=1.0)
case("scaled_tanh", "ScaledTanh", [f(2, 3)], domain="", version=9, alpha=1.0, beta=1.0)

# --- more forms -----------------------------------------------------------------------------------------------------------

packed = [f(6, 64), f(6, 4), u8(4, 64, 32), f(4, 64), None, u8(4, 64, 16), f(4, 64)]
case("experts_packed", "QMoE", packed, k=2, activation_type="swiglu", swiglu_fusion=1)
gated = [f(6, 8), f(6, 4), f(4, 32, 8), f(4, 32), f(4, 8, 16), f(4, 8)]
case("experts_gated", "MoE", gated, k=2, activation_type="swiglu", swiglu_fusion=1)
case("experts_batch", "MoE", [f(2, 3, 8), *experts[1:]], k=2, activation_type="gelu")
case("matmul_16", "MatMulInteger16", [np.ones((2, 3), np.int16), np.ones((3, 4), np.int16)])
case("transpose_matmul", "TransposeMatMul", [f(2, 3, 4), f(2, 5, 4)], transB=1)
case("rotary_part", "RotaryEmbedding", [f(B, S, W), ints(0), f(16, 2), f(16, 2)], num_heads=H, rotary_embedding_dim=4)
sections = [f(B, S, W), np.zeros((3, B, S), np.int64), *turns]
case("rotary_sections", "MRotaryEmbedding", sections, num_heads=H, mrope_section=[2, 1, 1])
case("mha_shared", "MultiHeadAttention", [*step, None, f(B, H, 12, D), f(B, H, 12, D), ints(5, dtype=np.int32)], 3, consts=(8,), num_heads=H)
case("skip_layer_norm_all", "SkipLayerNormalization", [f(B, S, W), f(B, S, W), f(W), f(W), f(W)], 4)
case("embed_sum", "EmbedLayerNormalization", [ids, None, words, places, None, f(W), f(W)], 3)
blocks = {"bits": 4, "block_size": 16, "gather_axis": 0, "quantize_axis": 2}
case("gather_blocks_plane", "GatherBlockQuantized", [u8(8, 4, 16), ints(1, 2).reshape(2, 1), f(8, 4, 2)], consts=(0, 2), **blocks)
case("murmur_text", "MurmurHash3", [np.array(["a", "b"], object)])
case("causal_conv_last_state", "CausalConvWithState", [f(B, 9, 4), f(4, 1, 3), None, f(B, 2, 4)], 2, channels_last=1)

text = "".join(json.dumps(row) + "\n" for row in rows)
with open("test/data/onnx/contrib.jsonl.gz", "wb") as out:
    out.write(gzip.compress(text.encode(), 9, mtime=0))
print(f"{len(rows)} cases")
