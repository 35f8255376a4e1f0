// Text: what has a shape of its own is followed, what depends on the characters is not.

import { broadcastShapes } from '../../tensor/broadcast';
import type { Row } from '../binding';
import type { NodeCall } from '../node-call';
import { type Tensor, Unfollowed } from '../values';

/** Counts of n-grams: one number for each that is asked for. */
function ngrams(n: NodeCall): Tensor {
  const places = n.ints('ngram_indexes') ?? [];
  if (places.length < n.length('ngram_indexes'))
    throw new Unfollowed(`${n.title} has more n-grams than are read`);
  return n.made([...n.shape(0).slice(0, -1), Math.max(-1, ...places) + 1], 'float32');
}

function joinTexts(n: NodeCall): Tensor {
  const shape = broadcastShapes([n.shape(0), n.shape(1)]);
  if (shape === null) throw new Unfollowed(`${n.title} joins texts of shapes that do not fit`);
  return n.made(shape, 'string');
}

const unfollowed: Row['bind'] = (n) => {
  throw new Unfollowed(`what ${n.node.op} gives depends on the text or image that is fed in`);
};

export const TEXT_ROWS: readonly Row[] = [
  { op: 'ImageDecoder', bind: unfollowed },
  { op: 'RegexFullMatch', bind: (n) => n.made(n.shape(0), 'bool') },
  { op: 'StringConcat', bind: joinTexts },
  { op: 'StringNormalizer', bind: unfollowed },
  { op: 'StringSplit', bind: unfollowed },
  { op: 'TfIdfVectorizer', bind: ngrams },
];

/** Words of com.microsoft: how many a text has is in the text. */
export const MICROSOFT_TEXT_ROWS: readonly Row[] = [{ op: 'Tokenizer', bind: unfollowed }];
