// What stands in the editor: lens, hint and hover card, as exact text.

import assert from 'node:assert/strict';
import type { Mark, RootReport } from '../../src/analysis/file-report';
import { LineIndex } from '../../src/base/lines';
import { bar, type HoverContext, inputWords, markHover, rootHover } from '../../src/report/hover';
import { inlayHints, type LineFinder } from '../../src/report/inlay';
import { INPUT_COMMENT, inputComment, inputProblem, inputSpec } from '../../src/report/input-spec';
import { lensText, lensTooltip, statusText } from '../../src/report/lens';
import { createNumbers } from '../../src/report/numbers';
import { call, construction, float32, layer, model, reluCall, root, SOURCE } from './fixture';

const numbers = createNumbers();

const ASSUMED_IMAGE = {
  name: 'image',
  value: [1, 3, 224, 224],
  source: 'assumed',
  reason: 'no input was found',
} as const;
const ASSUMED_CLASSES = { name: 'num_classes', value: 10, source: 'assumed', reason: 'not given' } as const;
const GAP = { reason: 'torch.foo is not modelled yet', stack: [], count: 3 } as const;

describe('lens', () => {
  const lens = (changes: Partial<RootReport> = {}, stale = false) =>
    lensText(root(changes), { stale, numbers, roots: [] });

  it('is the price in one line', () =>
    assert.equal(lens(), '25.6 M params · 8.21 GFPO · 97.7 MiB · 1×3×224×224'));

  it('says what is assumed', () => {
    assert.equal(
      lens({ report: model({ knobs: [ASSUMED_IMAGE] }), input: { kind: 'assumed', text: 'an image' } }),
      '25.6 M params · ~8.21 GFPO · 97.7 MiB · assumed input 1×3×224×224',
    );
    assert.equal(
      lens({ report: model({ knobs: [ASSUMED_CLASSES] }) }),
      '~25.6 M params · ~8.21 GFPO · ~97.7 MiB · 1×3×224×224 · assumed num_classes = 10',
    );
  });

  it('says what is missing', () =>
    assert.equal(
      lens({ report: model({ gaps: [GAP, GAP] }) }),
      '≥ 25.6 M params · ≥ 8.21 GFPO · ≥ 97.7 MiB · 1×3×224×224 · 2 gaps',
    ));

  it('never shows a figure that is not known', () =>
    assert.equal(
      lens({ report: model({ fpo: null, inputs: [], gaps: [GAP] }) }),
      '≥ 25.6 M params · FPO unknown · ≥ 97.7 MiB · 1 gap',
    ));

  it('says what is the matter where there is no figure at all', () =>
    assert.equal(
      lens({ report: model({ fpo: null, params: { total: 0, trainable: 0 }, gaps: [GAP] }) }),
      'Not priced: torch.foo is not modelled yet',
    ));

  it('says that it is stale', () =>
    assert.equal(lens({}, true), '25.6 M params · 8.21 GFPO · 97.7 MiB · 1×3×224×224 · before this edit'));

  it('says why there is no price', () =>
    assert.equal(
      lens({ report: null, problem: { message: 'out of $(zap) steps', stack: [] } }),
      'Not priced: out of $\u200b(zap) steps',
    ));

  it('says where a class that has no price of its own is part of another', () => {
    const block = root({
      id: 'Block',
      report: null,
      problem: { message: 'Block needs arguments', stack: [] },
      within: { root: 0, layers: [1, 2] },
    });
    const roots = [root({ id: 'resnet50()', report: model({ gaps: [GAP] }) }), block];
    assert.equal(
      lensText(block, { numbers, stale: false, roots }),
      '2 in resnet50() · ≥ 9.41 K params · ≥ 237 MFPO · ≥ 36.8 KiB · 1 gap',
    );
  });

  it('lists every caveat in its tooltip', () =>
    assert.equal(
      lensTooltip(root({ report: model({ knobs: [ASSUMED_CLASSES], gaps: [GAP] }) }), {
        stale: false,
        numbers,
        roots: [],
      }),
      [
        'Parameters, FPO of one forward pass, weights, input',
        'num_classes = 10 (assumed: not given)',
        'Gap: torch.foo is not modelled yet (3 times)',
        'Open the report',
      ].join('\n'),
    ));

  it('is shorter in the status bar', () => {
    assert.equal(statusText(root(), numbers), 'Net 8.21 GFPO');
    assert.equal(statusText(root({ report: model({ gaps: [GAP] }) }), numbers), 'Net ≥ 8.21 GFPO');
    assert.equal(statusText(root({ report: null }), numbers), 'Net not priced');
  });
});

