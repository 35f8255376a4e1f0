// A reader for the YAML of configuration files: block and flow mappings and sequences, scalars, quoted and block texts,
// comments, anchors left out. What it does not understand is an unknown value for the program, never a guess.

import { table } from '../builtins/receivers';
import type { Interpreter } from '../interpreter';
import { known } from '../known';
import { textOf } from '../unwrap';
import { type Namespace, PyDict, PyFloat, PyList, type Value } from '../values';
import { nothing, unknown } from './unknown';

export function yamlNames(interpreter: Interpreter): Namespace {
  const load = (name: string) =>
    known(name, 'stream, Loader=None', (ip, [stream]) => loadFrom(ip, stream as Value));
  const namespace = table([
    nothing('dump', ''),
    load('full_load'),
    load('load'),
    load('safe_load'),
    load('unsafe_load'),
  ]);
  for (const name of ['CLoader', 'CSafeLoader', 'FullLoader', 'Loader', 'SafeLoader', 'UnsafeLoader'])
    namespace.set(name, null);
  namespace.set('YAMLError', interpreter.types.exceptions.get('ValueError') as Value);
  return namespace;
}

function loadFrom(ip: Interpreter, stream: Value): Value {
  const text = textOf(stream) ?? ip.callMethod(stream, 'read');
  if (typeof text !== 'string') return text;
  try {
    return new Reader(ip, text).document();
  } catch (problem) {
    if (!(problem instanceof NotUnderstood)) throw problem;
    return unknown(ip, `YAML that is not followed: ${problem.message}`);
  }
}

class NotUnderstood extends Error {}

interface Line {
  readonly indent: number;
  readonly text: string;
}

class Reader {
  private readonly lines: Line[];
  private at = 0;

  constructor(
    private readonly ip: Interpreter,
    text: string,
  ) {
    this.lines = text.split(/\r?\n/).map((line) => ({ indent: line.search(/\S|$/), text: line.trim() }));
  }

  document(): Value {
    while (this.peek()?.text.startsWith('---') || this.peek()?.text.startsWith('%')) this.at++;
    const first = this.peek();
    if (!first) return null;
    const value = this.block(first.indent);
    if (this.peek() && !/^(\.\.\.|---)/.test(this.peek()?.text ?? ''))
      throw new NotUnderstood(`line ${this.at + 1}`);
    return value;
  }

  /** The next line with something on it. */
  private peek(): Line | undefined {
    while (this.at < this.lines.length) {
      const line = this.lines[this.at] as Line;
      if (line.text !== '' && !line.text.startsWith('#')) return line;
      this.at++;
    }
    return undefined;
  }

  private block(indent: number): Value {
    const line = this.peek();
    if (!line || line.indent < indent) return null;
    if (/^-(\s|$)/.test(line.text)) return this.sequence(line.indent);
    if (KEY.test(line.text)) return this.mapping(line.indent);
    this.at++;
    return scalar(this.ip, this.joined(uncommented(line.text)));
  }

