// The door to the ONNX reader, and the entry of its bundle: who prices Python alone never loads it.

export { onnxName } from './element-types';
export { type Beside, locationNotes } from './external';
export { OnnxError } from './onnx-error';
export { memorySource } from './source';
export { readOnnx, traceModel } from './trace';
