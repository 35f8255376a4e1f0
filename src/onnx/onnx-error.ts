// What is said of a file that cannot be priced: one sentence that names what the file is and what to do.

/** A file that is no usable ONNX model; the message is a sentence for the user. */
export class OnnxError extends Error {
  override readonly name = 'OnnxError';
}

/** Refuses a file with a sentence for the user. */
export function refuse(sentence: string): never {
  throw new OnnxError(sentence);
}

/** A name from a file as a sentence shows it: short, on one line, in backticks. */
export function quoted(name: string): string {
  const plain = name.replace(/[\p{Cc}`]+/gu, ' ');
  return `\`${plain.length > 80 ? `${plain.slice(0, 77)}…` : plain}\``;
}
