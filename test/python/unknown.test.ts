// What is computed from something unknown is unknown, what does not depend on it is known, and nothing is invented.

import assert from 'node:assert/strict';
import { evaluateExpression, executeText, runModule } from '../../src/python/evaluate';
import { Interpreter } from '../../src/python/interpreter';
import { standardLibrary } from '../../src/python/stdlib';
import { Unknown } from '../../src/python/values';

const PROGRAM = `
import _unknown, random, time, os, math, functools, itertools, copy, json, re, datetime, subprocess, argparse
u = _unknown.unknown('the reason')

class Vague:
    def __float__(self):
        return u
    __index__ = __float__

d = {'a': 1, 'u': u}
parser = argparse.ArgumentParser()
parser.add_argument('file')
parser.add_argument('--lr', type=float, default=0.1)
args = parser.parse_args()
`;

/** An expression and what is to come out; `unknown` where nothing may be known. */
const CASES: readonly (readonly [expression: string, expected: string])[] = [
  ['u', 'unknown'],
  ['u + 1', 'unknown'],
  ['u.attribute', 'unknown'],
  ['u(1, 2)', 'unknown'],
  ['u[0]', 'unknown'],
  ['len(u)', 'unknown'],
  ['int(u)', 'unknown'],
  ['math.log(Vague())', 'unknown'],
  ['range(Vague())', 'unknown'],
  ['str(u)', 'unknown'],
  ["f'{u}'", 'unknown'],
  ["'%s' % u", 'unknown'],
  ["'{}'.format(u)", 'unknown'],
  ["'-'.join(['a', u])", 'unknown'],
  ['list(u)', 'unknown'],
  ['dict(u)', 'unknown'],
  ['tuple(u)', 'unknown'],
  ['sorted([1, u])', 'unknown'],
  ['sum([1, u])', 'unknown'],
  ['max(1, u)', 'unknown'],
  ['isinstance(u, int)', 'unknown'],
  ['isinstance(3, (int, u))', 'True'],
  ['isinstance(3, u)', 'False'],
  ["hasattr(u, 'x')", 'unknown'],
  ["getattr(u, 'x', 3)", 'unknown'],
  ['callable(u)', 'unknown'],
  ['type(u)', 'unknown'],
  ['any([u, True])', 'True'],
  ['any([u, False])', 'unknown'],
  ['all([u, False])', 'False'],
  ['[1, u][0]', '1'],
  ["d['a']", '1'],
  ["d['u']", 'unknown'],
  ['d.get(u)', 'unknown'],
  ["d.get('a', u)", '1'],
  ["d.get('z', u)", 'unknown'],
  ['enumerate(u)', 'unknown'],
  ['zip([1], u)', 'unknown'],
  ['len([u, u])', '2'],
  ['[u, 1].index(1)', 'unknown'],
  ['math.sqrt(u)', 'unknown'],
  ['functools.partial(u, 1)', 'unknown'],
  ['functools.partial(max, u)(1)', 'unknown'],
  ['itertools.chain([1], u)', 'unknown'],
  ['copy.deepcopy([u, 1])[1]', '1'],
  ['json.dumps([u])', 'unknown'],
  ["re.sub('a', 'b', u)", 'unknown'],
  ['random.random()', 'unknown'],
  ['random.choice([5])', '5'],
  ['random.choice([5, 6])', 'unknown'],
  ['random.seed(1)', 'None'],
  ['time.time()', 'unknown'],
  ['time.time() - 3', 'unknown'],
  ['datetime.datetime.now().strftime("%Y")', 'unknown'],
  ["subprocess.check_output(['ls'])", 'unknown'],
  ["open('weights.bin')", 'unknown'],
  ["open('weights.bin').read()", 'unknown'],
  ["os.environ['HOME']", 'unknown'],
  ["os.environ.get('HOME')", 'None'],
  ["os.path.exists('weights.bin')", 'False'],
  ["os.listdir('.')", 'unknown'],
  ['input()', 'unknown'],
  ['args.file', 'unknown'],
  ['args.lr', '0.1'],
  ["u == 1 and 'x'", 'unknown'],
  ['u is None', 'unknown'],
  ['[x for x in [1, 2]]', '[1, 2]'],
  ['slice(u)', 'slice(None, <unknown>, None)'],
];

const FILES: Readonly<Record<string, string>> = {
  'data/c.json': '{"dims": [1, 2], "p": 0.5}',
  'data/c.yaml':
    'model:\n  dims: [1, 2]  # sizes\n  name: "net"\n  drop: 0.1\n  blocks:\n    - {k: 3, s: 2}\n    - k: 5\n      act: ~\n',
  'data/odd.yaml': 'a: &x 1\nb: *x\n',
  '/disk/net/__init__.py': '',
  '/disk/net/a.py': '',
  '/disk/net/cfg/.hidden.yaml': '',
  '/disk/net/cfg/deep/one.yaml': '',
  '/disk/net/cfg/two.yaml': '',
};

