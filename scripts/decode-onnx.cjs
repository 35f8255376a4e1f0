// Decodes an ONNX file in full with onnx-proto, as tools do that read all of it: what the benchmark compares with.

const { closeSync, fstatSync, openSync, readSync } = require('node:fs');
const { onnx } = require('onnx-proto');

const file = openSync(process.argv[2], 'r');
const { size } = fstatSync(file);
const bytes = Buffer.allocUnsafe(size);
for (let at = 0; at < size; ) at += readSync(file, bytes, at, Math.min(size - at, 2 ** 30), at);
closeSync(file);
process.stdout.write(`${onnx.ModelProto.decode(bytes).graph.node.length} nodes\n`);
