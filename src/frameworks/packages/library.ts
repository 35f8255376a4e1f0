// Packages that model files import and whose source is not worth reading: plumbing for training, logs and configurations,
// and kernels that PyTorch has too. Short preludes stand for them. A module of the user's own that happens to have such a
// name is read instead: what is in a folder of the workspace comes first.

import type { FileReader } from '../../base/files';
import type { Library, ModuleDefinition } from '../../python/library';
import { framesNamespace } from './frames';
import accelerate from './prelude/accelerate.py';
import beartype from './prelude/beartype.py';
import configs from './prelude/configs.py';
import einx from './prelude/einx.py';
import fairscale from './prelude/fairscale.py';
import featureExtraction from './prelude/feature_extraction.py';
import fvcore from './prelude/fvcore.py';
import gymnasium from './prelude/gymnasium.py';
import hydra from './prelude/hydra.py';
import identity from './prelude/identity.py';
import inert from './prelude/inert.py';
import jaxtyping from './prelude/jaxtyping.py';
import jinja2 from './prelude/jinja2.py';
import kernels from './prelude/kernels.py';
import lightning from './prelude/lightning.py';
import omegaconf from './prelude/omegaconf.py';
import openmmlab from './prelude/openmmlab.py';
import optEinsum from './prelude/opt_einsum.py';
import packaging from './prelude/packaging.py';
import scipy from './prelude/scipy.py';
import spaces from './prelude/spaces.py';
import timmLayers from './prelude/timm_layers.py';
import timmWeights from './prelude/timm_weights.py';
import tqdm from './prelude/tqdm.py';

/** What the library needs to know of an interpreter's host. */
export interface Surroundings {
  readonly reader: FileReader;
  readonly searchPaths: readonly string[];
}

/** When a prelude answers: in place of what is installed, only in its place, or only where nothing is installed. */
type When = 'always' | 'installed' | 'missing';

interface Package {
  readonly text: string;
  readonly when: When;
}

const PRELUDES: Readonly<Record<string, string>> = {
  'packages._configs': configs,
  'packages._identity': identity,
  'packages._inert': inert,
  'packages._spaces': spaces,
  'packages._timm_layers': timmLayers,
  'torchvision.models.feature_extraction': featureExtraction,
};

/** Top-level packages of which every module is the same text, inert ones apart. */
const PACKAGES: Readonly<Record<string, Package>> = {
  absl: { text: hydra, when: 'always' },
  accelerate: { text: accelerate, when: 'always' },
  addict: { text: configs, when: 'always' },
  apex: { text: kernels, when: 'installed' },
  basicsr: { text: fvcore, when: 'missing' },
  beartype: { text: beartype, when: 'always' },
  box: { text: configs, when: 'always' },
  click: { text: hydra, when: 'always' },
  easydict: { text: configs, when: 'always' },
  einx: { text: einx, when: 'always' },
  fairscale: { text: fairscale, when: 'always' },
  fire: { text: hydra, when: 'always' },
  flash_attn: { text: kernels, when: 'installed' },
  fvcore: { text: fvcore, when: 'always' },
  gym: { text: gymnasium, when: 'missing' },
  gymnasium: { text: gymnasium, when: 'missing' },
  hydra: { text: hydra, when: 'always' },
  iopath: { text: fvcore, when: 'always' },
  jaxtyping: { text: jaxtyping, when: 'always' },
  jinja2: { text: jinja2, when: 'always' },
  lightning: { text: lightning, when: 'always' },
  ml_collections: { text: configs, when: 'always' },
  mmcls: { text: openmmlab, when: 'missing' },
  mmcv: { text: openmmlab, when: 'always' },
  mmdet: { text: openmmlab, when: 'missing' },
  mmengine: { text: openmmlab, when: 'always' },
  mmpretrain: { text: openmmlab, when: 'missing' },
  mmseg: { text: openmmlab, when: 'missing' },
  munch: { text: configs, when: 'always' },
  numba: { text: identity, when: 'always' },
  omegaconf: { text: omegaconf, when: 'always' },
  opt_einsum: { text: optEinsum, when: 'always' },
  packaging: { text: packaging, when: 'always' },
  pytorch_lightning: { text: lightning, when: 'always' },
  scipy: { text: scipy, when: 'always' },
  tap: { text: hydra, when: 'always' },
  timm: { text: timmLayers, when: 'missing' },
  torchtyping: { text: jaxtyping, when: 'always' },
  tqdm: { text: tqdm, when: 'always' },
  typeguard: { text: beartype, when: 'always' },
  typer: { text: hydra, when: 'always' },
  xformers: { text: kernels, when: 'installed' },
  yacs: { text: configs, when: 'always' },
};

