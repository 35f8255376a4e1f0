// `_json`: JSON text to values and back. Encoders and decoders of the user's are json.py's business.

import { table, textArgument } from '../builtins/receivers';
import type { Interpreter } from '../interpreter';
import { known } from '../known';
import { native } from '../native';
import { floatRepr } from '../numbers';
import { unwrap } from '../unwrap';
import { type Namespace, PyDict, PyFloat, PyList, PyTuple, Unknown, type Value } from '../values';

export function jsonModule(): Namespace {
  return table([
    native(
      'dumps',
      'obj, indent, sort_keys, item_separator, key_separator, default, ensure_ascii',
      (ip, args) => {
        const [object, indent, sort, itemSeparator, keySeparator, fallback, ascii] = args as [
          Value,
          Value,
          Value,
          Value,
          Value,
          Value,
          Value,
        ];
        const writer = new Writer(ip, {
          indent:
            indent === null ? undefined : typeof indent === 'string' ? indent : ' '.repeat(Number(indent)),
          sort: ip.truth(sort),
          itemSeparator: String(itemSeparator),
          keySeparator: String(keySeparator),
          fallback,
          ascii: ip.truth(ascii),
        });
        const text = writer.write(object, 0);
        return writer.unknown ?? text;
      },
    ),
    known('loads', 's, /', (ip, [text]) => readJson(ip, textArgument(ip, text))),
  ]);
}

// --- reading ----------------------------------------------------------------------------------------------------------

const TOKEN =
  /\s*(?:([[\]{},:])|("(?:[^"\\]|\\.)*")|(-?(?:0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?)|(true|false|null|NaN|-?Infinity))/y;
const WORDS: Readonly<Record<string, Value>> = {
  '-Infinity': new PyFloat(Number.NEGATIVE_INFINITY),
  Infinity: new PyFloat(Number.POSITIVE_INFINITY),
  NaN: new PyFloat(Number.NaN),
  false: false,
  null: null,
  true: true,
};

/** Numbers keep what they were written as: `1` is an int, `1.0` a float, large ints are exact. */
export function readJson(interpreter: Interpreter, text: string): Value {
  const reader = new Reader(interpreter, text);
  const value = reader.value();
  if (text.slice(reader.at).trim() !== '') reader.fail('Extra data');
  return value;
}

class Reader {
  at = 0;

  constructor(
    private readonly interpreter: Interpreter,
    private readonly text: string,
  ) {}

  fail(reason: string): never {
    const before = this.text.slice(0, this.at);
    const line = before.split('\n').length;
    return this.interpreter.raise(
      'ValueError',
      `${reason}: line ${line} column ${this.at - before.lastIndexOf('\n')} (char ${this.at})`,
    );
  }

  private next(): RegExpExecArray {
    TOKEN.lastIndex = this.at;
    const match = TOKEN.exec(this.text) ?? this.fail('Expecting value');
    this.at = TOKEN.lastIndex;
    return match;
  }

  value(token = this.next()): Value {
    this.interpreter.step();
    const [, mark, string, number, fraction, exponent, word] = token;
    if (string !== undefined) return this.string(string);
    if (word !== undefined) return WORDS[word] ?? null;
    if (number !== undefined) return this.number(number, fraction !== undefined || exponent !== undefined);
    if (mark === '[') return this.list();
    return mark === '{' ? this.dict() : this.fail('Expecting value');
  }

  private string(literal: string): string {
    try {
      return String(JSON.parse(literal.replace(/[\n\r\t]/g, ' ')));
    } catch {
      return this.fail('Invalid control character or escape');
    }
  }

  private number(text: string, isFloat: boolean): Value {
    if (isFloat) return new PyFloat(Number(text));
    const small = Number(text);
    return Number.isSafeInteger(small) ? small + 0 : BigInt(text);
  }

