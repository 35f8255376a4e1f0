// bytes: each byte is a character below 256 of a JavaScript text. The methods that model code uses.

import { hashOf } from '../hashing';
import type { Interpreter } from '../interpreter';
import { itemOf } from '../items';
import { known } from '../known';
import { native } from '../native';
import { builtinRepr } from '../text';
import { textOf } from '../unwrap';
import { ClassMethod, type Namespace, PyBytes, PyIterator, PyList, Unknown, type Value } from '../values';
import { comparisonMethods, type Fits } from './dunders';
import { bytesOf, table, textArgument } from './receivers';

const isBytes: Fits = (value) => value instanceof PyBytes;

export function bytesMethods(): Namespace {
  const methods = table([
    ...comparisonMethods(['eq', 'ne'], isBytes),
    known('__contains__', 'self, item, /', (interpreter, [self, item]) =>
      bytesOf(interpreter, self).text.includes(
        item instanceof PyBytes ? item.text : String.fromCharCode(Number(item)),
      ),
    ),
    known('__getitem__', 'self, index, /', (interpreter, [self, index]) =>
      itemOf(interpreter, bytesOf(interpreter, self), index as Value),
    ),
    known('__hash__', 'self, /', (interpreter, [self]) => hashOf(interpreter, self as Value)),
    known(
      '__iter__',
      'self, /',
      (interpreter, [self]) => new PyIterator(codesOf(bytesOf(interpreter, self)).values()),
    ),
    known('__len__', 'self, /', (interpreter, [self]) => bytesOf(interpreter, self).text.length),
    known('__new__', 'cls, source=None, encoding="utf-8", errors="strict"', newBytes),
    native('__repr__', 'self, /', (interpreter, [self]) => builtinRepr(interpreter, self as Value)),
    known('decode', 'self, encoding="utf-8", errors="strict"', decode),
    known('endswith', 'self, suffix, /', (interpreter, [self, suffix]) =>
      bytesOf(interpreter, self).text.endsWith(bytesOf(interpreter, suffix).text),
    ),
    known('hex', 'self, /', (interpreter, [self]) =>
      codesOf(bytesOf(interpreter, self))
        .map((code) => code.toString(16).padStart(2, '0'))
        .join(''),
    ),
    known(
      'join',
      'self, iterable, /',
      (interpreter, [self, iterable]) =>
        new PyBytes(
          interpreter
            .list(iterable as Value)
            .map((item) => bytesOf(interpreter, item).text)
            .join(bytesOf(interpreter, self).text),
        ),
    ),
    known(
      'split',
      'self, sep, /',
      (interpreter, [self, separator]) =>
        new PyList(
          bytesOf(interpreter, self)
            .text.split(bytesOf(interpreter, separator).text)
            .map((part) => new PyBytes(part)),
        ),
    ),
    known('startswith', 'self, prefix, /', (interpreter, [self, prefix]) =>
      bytesOf(interpreter, self).text.startsWith(bytesOf(interpreter, prefix).text),
    ),
    known('strip', 'self, /', (interpreter, [self]) => new PyBytes(bytesOf(interpreter, self).text.trim())),
  ]);
  const fromHex = known('fromhex', 'cls, string, /', (interpreter, [, text]) => {
    const pairs = textArgument(interpreter, text).replace(/\s/g, '').match(/../g) ?? [];
    return new PyBytes(pairs.map((pair) => String.fromCharCode(Number.parseInt(pair, 16))).join(''));
  });
  methods.set('fromhex', new ClassMethod(fromHex));
  return methods;
}

const codesOf = ({ text }: PyBytes): number[] => [...text].map((c) => c.charCodeAt(0));

function newBytes(interpreter: Interpreter, [, source, encoding]: readonly Value[]): Value {
  const text = textOf(source as Value);
  if (text !== undefined) return encodeText(text, String(encoding));
  if (source instanceof PyBytes) return source;
  if (source === null) return new PyBytes('');
  if (typeof source === 'number')
    return new PyBytes('\0'.repeat(Math.min(source, interpreter.limits.elements)));
  const items = interpreter.list(source as Value);
  const unknown = items.find((item) => item instanceof Unknown);
  return unknown ?? new PyBytes(items.map((item) => String.fromCharCode(Number(item))).join(''));
}

/** `text.encode(encoding)`. */
export function encodeText(text: string, encoding: string): PyBytes {
  if (/^(latin|iso.?8859|ascii)/i.test(encoding)) return new PyBytes(text);
  return new PyBytes([...new TextEncoder().encode(text)].map((byte) => String.fromCharCode(byte)).join(''));
}

function decode(interpreter: Interpreter, [self, encoding]: readonly Value[]): Value {
  const bytes = bytesOf(interpreter, self);
  if (/^(latin|iso.?8859|ascii)/i.test(String(encoding))) return bytes.text;
  return new TextDecoder().decode(Uint8Array.from(codesOf(bytes)));
}
