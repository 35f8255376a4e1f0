"""Runs ONNX's test cases with other input sizes in ONNX Runtime, or in ONNX's reference where that has no kernel, and compares
shapes and types with those of the command line. Finds rules that fit the cases at hand and nothing else.

    python scripts/vary-onnx-cases.py TRUTH/operators.jsonl.gz [SEED]        needs onnx, onnxruntime, node and dist/

A size that stands in the inputs is made another one, wherever it stands. Cases that do not run with it are left out.
"""

import base64
import gzip
import json
import os
import random
import subprocess
import sys
import tempfile

import numpy as np
import onnx
import onnxruntime as ort
from onnx import helper
from onnx.reference import ReferenceEvaluator

ort.set_default_logger_severity(4)


def fed(tensor_type, shape):
    """Ones of bools and numbers below one; integers are 0, so that they are indices of anything."""
    if tensor_type.elem_type == onnx.TensorProto.STRING:
        return np.full(shape, "a", dtype=object)
    dtype = helper.tensor_dtype_to_np_dtype(tensor_type.elem_type)
    if dtype == np.bool_:
        return np.ones(shape, dtype)
    if np.issubdtype(dtype, np.integer):
        return np.zeros(shape, dtype)
    return np.random.rand(*shape).astype(dtype)


def varied(row):
    """The model with one size of its inputs changed everywhere, and the new shapes; None where there is none to change."""
    model = onnx.load_from_string(base64.b64decode(row.get("model_const") or row["model"]))
    constants = {t.name for t in model.graph.initializer}
    inputs = [x for x in model.graph.input if x.name not in constants]
    if not inputs or not all(x.type.HasField("tensor_type") for x in inputs):
        return None
    given = {x["name"]: x["shape"] for x in row["inputs"]}
    sizes = sorted({size for x in inputs for size in given[x.name] if size >= 1})
    if not sizes:
        return None
    old = random.choice(sizes)
    new = random.choice([old - 1, old + 1, old + 2, old + 3]) or old + 1
    for x in inputs:
        shape = x.type.tensor_type.shape
        del shape.dim[:]
        for size in given[x.name]:
            shape.dim.add().dim_value = new if size == old else size
    for output in model.graph.output:
        if output.type.HasField("tensor_type"):
            output.type.tensor_type.ClearField("shape")
    del model.graph.value_info[:]
    return model, {x.name: fed(x.type.tensor_type, [d.dim_value for d in x.type.tensor_type.shape.dim]) for x in inputs}


def truth(model, feeds):
    """Outputs by name."""
    options = ort.SessionOptions()
    options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_DISABLE_ALL
    try:
        session = ort.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
        return dict(zip([o.name for o in session.get_outputs()], session.run(None, feeds)))
    except Exception:
        reference = ReferenceEvaluator(model)
        return dict(zip(reference.output_names, reference.run(None, feeds)))


def verdict(answer, outputs):
    if not answer.get("ok"):
        return "refused", answer.get("error")
    told = {o["name"]: o for o in answer["outputs"]}
    for name, value in outputs.items():
        if not isinstance(value, np.ndarray):
            continue
        if name not in told:
            return "unknown", (answer["gaps"] or [{"reason": name}])[0]["reason"]
        if told[name]["shape"] != list(value.shape):
            marked = answer["gaps"] or any(k["source"] == "assumed" for k in answer["knobs"])
            return "wrong, marked" if marked else "WRONG", f"{told[name]['shape']} is {list(value.shape)}"
    return "right", ""


def main(file, seed):
    random.seed(seed)
    np.random.seed(seed)
    cases = []
    with tempfile.TemporaryDirectory() as folder:
        for row in (json.loads(line) for line in gzip.open(file)):
            try:
                made = None if row.get("data_dependent") else varied(row)
                if made is None:
                    continue
                outputs = truth(*made)
            except Exception:
                continue
            path = os.path.join(folder, f"{len(cases)}.onnx")
            onnx.save(made[0], path)
            cases.append((row["id"], path, outputs, {name: x.shape for name, x in made[1].items()}))
        lines = "\n".join(json.dumps({"id": name, "file": path}) for name, path, *_ in cases)
        answers = subprocess.run(["node", "dist/cli.cjs", "batch"], input=lines, capture_output=True, text=True, check=True)
    counts = {}
    for (name, _, outputs, shapes), line in zip(cases, answers.stdout.splitlines()):
        kind, note = verdict(json.loads(line), outputs)
        counts[kind] = counts.get(kind, 0) + 1
        if kind != "right":
            print(kind, name, shapes, note)
    print(counts)


main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1)