  private list(): Value {
    const items: Value[] = [];
    let token = this.next();
    if (token[1] === ']') return new PyList(items);
    for (;;) {
      items.push(this.value(token));
      const mark = this.next()[1];
      if (mark === ']') return new PyList(items);
      if (mark !== ',') this.fail("Expecting ',' delimiter");
      token = this.next();
    }
  }

  private dict(): Value {
    const dict = new PyDict();
    let token = this.next();
    if (token[1] === '}') return dict;
    for (;;) {
      if (token[2] === undefined) this.fail('Expecting property name enclosed in double quotes');
      const key = this.string(token[2] as string);
      if (this.next()[1] !== ':') this.fail("Expecting ':' delimiter");
      dict.entries.set(key, [key, this.value()]);
      const mark = this.next()[1];
      if (mark === '}') return dict;
      if (mark !== ',') this.fail("Expecting ',' delimiter");
      token = this.next();
    }
  }
}

// --- writing ----------------------------------------------------------------------------------------------------------

interface Style {
  readonly indent: string | undefined;
  readonly sort: boolean;
  readonly itemSeparator: string;
  readonly keySeparator: string;
  readonly fallback: Value;
  readonly ascii: boolean;
}

class Writer {
  /** Met on the way: the text is not known then. */
  unknown: Unknown | undefined;

  constructor(
    private readonly interpreter: Interpreter,
    private readonly style: Style,
  ) {}

  write(value: Value, depth: number): string {
    const plain = unwrap(value);
    if (plain === null) return 'null';
    if (typeof plain === 'boolean' || typeof plain === 'number' || typeof plain === 'bigint')
      return String(plain);
    if (typeof plain === 'string') return this.quote(plain);
    if (plain instanceof PyFloat)
      return floatRepr(plain.value).replace('inf', 'Infinity').replace('nan', 'NaN');
    if (plain instanceof PyList || plain instanceof PyTuple) {
      return this.enclose(
        '[',
        plain.items.map((item) => this.write(item, depth + 1)),
        ']',
        depth,
      );
    }
    return plain instanceof PyDict ? this.dict(plain, depth) : this.other(plain, depth);
  }

  private dict(dict: PyDict, depth: number): string {
    const pairs = [...dict.entries.values()].map(([key, item]) => [this.key(key), item] as const);
    if (this.style.sort) pairs.sort(([a], [b]) => (a < b ? -1 : 1));
    const parts = pairs.map(
      ([key, item]) => this.quote(key) + this.style.keySeparator + this.write(item, depth + 1),
    );
    return this.enclose('{', parts, '}', depth);
  }

  private key(key: Value): string {
    if (typeof key === 'string') return key;
    const isPlain = key === null || typeof key !== 'object' || key instanceof PyFloat;
    if (!isPlain && unwrap(key) === key)
      this.interpreter.raise('TypeError', 'keys must be str, int, float, bool or None');
    return typeof unwrap(key) === 'string' ? String(unwrap(key)) : this.write(key, 0);
  }

  private enclose(open: string, parts: readonly string[], close: string, depth: number): string {
    const { indent, itemSeparator } = this.style;
    if (parts.length === 0 || indent === undefined) return open + parts.join(itemSeparator) + close;
    const inner = `\n${indent.repeat(depth + 1)}`;
    return `${open}${inner}${parts.join(itemSeparator + inner)}\n${indent.repeat(depth)}${close}`;
  }

  private quote(text: string): string {
    const quoted = JSON.stringify(text);
    if (!this.style.ascii) return quoted;
    return quoted.replace(/[^ -~]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
  }

  private other(value: Value, depth: number): string {
    if (value instanceof Unknown) {
      this.unknown ??= value;
      return '';
    }
    const { fallback } = this.style;
    if (fallback !== null) return this.write(this.interpreter.call(fallback, [value]), depth);
    const type = this.interpreter.typeOf(value).name;
    return this.interpreter.raise('TypeError', `Object of type ${type} is not JSON serializable`);
  }
}
