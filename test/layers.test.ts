// The layers of DESIGN and ARCHITECTURE, held by a test: it reads the import statements of src/ and webview/ and
// compares them with the table below. An arrow may only point to what a layer's row names. Files are read as text,
// so a commented-out import counts too: delete it.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

interface Layer {
  /** Layers that may be imported in full. */
  readonly values: readonly string[];
  /** Layers of which only types may be imported. */
  readonly types?: readonly string[];
}

const BELOW_ANALYSIS = ['frameworks', 'onnx', 'ops', 'price', 'python', 'base', 'syntax', 'tensor', 'trace'];

/** What each layer may import, besides itself. */
const LAYERS: Readonly<Record<string, Layer>> = {
  base: { values: [] },
  node: { values: ['base', 'check'] },
  syntax: { values: ['base'] },
  tensor: { values: ['base'] },
  ops: { values: ['base', 'tensor'] },
  trace: { values: ['base', 'tensor'], types: ['ops'] },
  python: { values: ['base', 'syntax'] },
  frameworks: { values: ['base', 'ops', 'python', 'syntax', 'tensor', 'trace'] },
  onnx: { values: ['base', 'ops', 'tensor', 'trace'] },
  price: { values: ['base', 'ops', 'tensor', 'trace'] },
  analysis: { values: BELOW_ANALYSIS },
  report: { values: ['base', 'tensor'], types: ['analysis', 'price', 'trace'] },
  check: { values: ['analysis', 'base', 'price', 'report', 'syntax'], types: BELOW_ANALYSIS },
  editor: { values: ['base', 'check', 'report'], types: ['analysis', 'price'] },
  cli: { values: ['analysis', 'base', 'check', 'node', 'report'], types: BELOW_ANALYSIS },
  'engine.ts': { values: ['cli', 'editor'] },
  webview: { values: ['report'], types: ['analysis', 'check', ...BELOW_ANALYSIS] },
};

/** Files that may import more than their layer does: the workers are where the editor meets the analysis. */
const EXCEPTIONS: Readonly<Record<string, Layer>> = {
  'src/editor/worker.ts': { values: ['analysis', 'base', 'check', 'node'] },
  'src/editor/check/worker.ts': { values: ['analysis', 'base', 'check', 'node'] },
  'src/editor/web/worker.ts': { values: ['analysis', 'base'] },
};

/** Packages and built-in modules that only some layers may import. */
const RESERVED: readonly { pattern: RegExp; layers: readonly string[]; why: string }[] = [
  { pattern: /^vscode$/, layers: ['editor'], why: 'only the editor layer knows VS Code' },
  {
    pattern: /^node:|^(fs|path|os|child_process|worker_threads)$/,
    layers: ['cli', 'editor', 'engine.ts', 'node'],
    why: 'the layers below run in browsers too',
  },
];

const TOOLKIT = /^@vscode\/webview-ui-toolkit/;

interface Import {
  readonly file: string;
  readonly target: string;
  readonly typesOnly: boolean;
}

const STATEMENT = /^(?:import|export)\s+(type\s+)?([^'";]*?)\s*from\s+'([^']+)'/gm;
const BARE = /^import\s+'([^']+)'/gm;
const DYNAMIC = /\b(?:import|require)\(\s*'([^']+)'\s*\)(\.[A-Z])?/g;

function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8');
  return [
    ...[...text.matchAll(STATEMENT)].map(([, type, names = '', target = '']) => ({
      file,
      target,
      typesOnly: type !== undefined || allTypes(names),
    })),
    ...[...text.matchAll(BARE)].map(([, target = '']) => ({ file, target, typesOnly: false })),
    ...[...text.matchAll(DYNAMIC)].map(([, target = '', member]) => ({
      file,
      target,
      typesOnly: member !== undefined,
    })),
  ];
}

/** Whether each name in `{ type A, type B }` is imported as a type. */
function allTypes(names: string): boolean {
  const list = /^\{(.*)\}$/s
    .exec(names)?.[1]
    ?.split(',')
    .map((name) => name.trim()) ?? [''];
  return list.filter((name) => name !== '').every((name) => name.startsWith('type ')) && list.join('') !== '';
}

/** The layer a path belongs to: a folder of src/, or webview. Of the files directly under src/ only the entry has one. */
function layerOf(path: string): string | undefined {
  const [top, folder, ...rest] = relative('.', path).split(/[\\/]/);
  if (top === 'webview') return 'webview';
  return top === 'src' && (rest.length > 0 || folder === 'engine.ts') ? folder : undefined;
}

/** The sentence that says what is wrong with an import, if anything is. */
function complaint({ file, target, typesOnly }: Import): string | undefined {
  const from = layerOf(file);
  const layer = EXCEPTIONS[file] ?? LAYERS[from ?? ''];
  if (from === undefined || layer === undefined)
    return `${file}: there is no layer ${from}; add it to the table`;
  if (!target.startsWith('.')) return reserved(file, from, target);
  const to = layerOf(resolve(dirname(file), target));
  if (to === from || to === undefined || layer.values.includes(to)) return undefined;
  if (!layer.types?.includes(to)) return `${file}: ${from} may not import ${to} (${target})`;
  return typesOnly
    ? undefined
    : `${file}: ${from} may import only types of ${to} (${target}): use import type`;
}

function reserved(file: string, from: string, target: string): string | undefined {
  const rule = RESERVED.find(({ pattern }) => pattern.test(target));
  return rule && !rule.layers.includes(from)
    ? `${file}: ${from} may not import ${target}: ${rule.why}`
    : undefined;
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
    .map((name) => join(folder, name).replaceAll('\\', '/'))
    .sort();
}

describe('layers', () => {
  const imports = [...sources('src'), ...sources('webview')].flatMap(importsOf);

  it('import only what the table allows', () => {
    const complaints = imports.map(complaint).filter((line) => line !== undefined);
    if (complaints.length > 0) assert.fail(complaints.join('\n'));
  });

  it('know the widget toolkit in one file only', () => {
    const files = new Set(imports.filter(({ target }) => TOOLKIT.test(target)).map(({ file }) => file));
    assert.ok(files.size <= 1, `more than one file imports the toolkit: ${[...files].join(', ')}`);
  });
});
