// What the command line hands to the analysis: files through Node, and the ONNX reader, a bundle of its own that is loaded
// only for ONNX files.

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import type { CaseFiles } from '../analysis/cases';
import { openBytes } from '../node/bytes';
import { createNodeReader, readText } from '../node/files';

export const createFiles = (): CaseFiles => ({
  reader: createNodeReader(),
  readText,
  openBytes,
  onnx: loadOnnx,
});

/** A graph may have a hundred thousand nodes: V8 is told to optimise as it always does, which launch.ts puts off. */
function loadOnnx(): ReturnType<CaseFiles['onnx']> {
  setFlagsFromString('--interrupt-budget=132000');
  return createRequire(__filename)(join(__dirname, 'onnx.cjs'));
}
