// What to feed a model when nothing says what it takes. The first layer that has parameters tells the kind of input: an
// image, a volume, a signal, tokens, or features; sizes are those that the model states, and else are tried from the usual
// ones until the model runs to its end. Whatever is chosen and not stated is an assumption, and is shown as one.

import type { TensorInput } from '../frameworks/torch';
import type { StatedSizes } from '../frameworks/torch/stated-inputs';
import type { Knob, Trace, TracedModule } from '../trace/trace';

/** Inputs to try, the likeliest first, each with the words that say what was assumed or who states it. */
export interface Candidate {
  readonly input: TensorInput;
  readonly words: string;
  readonly source: Knob['source'];
}

const IMAGE_SIZES = [224, 32, 28, 64, 96, 128, 227, 256, 299, 384, 512];
const VOLUME_SIZES = [
  [16, 112, 112],
  [32, 32, 32],
  [64, 64, 64],
  [16, 224, 224],
];
const SIGNAL_LENGTHS = [1024, 128, 16_000];
const SEQUENCE_LENGTH = 128;
/** Kinds of first layers that are tried before giving up. */
const KINDS_TRIED = 3;

/** Candidates for a model that was built but not run; images of the size that it states come first. */
export function candidatesFor(trace: Trace, stated?: StatedSizes): Candidate[] {
  if (stated?.isSure) return [asStated(stated, images(3, '')), candidatesFor(trace)].flat();
  const kinds: Candidate[][] = [];
  const seen = new Set<string>();
  for (const module of trace.modules) {
    if (kinds.length === KINDS_TRIED) break;
    const family = familyOf(module, trace);
    if (!family || seen.has(family.kind)) continue;
    seen.add(family.kind);
    kinds.push(stated ? [...asStated(stated, family.candidates), ...family.candidates] : family.candidates);
  }
  return [...kinds.flat(), ...(kinds.length === 0 ? images(3, 'a model without parameters') : [])];
}

/** An image as the model says that it takes them; channels are the first layer's where the model does not name them. */
function asStated({ sizes, attribute, isSure }: StatedSizes, [usual]: readonly Candidate[]): Candidate[] {
  const [batch = 1, channels = 3, ...plane] = usual?.input.shape ?? [];
  if (!usual || plane.length !== 2) return [];
  const [height, width] = sizes.slice(-2);
  const shape = [batch, sizes.at(-3) ?? channels, height ?? 0, width ?? 0];
  const image = `a ${height}×${width} image`;
  const words = isSure
    ? `${image}, as the model says in ${attribute}`
    : `assumed ${image}, because that is the model's ${attribute}`;
  return [{ input: { ...usual.input, shape }, words, source: isSure ? 'config' : 'assumed' }];
}

/** Names of arguments of which each example has one number: a time step of diffusion, a class. */
const ONE_EACH =
  /^(?:t|ts|time|times|timesteps?|time_steps?|sigmas?|noise_levels?|y|labels?|class_labels?|classes)$/;

/** A further argument of forward: by its name one number for each example, or else like the first. */
export const furtherInput = (name: string, first: TensorInput): TensorInput =>
  ONE_EACH.test(name) ? { shape: first.shape.slice(0, 1), dtype: 'int64' } : first;

interface Family {
  /** Of each kind the first layer counts. */
  readonly kind: string;
  readonly candidates: Candidate[];
}

/** What a layer takes, by its class and the shape of its weight. */
function familyOf(module: TracedModule, trace: Trace): Family | undefined {
  const weight = weightShape(module, trace);
  if (!weight) return undefined;
  const { className: kind, path } = module;
  const by = `the first layer with parameters, ${path || kind}, is a ${kind}`;
  const channels = channelsOf(module, weight);
  if (kind === 'Embedding' || kind === 'EmbeddingBag') return { kind, candidates: tokens(by) };
  // convolutions by what their weights are: classes of them have many names
  if (weight.length === 5) return { kind: 'volume', candidates: volumes(channels, by) };
  if (weight.length === 4) return { kind: 'image', candidates: images(channels, by) };
  if (weight.length === 3 && kind.includes('Conv'))
    return { kind: 'signal', candidates: signals(channels, by) };
  if (/^(LSTM|GRU|RNN)$/.test(kind)) return { kind, candidates: sequences(weight.at(-1) ?? 1, by) };
  if (kind === 'BatchNorm2d' || kind === 'GroupNorm') return { kind, candidates: images(weight[0] ?? 3, by) };
  return { kind, candidates: features(weight.at(-1) ?? 1, by) };
}

function weightShape(module: TracedModule, trace: Trace): readonly number[] | undefined {
  const named = module.parameters.find(({ name }) => /^(weight|weight_ih_l0|in_proj_weight)$/.test(name));
  return named && trace.values[named.value]?.shape;
}

/** A convolution's weight is (out, in / groups, …); its first argument says what `in` is. A transposed one's is (in, …). */
function channelsOf({ className, arguments: given }: TracedModule, weight: readonly number[]): number {
  const first = Number(/^(?:in_channels=)?(\d+)/.exec(given ?? '')?.[1]);
  if (Number.isSafeInteger(first) && first > 0) return first;
  return (className.includes('Transpose') ? weight[0] : weight[1]) ?? 1;
}

const candidate = (
  shape: readonly number[],
  what: string,
  by: string,
  dtype: TensorInput['dtype'] = 'float32',
): Candidate => ({
  input: { shape, dtype },
  words: `assumed ${what}, because ${by}`,
  source: 'assumed',
});

const images = (channels: number, by: string): Candidate[] =>
  IMAGE_SIZES.map((size) => candidate([1, channels, size, size], `a ${size}×${size} image`, by));

const volumes = (channels: number, by: string): Candidate[] =>
  VOLUME_SIZES.map((sizes) => candidate([1, channels, ...sizes], `a ${sizes.join('×')} volume`, by));

const signals = (channels: number, by: string): Candidate[] =>
  SIGNAL_LENGTHS.map((length) => candidate([1, channels, length], `a signal of ${length} samples`, by));

const tokens = (by: string): Candidate[] => [
  candidate([1, SEQUENCE_LENGTH], `${SEQUENCE_LENGTH} tokens`, by, 'int64'),
];

const sequences = (width: number, by: string): Candidate[] => [
  candidate([1, SEQUENCE_LENGTH, width], `a sequence of ${SEQUENCE_LENGTH} steps`, by),
  candidate([SEQUENCE_LENGTH, width], `a sequence of ${SEQUENCE_LENGTH} steps without a batch`, by),
];

const features = (width: number, by: string): Candidate[] => [
  candidate([1, width], `${width} features`, by),
  candidate([1, SEQUENCE_LENGTH, width], `a sequence of ${SEQUENCE_LENGTH} steps of ${width} features`, by),
];
