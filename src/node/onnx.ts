// The ONNX reader, a bundle of its own beside this one that is loaded only when there is an ONNX file to read. Its type is
// for the layers above to say: this one knows no reader.

import { createRequire } from 'node:module';
import { join } from 'node:path';

export const loadOnnx = <Reader>(): Reader =>
  createRequire(__filename)(join(__dirname, 'onnx.cjs')) as Reader;