describe('inlay hints', () => {
  const hints = (marks: readonly Mark[], source = SOURCE, sign = '') =>
    inlayHints(marks, finder(source), () => sign, numbers).map(({ end, text }) => ({
      line: source.slice(0, end).split('\n').at(-1)?.trim(),
      text,
    }));

  /** A call whose text is found in a source of one line. */
  const at = (source: string, text: string, changes: Partial<Mark> = {}) => {
    const start = source.indexOf(text);
    return call({ range: { start, end: start + text.length }, ...changes });
  };

  it('sum up a line', () =>
    assert.deepEqual(hints([construction(), reluCall(), call()]), [
      { line: 'x = self.relu(self.conv1(x))', text: '→ (1, 64, 112, 112) · 237 MFPO' },
    ]));

  it('name the call where the line gives something else', () => {
    const source = 'x = x + self.attn(x)';
    assert.deepEqual(
      hints([at(source, 'self.attn(x)', { name: 'attn' })], source).map(({ text }) => text),
      ['attn → (1, 64, 112, 112) · 236 MFPO'],
    );
    const indexed = 'y = self.fc(x)[:, 0]';
    assert.deepEqual(
      hints([at(indexed, 'self.fc(x)', { name: 'fc' })], indexed).map(({ text }) => text),
      ['fc → (1, 64, 112, 112) · 236 MFPO'],
    );
  });

  it('name both of two calls and only count more', () => {
    const source = 'return a(x) + b(x) + c(x)';
    const [a, b, c] = ['a', 'b', 'c'].map((name) => at(source, `${name}(x)`, { name })) as [Mark, Mark, Mark];
    assert.deepEqual(
      hints([a, b], source).map(({ text }) => text),
      ['a → (1, 64, 112, 112), b → (1, 64, 112, 112) · 472 MFPO'],
    );
    assert.deepEqual(
      hints([a, b, c], source).map(({ text }) => text),
      ['3 calls · 708 MFPO'],
    );
  });

  it('show what a tensor is taken apart into', () => {
    const source = 'q, k, v = self.qkv(x).chunk(3)';
    const target = at(source, 'q', {
      name: 'unbind',
      outputs: [float32(1, 8), float32(1, 8), float32(1, 8)],
    });
    const whole = at(source, 'self.qkv(x).chunk(3)', { name: 'chunk' });
    assert.deepEqual(
      hints([target, whole], source).map(({ text }) => text),
      ['→ 3 × (1, 8) · 472 MFPO'],
    );
  });

  it('show how often a line runs', () => {
    const source = 'x = layer(x)';
    const text = (changes: Partial<Mark>, sign = '') =>
      hints([at(source, 'layer(x)', changes)], source, sign).map((hint) => hint.text)[0];
    const four = { count: 4, fpo: { total: 4000, contraction: 4000 }, outputs: [float32(1, 8)] };
    assert.equal(text({ ...four, fpoRange: [1000, 1000] }), '→ (1, 8) · 4 × 1.00 KFPO');
    assert.equal(
      text({ ...four, fpoRange: [500, 1500], sameShapes: false }, '~'),
      '→ (1, 8) first · ~4.00 KFPO in 4 calls',
    );
    assert.equal(
      text({ ...four, fpo: { total: 0, contraction: 0 }, fpoRange: [0, 0] }),
      '→ (1, 8) · 4 calls',
    );
  });

  it('do not count twice what a lambda does', () => {
    const source = 'x = checkpoint(lambda t: self.conv1(t), x)';
    const outer = at(source, source.slice(4), { name: 'checkpoint' });
    assert.deepEqual(
      hints([outer, at(source, 'self.conv1(t)')], source).map(({ text }) => text),
      ['→ (1, 64, 112, 112) · 236 MFPO'],
    );
  });

  it('say that there is a gap', () => {
    const source = 'x = foo(x)';
    const mark = at(source, 'foo(x)', { gap: 'foo is not modelled yet' });
    assert.deepEqual(
      hints([mark], source).map(({ text }) => text),
      ['→ (1, 64, 112, 112) · ≥ 236 MFPO · gap'],
    );
  });
});

