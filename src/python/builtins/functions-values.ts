// Built-in functions of plain values: numbers, texts, and what a program does with the world outside, which is nothing.

import type { Interpreter } from '../interpreter';
import { known } from '../known';
import { native } from '../native';
import { type Int, intPowMod } from '../numbers';
import { readText } from '../stdlib/host';
import { asciiOf, formatValue, reprOf } from '../text';
import { lookup } from '../types';
import { textOf } from '../unwrap';
import { NativeFunction, PyBytes, PyDict, PyInstance, type Value } from '../values';
import { divmod } from './numbers';
import { raiseWith } from './raising';
import { intArgument, textArgument } from './receivers';

export const valueFunctions = (): NativeFunction[] => [
  byMethod('abs', '__abs__', 'bad operand type for abs()'),
  known('ascii', 'object, /', (interpreter, [object]) => asciiOf(interpreter, object as Value)),
  radix('bin', 2, '0b'),
  native('breakpoint', '*args, **kwargs', () => null),
  known('chr', 'i, /', (interpreter, [code]) => character(interpreter, intArgument(interpreter, code))),
  native('compile', 'source, filename, mode, **kwargs', (interpreter) =>
    interpreter.unknown('compile() is not followed'),
  ),
  known(
    'divmod',
    'x, y, /',
    (interpreter, [x, y]) =>
      ofInstance(interpreter, '__divmod__', [x, y]) ?? divmod(interpreter, x as Value, y as Value),
  ),
  new NativeFunction('exit', (interpreter, args) => raiseWith(interpreter, 'SystemExit', args)),
  known('format', 'value, format_spec="", /', (interpreter, [value, spec]) =>
    formatValue(interpreter, value as Value, textArgument(interpreter, spec)),
  ),
  radix('hex', 16, '0x'),
  native('input', 'prompt="", /', (interpreter) =>
    interpreter.unknown('what somebody types in is not known'),
  ),
  known('len', 'obj, /', (interpreter, [object]) => lengthOf(interpreter, object as Value)),
  radix('oct', 8, '0o'),
  native('open', 'file, *args, **kwargs', (interpreter, [file]) => openFile(interpreter, file as Value)),
  known('ord', 'c, /', (interpreter, [c]) => {
    const text = c instanceof PyBytes ? c.text : textArgument(interpreter, c);
    if ([...text].length === 1) return text.codePointAt(0) as number;
    return interpreter.raise(
      'TypeError',
      `ord() expected a character, but string of length ${text.length} found`,
    );
  }),
  known('pow', 'base, exp, mod=None', (interpreter, [base, exponent, modulus]) => {
    if (modulus === null) return interpreter.binary('**', base as Value, exponent as Value);
    return intPowMod(
      intArgument(interpreter, base),
      intArgument(interpreter, exponent),
      intArgument(interpreter, modulus),
    );
  }),
  new NativeFunction('print', () => null, '*args, **kwargs'),
  new NativeFunction('quit', (interpreter, args) => raiseWith(interpreter, 'SystemExit', args)),
  known('repr', 'obj, /', (interpreter, [object]) => reprOf(interpreter, object as Value)),
  known('round', 'number, ndigits=None', (interpreter, [number, digits]) => {
    const method = lookup(interpreter.typeOf(number as Value), '__round__');
    if (method !== undefined)
      return interpreter.call(
        method,
        digits === null ? [number as Value] : [number as Value, digits as Value],
      );
    const { name, unknownBase } = interpreter.typeOf(number as Value);
    return unknownBase ?? interpreter.raise('TypeError', `type ${name} doesn't define __round__ method`);
  }),
];

function byMethod(name: string, method: string, complaint: string): NativeFunction {
  return known(name, 'x, /', (interpreter, [value]) => {
    const type = interpreter.typeOf(value as Value);
    const found = lookup(type, method);
    if (found !== undefined) return interpreter.call(found, [value as Value]);
    return type.unknownBase ?? interpreter.raise('TypeError', `${complaint}: '${type.name}'`);
  });
}

function ofInstance(
  interpreter: Interpreter,
  method: string,
  [self, ...rest]: readonly (Value | undefined)[],
): Value | undefined {
  if (!(self instanceof PyInstance)) return undefined;
  const found = lookup(self.type, method);
  return found === undefined ? undefined : interpreter.call(found, [self, ...(rest as Value[])]);
}

function radix(name: string, base: number, prefix: string): NativeFunction {
  return known(name, 'number, /', (interpreter, [number]) => {
    const value = BigInt(intArgument(interpreter, number));
    return `${value < 0n ? '-' : ''}${prefix}${(value < 0n ? -value : value).toString(base)}`;
  });
}

function character(interpreter: Interpreter, code: Int): string {
  const inRange = code >= 0 && code < 0x110000;
  return inRange
    ? String.fromCodePoint(Number(code))
    : interpreter.raise('ValueError', 'chr() arg not in range(0x110000)');
}

function lengthOf(interpreter: Interpreter, object: Value): Value {
  if (typeof object === 'string') return object.length;
  if (object instanceof PyDict && !object.type) return object.entries.size;
  const type = interpreter.typeOf(object);
  const method = lookup(type, '__len__');
  if (method !== undefined) return interpreter.call(method, [object]);
  return type.unknownBase ?? interpreter.raise('TypeError', `object of type '${type.name}' has no len()`);
}

/** Small text files of the workspace are read for who knows how to make something of them (json, yaml). */
function openFile(interpreter: Interpreter, file: Value): Value {
  const path =
    textOf(file) ??
    textOf(
      interpreter.findAttribute(file, '__fspath__') === undefined
        ? null
        : interpreter.callMethod(file, '__fspath__'),
    );
  const text = path === undefined ? undefined : readText(interpreter, path);
  if (text === undefined) return interpreter.unknown('what is in a file is not known');
  const io = interpreter.importModule('io');
  const make = interpreter.findAttribute(io, 'StringIO');
  return make === undefined
    ? interpreter.unknown('what is in a file is not known')
    : interpreter.call(make, [text]);
}
