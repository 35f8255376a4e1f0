"""Writes test/data/python-snippets.json: what CPython answers to the snippets in test/python/snippets.

A snippet file holds blocks between lines of `---`. A block is a program; its lines that begin with `>>> ` are expressions
to evaluate after the rest, in order, in the namespace of the program. For each the answer is its repr, or `!Type: text`
of the exception it raises. Run with CPython 3.11:  python3 scripts/oracle-python.py
"""

import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).parent.parent
SNIPPETS = ROOT / "test" / "python" / "snippets"
TARGET = ROOT / "test" / "data" / "python-snippets.json"


def answer(expression, namespace):
    try:
        return repr(eval(expression, namespace))
    except Exception as error:
        return f"!{type(error).__name__}: {error}"


def run(block):
    lines = block.strip("\n").split("\n")
    expressions = [line[4:] for line in lines if line.startswith(">>> ")]
    program = "\n".join(line for line in lines if not line.startswith(">>> "))
    namespace = {"__name__": "snippet"}
    exec(program, namespace)
    return {"program": program, "answers": [[e, answer(e, namespace)] for e in expressions]}


def main():
    topics = {}
    for file in sorted(SNIPPETS.glob("*.txt")):
        topics[file.stem] = [run(block) for block in file.read_text().split("\n---\n")]
    made_with = f"CPython {sys.version_info.major}.{sys.version_info.minor}"
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(json.dumps({"madeWith": made_with, "topics": topics}, indent=1, ensure_ascii=False) + "\n")
    count = sum(len(block["answers"]) for blocks in topics.values() for block in blocks)
    print(f"{count} answers in {len(topics)} topics")


if __name__ == "__main__":
    main()
