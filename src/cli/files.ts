// What the command line hands to the analysis: files through Node, and the ONNX reader, a bundle of its own that is loaded
// only for ONNX files.

import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { CaseFiles } from '../analysis/cases';
import { openBytes } from '../node/bytes';
import { createNodeReader, readText } from '../node/files';

export const createFiles = (): CaseFiles => ({
  reader: createNodeReader(),
  readText,
  openBytes,
  onnx: () => createRequire(__filename)(join(__dirname, 'onnx.cjs')),
});