function finder(source: string): LineFinder {
  const index = new LineIndex(source);
  const ends = (offset: number) => source.indexOf('\n', offset);
  return {
    lineOf: (offset) => index.lineOf(offset),
    slice: (start, end) => source.slice(start, end),
    lineStart: (offset) => source.lastIndexOf('\n', offset - 1) + 1,
    lineEnd: (offset) => (ends(offset) < 0 ? source.length : ends(offset)),
  };
}

describe('hover card', () => {
  const context: HoverContext = {
    numbers,
    place: () => 'line 88',
    links: { report: 'command:r', input: 'command:i' },
    stale: false,
    roots: [],
  };
  const FOOTER =
    'input from line 88: `torch.randn(1, 3, 224, 224)` · [Open Report](command:r) · [Set Input…](command:i)';
  const card = (mark: Mark, changes: Partial<RootReport> = {}, more: Partial<HoverContext> = {}) =>
    markHover(mark, root(changes), { ...context, ...more }).split('  \n');

  it('shows a layer at its construction', () =>
    assert.deepEqual(card(construction()), [
      '**Conv2d** `conv1` — 9,408 parameters (0.04 %) · 236 MFPO (2.9 %) ▰▱▱▱▱▱▱▱▱▱',
      '(1, 3, 224, 224) → (1, 64, 112, 112), float32',
      'FPO = 2 × 3 × 7 × 7 × 64 × 112 × 112 (118 M MACs)',
      'weights 36.8 KiB, output 3.06 MiB',
      FOOTER,
    ]));

  it('shows a call without parameters', () =>
    assert.deepEqual(card(reluCall({ layers: [], name: 'relu' })), [
      '**relu** — 803 KFPO (0.01 %) ▰▱▱▱▱▱▱▱▱▱',
      '(1, 64, 112, 112) → (1, 64, 112, 112), float32',
      'FPO = 1 × 64 × 112 × 112 (1 per output element)',
      'output 3.06 MiB',
      FOOTER,
    ]));

  it('sums up a line that makes several', () =>
    assert.deepEqual(
      card(
        construction({
          layers: [1, 2],
          count: 16,
          params: { total: 1_000_000, trainable: 1_000_000 },
          paramsRange: [4096, 65_536],
          fpo: { total: 2_000_000_000, contraction: 2_000_000_000 },
          fpoRange: [51_400_000, 411_000_000],
          sameShapes: false,
        }),
      ).slice(0, 3),
      [
        '**Conv2d** × 16 `conv1` and 1 more — 1,000,000 parameters (3.9 %), 4,096 to 65,536 each' +
          ' · 2.00 GFPO (24 %), 51.4 MFPO to 411 MFPO each ▰▰▱▱▱▱▱▱▱▱',
        '(1, 3, 224, 224) → (1, 64, 112, 112), float32 at first; 16 times in all',
        'weights 36.8 KiB in all, output 3.06 MiB in all',
      ],
    ));

  it('gives the formula of each where all are alike', () => {
    const mark = call({
      count: 4,
      fpo: { total: 4 * 236_027_904, contraction: 4 * 236_027_904 },
    });
    assert.deepEqual(card(mark).slice(1, 3), [
      '(1, 3, 224, 224) → (1, 64, 112, 112), float32, each of 4 times',
      'FPO of each = 2 × 3 × 7 × 7 × 64 × 112 × 112 (118 M MACs)',
    ]);
    assert.match(card({ ...mark, sameShapes: false })[2] ?? '', /^FPO of the first = 2 × 3/);
  });

  it('says what is assumed, missing or never called', () => {
    const report = model({
      knobs: [ASSUMED_CLASSES],
      gaps: [GAP],
      layers: [layer({ path: '' }), layer({ calls: 0 })],
    });
    const text = card(construction({ gap: 'bad | thing' }), { report }, { stale: true });
    assert.match(text[0] ?? '', /≥ 9,408 parameters .* · ≥ 236 MFPO/);
    assert.deepEqual(text.slice(4, -1), [
      'Never called in this run.',
      '**Gap:** bad \\| thing',
      '**Assumed:** num\\_classes = 10 (assumed: not given)',
      '**1 gap:** torch.foo is not modelled yet (3 times)',
      '*These are the figures before the edit that cannot be read yet.*',
    ]);
  });

  it('shows a model at its name', () =>
    assert.deepEqual(rootHover(root(), context).split('  \n'), [
      '**Net** — 25,557,032 parameters · 8.21 GFPO',
      '(1, 3, 224, 224) → (1, 1000), float32',
      'FPO = 8,178,368,512 in contractions (4.09 G MACs) + 32,631,488 other; training step 24.4 GFPO',
      'weights 97.7 MiB, inference peak 122 MiB',
      'most in `conv1` 2.9 %, `relu` 0.01 %',
      FOOTER,
    ]));

  it('shows a class as part of a model', () => {
    const block = root({ id: 'Block', report: null, within: { root: 0, layers: [1, 2] } });
    const text = rootHover(block, { ...context, roots: [root({ id: 'resnet50()' }), block] });
    assert.deepEqual(text.split('  \n'), [
      '**Block** × 2 in `resnet50()` — 9,408 parameters (0.04 %) · 237 MFPO (2.9 %) ▰▱▱▱▱▱▱▱▱▱',
      'parameters: 0 to 9,408 each',
      'weights 36.8 KiB',
      FOOTER,
    ]);
  });

  it('says why a model has no price', () =>
    assert.deepEqual(
      rootHover(
        root({ report: null, input: null, problem: { message: 'no `forward`', stack: [] } }),
        context,
      ).split('  \n'),
      ['**Net** — not priced', 'no \\`forward\\`', '[Open Report](command:r) · [Set Input…](command:i)'],
    ));

  it('escapes what comes from the user', () => {
    const report = model({ layers: [layer(), layer({ path: 'a`[x](command:evil)' })] });
    assert.match(
      card(construction({ name: '<b>[x](y)' }), { report })[0] ?? '',
      /^\*\*\\<b\\>\\\[x\\\]\(y\)\*\* `` a`\[x\]\(command:evil\) `` —/,
    );
  });

  it('draws shares in ten segments', () => {
    assert.equal(bar(0, 10), '▱▱▱▱▱▱▱▱▱▱');
    assert.equal(bar(1, 1000), '▰▱▱▱▱▱▱▱▱▱');
    assert.equal(bar(5, 10), '▰▰▰▰▰▱▱▱▱▱');
    assert.equal(bar(10, 10), '▰▰▰▰▰▰▰▰▰▰');
    assert.equal(bar(1, 0), '▱▱▱▱▱▱▱▱▱▱');
  });
});

describe('input', () => {
  const words = (input: RootReport['input']) => input && inputWords(input, () => 'line 4');
  const range = { start: 0, end: 1 };

  it('is told with its origin', () => {
    assert.equal(
      words({ kind: 'code', text: 'input from line 3: torch.randn(1, 3)', range }),
      'input from line 4: `torch.randn(1, 3)`',
    );
    assert.equal(
      words({ kind: 'comment', text: 'input from the comment: (1, 3)', range }),
      'input from the comment on line 4: `(1, 3)`',
    );
    assert.equal(words({ kind: 'user', text: 'input set to 1,3' }), 'input set by you: `1,3`');
    assert.equal(words({ kind: 'config', text: 'input from price-tag.json' }), 'input from price-tag.json');
    assert.equal(
      words({ kind: 'assumed', text: 'assumed a 224×224 image, because `conv_1` is a Conv2d' }),
      'assumed a 224×224 image, because \\`conv\\_1\\` is a Conv2d',
    );
  });

  it('is checked before it is used', () => {
    const problems = ['1,3,224,224', '1,128:int64; mask=1,128', '(1, 3)', '', '()'].map(inputProblem);
    assert.deepEqual(
      problems,
      problems.map(() => undefined),
    );
    assert.deepEqual(['1,x', '1,3:int5', '1;;2', '9x=1', '1,99999999999'].map(inputProblem), [
      '“1,x” is not a shape: write sizes with commas between them, as 1,3,224,224.',
      '“int5” is not a dtype: write one of PyTorch’s, as int64.',
      'There is nothing between two semicolons.',
      '“9x” is not the name of an argument.',
      '99999999999 is too large a size.',
    ]);
  });

  it('can be written as a comment and back', () => {
    assert.equal(inputComment('1,3,224,224'), '# price-tag: input=(1, 3, 224, 224)');
    assert.equal(inputComment('ids=1,128:int64; 5'), '# price-tag: input=ids=(1, 128):int64; (5,)');
    assert.ok(INPUT_COMMENT.test('    # price-tag: input=(1, 3)'));
    assert.equal(inputSpec([float32(1, 3), { shape: [1, 8], dtype: 'int64' }]), '1,3; 1,8:int64');
  });
});