const READER = {
  read: (path: string) => FILES[path],
  isFolder: (path: string) => path === 'data' || (path !== '/' && namesIn(path).length > 0),
  list: (path: string) => (namesIn(path).length > 0 ? namesIn(path) : undefined),
};

function namesIn(folder: string): string[] {
  const below = Object.keys(FILES).filter((file) => file.startsWith(`${folder}/`));
  return [...new Set(below.map((file) => file.slice(folder.length + 1).split('/')[0] as string))].sort();
}

function session(program: string): (expression: string) => string {
  const interpreter = new Interpreter({
    reader: READER,
    searchPaths: [],
    libraries: [standardLibrary],
    limits: { milliseconds: Number.POSITIVE_INFINITY },
  });
  const module = runModule(interpreter, '', 'unknown.py', 'known');
  executeText(interpreter, program, module);
  return (expression) => {
    const value = evaluateExpression(interpreter, expression, module);
    return value instanceof Unknown ? 'unknown' : interpreter.repr(value);
  };
}

describe('python unknowns', () => {
  const ask = session(PROGRAM);
  for (const [expression, expected] of CASES) {
    it(`${expression} is ${expected}`, () => {
      assert.equal(ask(expression), expected);
    });
  }
});

describe('python files', () => {
  const ask = session('import glob, json, yaml, os, pathlib, pkgutil\n');
  const cases: readonly (readonly [string, string])[] = [
    ["json.load(open('data/c.json'))", "{'dims': [1, 2], 'p': 0.5}"],
    ["json.loads(pathlib.Path('data/c.json').read_text())['dims']", '[1, 2]'],
    [
      "yaml.safe_load(open('data/c.yaml'))",
      "{'model': {'dims': [1, 2], 'name': 'net', 'drop': 0.1, 'blocks': [{'k': 3, 's': 2}, {'k': 5, 'act': None}]}}",
    ],
    ["yaml.safe_load('- 1\\n- a: b\\n- |\\n  x\\n  y\\n')", "[1, {'a': 'b'}, 'x\\ny\\n']"],
    [
      "yaml.safe_load('a: yes\\nb: 1e-3\\nc: 1.0e-3\\nd: 0x10\\n')",
      "{'a': True, 'b': '1e-3', 'c': 0.001, 'd': 16}",
    ],
    ["yaml.safe_load(open('data/odd.yaml'))", 'unknown'],
    ["os.path.isfile('data/c.json'), os.path.isdir('data')", '(True, True)'],
    ["[line.strip() for line in open('data/c.yaml')][0]", "'model:'"],
    [
      "yaml.safe_load('a: # it\\'s so\\n  b: \\'#1\\' # two\\n  c: d#e\\n')",
      "{'a': {'b': '#1', 'c': 'd#e'}}",
    ],
    [
      "os.listdir('/disk/net'), [e.name for e in os.scandir('/disk/net') if e.is_dir()]",
      "(['__init__.py', 'a.py', 'cfg'], ['cfg'])",
    ],
    [
      "list(os.walk('/disk/net/cfg'))",
      "[('/disk/net/cfg', ['deep'], ['.hidden.yaml', 'two.yaml']), ('/disk/net/cfg/deep', [], ['one.yaml'])]",
    ],
    [
      "glob.glob('/disk/net/**/*.yaml', recursive=True)",
      "['/disk/net/cfg/two.yaml', '/disk/net/cfg/deep/one.yaml']",
    ],
    [
      "glob.glob('/disk/net/**/two.yaml', recursive=True), glob.glob('/disk/net/*.yaml')",
      "(['/disk/net/cfg/two.yaml'], [])",
    ],
    ["glob.glob('/disk/*/a.py'), glob.glob('a/*.py')", "(['/disk/net/a.py'], <unknown>)"],
    [
      "[p.name for p in pathlib.Path('/disk/net').glob('*.py')], [str(p) for p in pathlib.Path('/disk').rglob('one.*')]",
      "(['__init__.py', 'a.py'], ['/disk/net/cfg/deep/one.yaml'])",
    ],
    [
      "[(m.name, m.ispkg) for m in pkgutil.walk_packages(['/disk'], 'x.')]",
      "[('x.net', True), ('x.net.a', False)]",
    ],
    ["os.listdir('/elsewhere')", 'unknown'],
  ];
  for (const [expression, expected] of cases) {
    it(expression, () => {
      assert.equal(ask(expression), expected);
    });
  }
});