  private sequence(indent: number): Value {
    const items: Value[] = [];
    for (
      let line = this.peek();
      line && line.indent === indent && /^-(\s|$)/.test(line.text);
      line = this.peek()
    ) {
      const rest = line.text.slice(1).trimStart();
      if (/^([|>][-+]?)?(\s*#.*)?$/.test(rest)) {
        this.at++;
        items.push(/^[|>]/.test(rest) ? this.blockText(rest, indent) : this.block(indent + 1));
      } else {
        const inner = indent + line.text.length - rest.length;
        this.lines[this.at] = { indent: inner, text: rest };
        items.push(this.block(inner));
      }
    }
    return new PyList(items);
  }

  private mapping(indent: number): Value {
    const dict = new PyDict();
    for (let line = this.peek(); line && line.indent === indent; line = this.peek()) {
      const [whole = '', name = ''] = KEY.exec(line.text) ?? [];
      if (whole === '') throw new NotUnderstood(`line ${this.at + 1}`);
      this.at++;
      const key = scalar(this.ip, name);
      if (key instanceof PyDict || key instanceof PyList) throw new NotUnderstood('a key that is no text');
      const value = this.value(uncommented(line.text.slice(whole.length).trim()), indent);
      if (name === '<<') throw new NotUnderstood('merged mappings');
      dict.entries.set(this.ip.key(key), [key, value]);
    }
    return dict;
  }

  private value(text: string, indent: number): Value {
    if (/^[|>]/.test(text)) return this.blockText(text, indent);
    if (/^[&*!]/.test(text)) throw new NotUnderstood('anchors and tags');
    if (text !== '') return scalar(this.ip, this.joined(text));
    const next = this.peek();
    if (!next || next.indent < indent) return null;
    if (next.indent === indent) return /^-(\s|$)/.test(next.text) ? this.sequence(indent) : null;
    return this.block(next.indent);
  }

  /** A flow collection may go on over several lines. */
  private joined(text: string): string {
    let whole = text;
    while (/^[[{]/.test(whole) && !balanced(whole) && this.at < this.lines.length) {
      whole += ` ${uncommented((this.lines[this.at] as Line).text)}`;
      this.at++;
    }
    return whole;
  }

  private blockText(mark: string, indent: number): string {
    const lines: string[] = [];
    let own: number | undefined;
    for (; this.at < this.lines.length; this.at++) {
      const line = this.lines[this.at] as Line;
      if (line.text !== '' && line.indent <= indent) break;
      if (line.text !== '') own ??= line.indent;
      lines.push(' '.repeat(Math.max(0, line.indent - (own ?? 0))) + line.text);
    }
    while (lines.at(-1)?.trim() === '') lines.pop();
    const body = lines.join(mark.startsWith('|') ? '\n' : ' ');
    return mark.includes('-') ? body : `${body}\n`;
  }
}

const KEY = /^("(?:[^"\\]|\\.)*"|'[^']*'|[^\s#[\]{},"'&*!|>%@`-][^#]*?|-[^\s#][^#]*?)\s*:(?=\s|$)/;

/** Without a comment at the end: a `#` at the start or behind a space, and not in quotes. */
function uncommented(text: string): string {
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const c = text[at] as string;
    const before = text[at - 1] ?? ' ';
    if (quote === '"' && c === '\\') at++;
    else if (c === quote) quote = '';
    else if (quote !== '') continue;
    else if (/["']/.test(c) && /[\s,:[{]/.test(before)) quote = c;
    else if (c === '#' && /\s/.test(before)) return text.slice(0, at).trim();
  }
  return text.trim();
}

function balanced(text: string): boolean {
  const bare = text.replace(/"(?:[^"\\]|\\.)*"|'[^']*'/g, '');
  return (bare.match(/[[{]/g) ?? []).length === (bare.match(/[\]}]/g) ?? []).length;
}

// --- scalars and flow collections -------------------------------------------------------------------------------------

function scalar(ip: Interpreter, text: string): Value {
  if (/^[[{]/.test(text)) return new Flow(ip, text).whole();
  if (text.startsWith('"')) return String(JSON.parse(text.replace(/\\'/g, "'")));
  if (text.startsWith("'")) return text.slice(1, -1).replaceAll("''", "'");
  return plain(text);
}

/** YAML 1.1, as PyYAML reads it: `1e5` without a point is a text. */
function plain(text: string): Value {
  if (/^(~|null|Null|NULL|)$/.test(text)) return null;
  if (/^(true|True|TRUE|yes|Yes|YES|on|On|ON)$/.test(text)) return true;
  if (/^(false|False|FALSE|no|No|NO|off|Off|OFF)$/.test(text)) return false;
  if (/^[-+]?(0|[1-9][\d_]*)$/.test(text)) return Number(text.replaceAll('_', ''));
  if (/^0x[\da-fA-F]+$/.test(text)) return Number(text);
  if (/^[-+]?(\d[\d_]*)?\.\d*([eE][-+]\d+)?$/.test(text) && /\d/.test(text))
    return new PyFloat(Number(text.replaceAll('_', '')));
  if (/^[-+]?\.(inf|Inf|INF)$/.test(text))
    return new PyFloat(text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY);
  return text;
}

const FLOW_TOKEN =
  /\s*([[\]{},]|:(?=[\s,[\]{}]|$)|"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|(?:[^\s,[\]{}:]|:(?=\S))(?:[^,[\]{}:]|:(?=[^\s]))*)/y;

class Flow {
  private at = 0;

  constructor(
    private readonly ip: Interpreter,
    private readonly text: string,
  ) {}

  whole(): Value {
    const value = this.value(this.next());
    if (this.text.slice(this.at).trim() !== '') throw new NotUnderstood(this.text);
    return value;
  }

  private next(): string {
    FLOW_TOKEN.lastIndex = this.at;
    const match = FLOW_TOKEN.exec(this.text);
    if (!match) throw new NotUnderstood(this.text);
    this.at = FLOW_TOKEN.lastIndex;
    return (match[1] as string).trim();
  }

  private value(token: string): Value {
    if (token === '[') return this.list();
    if (token === '{') return this.dict();
    if (/^[\]},:&*!]/.test(token)) throw new NotUnderstood(this.text);
    return scalar(this.ip, token);
  }

  private list(): Value {
    const items: Value[] = [];
    for (let token = this.next(); token !== ']'; token = this.next()) {
      if (token !== ',') items.push(this.value(token));
    }
    return new PyList(items);
  }

  private dict(): Value {
    const dict = new PyDict();
    for (let token = this.next(); token !== '}'; token = this.next()) {
      if (token === ',') continue;
      const key = scalar(this.ip, token);
      if (this.next() !== ':') throw new NotUnderstood(this.text);
      dict.entries.set(this.ip.key(key), [key, this.value(this.next())]);
    }
    return dict;
  }
}
