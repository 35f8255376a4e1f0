// Our operators and bindings against PyTorch's own answers: shapes, types, layouts, contents, views, contraction FPO forward
// and backward, bytes kept for backward. Where we differ on purpose, the name stands in a list with the reason.

import assert from 'node:assert/strict';
import { OpError } from '../../src/ops/operator';
import { denseStrides, stridesOf } from '../../src/tensor/strides';
import { CASES, type Case, contentsOf, type Outcome, run, spelled, visibleStrides } from './oracle-cases';

/** Names where we differ from PyTorch on purpose, each with the reason; a reason that no case needs any more fails. */
type Reasons = Readonly<Record<string, string>>;

const NOT_COUNTED = 'FlopCounterMode does not count this contraction; it is one';
const FORWARD: Reasons = {
  'F.affine_grid': NOT_COUNTED,
  'F.bilinear': NOT_COUNTED,
  'torch.addbmm': NOT_COUNTED,
  'torch.addmv': NOT_COUNTED,
  'torch.cdist': NOT_COUNTED,
  'torch.dot': NOT_COUNTED,
  'torch.linalg.vecdot': NOT_COUNTED,
  'torch.matmul': 'FlopCounterMode counts nothing for products with a vector',
  'torch.mv': NOT_COUNTED,
};

const IGNORES_GROUPS = 'its formula for the gradient of the weight ignores groups';
const BACKWARD: Reasons = {
  'F.bilinear': NOT_COUNTED,
  'F.conv1d': IGNORES_GROUPS,
  'F.conv2d': IGNORES_GROUPS,
  'F.conv_transpose2d': IGNORES_GROUPS,
  'torch.addmv': NOT_COUNTED,
  'torch.cdist': NOT_COUNTED,
  'torch.dot': NOT_COUNTED,
  'torch.linalg.vecdot': NOT_COUNTED,
  'torch.matmul': 'FlopCounterMode counts nothing for products with a vector',
  'torch.mv': NOT_COUNTED,
};

const COMPOSITE = 'PyTorch composes it of others and keeps what each of them keeps';
const STEPS = 'without a GPU it is unrolled into single steps; we keep what a fused kernel keeps';
const FACTORS = 'the LU factors that are kept are not modelled';
const KEPT: Reasons = {
  'F.cosine_embedding_loss': COMPOSITE,
  'F.cosine_similarity': COMPOSITE,
  'F.embedding_bag': 'its index tables are not modelled',
  'F.logsigmoid': 'the buffer exists on the CPU only',
  'F.pairwise_distance': COMPOSITE,
  'F.rms_norm': 'the meta device decomposes it; CUDA has a fused kernel',
  'F.rrelu': 'the noise exists in training only',
  'F.scaled_dot_product_attention': 'the meta device decomposes it; ours is the fused kernel',
  'F.triplet_margin_loss': COMPOSITE,
  'torch.float_power': COMPOSITE,
  'torch.gru': STEPS,
  'torch.gru_cell': STEPS,
  'torch.linalg.det': FACTORS,
  'torch.linalg.eigvalsh': FACTORS,
  'torch.linalg.slogdet': FACTORS,
  'torch.linalg.solve': FACTORS,
  'torch.linalg.svdvals': FACTORS,
  'torch.lstm': STEPS,
  'torch.lstm_cell': STEPS,
  'torch.quantile': COMPOSITE,
  'torch.rnn_relu': STEPS,
  'torch.rnn_tanh': STEPS,
  'torch.rnn_tanh_cell': STEPS,
  'torch.stft': COMPOSITE,
};

const LAYOUT: Reasons = {
  'F.scaled_dot_product_attention': 'ours is the layout of the fused kernels',
  'torch.fft.rfftn': 'the meta device lays out the last dimension apart',
};

const byName = new Map<string, Case[]>();
for (const one of CASES) byName.set(one.name, [...(byName.get(one.name) ?? []), one]);

type Check = (one: Case, got: Outcome) => string | undefined;

const differs = (what: string, got: unknown, wanted: unknown): string | undefined =>
  String(got) === String(wanted) ? undefined : `${what} ${got}, PyTorch ${wanted}`;

const near = (a: number, b: number): boolean =>
  Object.is(a, b) || a === b || Math.abs(a - b) <= 1e-6 * Math.abs(b);

const types: Check = ({ outputs = [] }, got) =>
  differs(
    'gives',
    got.outputs.map(({ shape, dtype }) => `${dtype}[${shape}]`).join(' '),
    outputs.map(({ shape, dtype }) => `${dtype}[${shape}]`).join(' '),
  );

const layouts: Check = ({ outputs = [] }, got) => {
  const ours = got.outputs.map((spec) => visibleStrides(spec.shape, stridesOf(spec)));
  const theirs = outputs.map(({ shape, strides }) => visibleStrides(shape, strides ?? denseStrides(shape)));
  return differs('strides', ours.join(' '), theirs.join(' '));
};

const contents: Check = ({ outputs = [] }, got) => {
  for (const [i, output] of outputs.entries()) {
    const [ours, theirs] = [got.outputs[i]?.contents, contentsOf(output)];
    if (ours === undefined || theirs === undefined) continue;
    const same = ours.length === theirs.length && ours.every((x, at) => near(x, theirs[at] as number));
    if (!same) return `contents ${ours}, PyTorch ${theirs}`;
  }
  return undefined;
};

const sharing: Check = ({ view = false }, got) => differs('view', got.view, view);
const forward: Check = ({ flops = 0 }, got) => differs('contraction FPO', got.flops, flops);
const backward: Check = ({ backward: theirs = 0, saved }, got) =>
  saved === undefined ? undefined : differs('backward FPO', got.backward, theirs);
const kept: Check = ({ saved }, got) =>
  saved === undefined ? undefined : differs('saves', got.saved, saved);

/** Runs a check over the cases of each name: one test per name, and one for the list of reasons. */
function check(title: string, wrong: Check, reasons: Reasons = {}): void {
  describe(`operators against PyTorch: ${title}`, () => {
    for (const [name, cases] of byName)
      if (!(name in reasons)) it(name, () => assert.deepEqual(complaints(cases, wrong), []));
    it('differs only where it has a reason', () => {
      const idle = Object.keys(reasons).filter(
        (name) => complaints(byName.get(name) ?? [], wrong).length === 0,
      );
      assert.deepEqual(idle, []);
    });
  });
}

function complaints(cases: readonly Case[], wrong: Check): string[] {
  return cases.flatMap((one) => {
    const text = complaint(one, wrong);
    return text === undefined ? [] : [`${spelled(one)}: ${text}`];
  });
}

function complaint(one: Case, wrong: Check): string | undefined {
  try {
    const got = run(one);
    return one.refused === undefined ? wrong(one, got) : `PyTorch refuses: ${one.refused}`;
  } catch (error) {
    return one.refused !== undefined && error instanceof OpError ? undefined : String(error);
  }
}

check('shapes and types', types);
check('contents', contents);
check('layouts', layouts, LAYOUT);
check('views', sharing);
check('contraction FPO', forward, FORWARD);
check('contraction FPO backward', backward, BACKWARD);
check('kept for backward', kept, KEPT);
