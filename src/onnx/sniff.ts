// Recognises files that are something else by their first bytes, so that the user reads what it is instead of a protobuf
// complaint. What passes here may still be no ONNX model: the skimmer decides. Left out: formats that nobody would name
// `.onnx` by mistake.

import { refuse } from './onnx-error';
import type { ByteSource } from './source';

/** How a kind of file begins, and the sentence that says what to do with it. */
interface Signature {
  readonly fits: (head: Uint8Array, text: string) => boolean;
  readonly sentence: string;
}

const HEAD = 512;

/** Whether the bytes stand at this offset; text counts as Latin-1. */
const at =
  (offset: number, bytes: string) =>
  (_: Uint8Array, text: string): boolean =>
    text.startsWith(bytes, offset);

const startsLike =
  (pattern: RegExp) =>
  (_: Uint8Array, text: string): boolean =>
    pattern.test(text);

/** Python's pickle: PROTO with a protocol number of 2 to 5. */
const isPickle = ([first, protocol = 0]: Uint8Array): boolean =>
  first === 0x80 && protocol >= 2 && protocol <= 5;

const SIGNATURES: readonly Signature[] = [
  {
    fits: at(0, '\x1f\x8b'),
    sentence: 'This file is compressed with gzip; unpack it (gunzip) and open the .onnx file inside.',
  },
  {
    fits: at(0, 'PK\x03\x04'),
    sentence:
      'This file is a ZIP archive, perhaps a PyTorch checkpoint; unpack it, or export the model to ONNX with torch.onnx.export.',
  },
  {
    fits: at(0, 'BZh'),
    sentence: 'This file is compressed with bzip2; unpack it and open the .onnx file inside.',
  },
  {
    fits: at(0, '\xfd7zXZ'),
    sentence: 'This file is compressed with xz; unpack it and open the .onnx file inside.',
  },
  {
    fits: at(0, '(\xb5/\xfd'),
    sentence: 'This file is compressed with Zstandard; unpack it and open the .onnx file inside.',
  },
  {
    fits: at(257, 'ustar'),
    sentence: 'This file is a tar archive; unpack it and open the .onnx file inside.',
  },
  {
    fits: startsLike(/^(\xef\xbb\xbf)?\s*(<!doctype html|<html|<\?xml|<head)/i),
    sentence:
      'This file is a web page, not a model; the download gave an error or sign-in page: download it again.',
  },
  {
    fits: at(0, 'version https://git-lfs'),
    sentence: 'This file is a Git LFS pointer, not the model itself; run `git lfs pull` to fetch the model.',
  },
  {
    fits: isPickle,
    sentence:
      'This file is a Python pickle, perhaps an old PyTorch checkpoint; export the model to ONNX with torch.onnx.export.',
  },
  {
    fits: at(4, 'TFL3'),
    sentence: 'This file is a TensorFlow Lite model; convert it to ONNX with tf2onnx.',
  },
  {
    fits: at(4, 'ORTM'),
    sentence: 'This file is in the ORT format of ONNX Runtime; open the .onnx file that it was made from.',
  },
  {
    fits: at(0, '\x89HDF'),
    sentence: 'This file is HDF5, perhaps a Keras model; convert it to ONNX with tf2onnx.',
  },
  {
    fits: at(0, 'GGUF'),
    sentence: 'This file is a GGUF model; open the ONNX export of the same model.',
  },
  {
    fits: (head, text) => head[8] === 0x7b && text.startsWith('{"', 8),
    sentence:
      'This file is in safetensors format, which holds weights but no graph; export the model to ONNX.',
  },
  {
    fits: startsLike(
      /^(\xef\xbb\xbf)?\s*(#[^\n]*\s*)*(ir_version|opset_import|producer_name|graph|model_version)\s*[:{<]/,
    ),
    sentence:
      'This file is an ONNX model in text form (text protobuf); save it in binary form with onnx.save(onnx.load(…), …).',
  },
  {
    fits: startsLike(/^(\xef\xbb\xbf)?\s*<\s*ir_version\s*:/),
    sentence:
      'This file is an ONNX model in the textual syntax; save it in binary form with onnx.parser and onnx.save.',
  },
  {
    fits: startsLike(/^(\xef\xbb\xbf)?\s*[[{]\s*["}\]\n]/),
    sentence:
      'This file is JSON; if it is an ONNX model in JSON form, save it in binary form with onnx.save.',
  },
];

/** Printable text all through, as no ONNX model begins. */
const isText = (text: string): boolean => /^[\t\n\r -~]{48,}$/.test(text);

/** Refuses a file that is clearly something else. */
export function refuseOtherFormats(source: ByteSource): void {
  if (source.size === 0) refuse('This file is empty; export or download the model again.');
  const head = source.read(0, HEAD);
  const text = String.fromCharCode(...head);
  const signature = SIGNATURES.find(({ fits }) => fits(head, text));
  if (signature) refuse(signature.sentence);
  if (isText(text)) refuse('This file is plain text, not a binary ONNX model; export the model again.');
}
