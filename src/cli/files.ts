// What the command line hands to the analysis: files through Node, and the ONNX reader.

import { setFlagsFromString } from 'node:v8';
import type { CaseFiles } from '../analysis/cases';
import { openBytes } from '../node/bytes';
import { createNodeReader, readText } from '../node/files';
import { loadOnnx } from '../node/onnx';

export const createFiles = (): CaseFiles => ({
  reader: createNodeReader(),
  readText,
  openBytes,
  onnx() {
    // A graph may have a hundred thousand nodes: V8 is told to optimise as it always does, which launch.ts puts off.
    setFlagsFromString('--interrupt-budget=132000');
    // What it inlines it compiles once more in each place: a graph is priced before that pays.
    setFlagsFromString('--max-inlined-bytecode-size-cumulative=200');
    // What is read of a graph stays until it is priced: looking for what to give back would find little.
    setFlagsFromString('--heap-growing-percent=1000');
    setFlagsFromString('--semi-space-growth-factor=16');
    return loadOnnx();
  },
});