/** What is put at the end of a module of an installed package, to define again what it should not do. */
const ENDINGS: Readonly<Record<string, string>> = {
  'timm.models._builder': timmWeights,
  'timm.models._helpers': timmWeights,
  'timm.models.helpers': timmWeights,
};

/** Packages without a part in what a model costs. */
const INERT: ReadonlySet<string> = new Set(
  `albumentations boto3 colorama comet_ml cv2 cycler dill gdown gradio graphviz h5py imageio IPython ipywidgets joblib
  kaggle librosa lmdb loguru matplotlib mlflow nbformat neptune nltk onnx onnxruntime openai pandas PIL plotly prettytable
  psutil pyarrow pycocotools pynvml requests rich seaborn sentencepiece skimage sklearn soundfile streamlit swanlab
  tabulate tensorboard tensorboardX termcolor tiktoken tokenizers torchinfo torchmetrics torchsummary wandb
  webdataset`.split(/\s+/),
);

/** Modules in packages. Any other name in one is looked for in the text. */
const PARTS: ReadonlySet<string> = new Set(
  `Image ImageDraw ImageEnhance ImageFilter ImageFont ImageOps app archs auto base base_config base_module
  bricks builder callbacks checkpoint cli cluster cm cnn collections colors common config config_dict core
  datasets decomposition dist distributed door early_stopping ensemble envs error fabric fft file_io fileio
  flags flash_attn_interface fmha functional gridspec initialize integrate interpolate io keras layers
  layers_registry linalg linear_model loggers logging losses manifold mappings metrics model model_checkpoint
  model_parallel model_selection models ndimage neighbors nn normalization notebook ops optim optimize parallel
  patches pipeline plugins preprocessing profilers progress pyplot pytorch random rank_zero registry runner
  seed signal spaces sparse spatial special stats std strategies structures svm swiglu_op table tensorboard
  ticker trainer transformer transforms types unbind utilities utils vector version vision_transformer
  weight_init wrappers`.split(/\s+/),
);

/** Folders into which packages are installed. */
const INSTALLED = /(?:^|\/)(?:site|(?:site|dist)-packages)(?:\/|$)/;

export function packagesLibrary({ reader, searchPaths }: Surroundings): Library {
  const places = new Map<string, readonly string[]>();
  const placesOf = (name: string): readonly string[] => {
    const known = places.get(name) ?? searchPaths.filter((root) => stands(reader, `${root}/${name}`));
    places.set(name, known);
    return known;
  };
  const ended = (name: string, ending: string): ModuleDefinition | undefined => {
    const files = searchPaths.map((root) => `${root}/${name.replaceAll('.', '/')}.py`);
    const file = files.find((candidate) => reader.read(candidate) !== undefined);
    return file === undefined
      ? undefined
      : { kind: 'python', file, text: `${reader.read(file)}\n${ending}`, isPackage: false };
  };
  return {
    find(name) {
      const ending = ENDINGS[name];
      if (ending !== undefined) return ended(name, ending);
      const text = PRELUDES[name];
      if (text !== undefined) return python(name, text);
      if (name === 'packages._frames') return { kind: 'native', build: framesNamespace };
      const [top = '', ...parts] = name.split('.');
      if (!parts.every((part) => PARTS.has(part))) return undefined;
      const found = INERT.has(top) ? ({ text: inert, when: 'always' } as const) : PACKAGES[top];
      return found && answers(found.when, placesOf(top)) ? python(name, found.text) : undefined;
    },
  };
}

/** Whether a prelude stands in, given the search paths that hold a module of its name. */
function answers(when: When, places: readonly string[]): boolean {
  if (when === 'missing') return places.length === 0;
  const isOwn = places.some((root) => !INSTALLED.test(root));
  return !isOwn && (when === 'always' || places.length > 0);
}

const stands = (reader: FileReader, path: string): boolean =>
  reader.isFolder(path) || reader.read(`${path}.py`) !== undefined;

/** A module and, as far as the text is concerned, a package of modules like it. */
const python = (name: string, text: string): ModuleDefinition => ({
  kind: 'python',
  file: `<packages>/${name.replaceAll('.', '/')}.py`,
  text,
  isPackage: true,
});
