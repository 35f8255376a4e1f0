// Which modules of transformers, and of huggingface_hub, are read from our own text instead of the installed package.
//
// A model's modeling_*.py and configuration_*.py come from the search path and are interpreted as they are, and so is all
// else of the package that is ordinary code: outputs, activations, caches, rotary tables, backbones. What is replaced is
// plumbing: loading weights, dispatch to kernels, lazy imports, documentation made at run time, generation.
// Nothing is answered for transformers where the package itself is not on the search path.
// Left out: tokenizers, image processors, trainers and pipelines; their names are unknown values.

import type { FileReader } from '../../base/files';
import type { Library, ModuleDefinition } from '../../python/library';
import { AS_INSTALLED } from './exports';
import auto_factory from './prelude/auto_factory.py';
import configuration_auto from './prelude/configuration_auto.py';
import configuration_utils from './prelude/configuration_utils.py';
import conversion_mapping from './prelude/conversion_mapping.py';
import generation from './prelude/generation.py';
import hub_dataclasses from './prelude/hub_dataclasses.py';
import huggingface_hub from './prelude/huggingface_hub.py';
import initialization from './prelude/initialization.py';
import integrations from './prelude/integrations.py';
import layer_configs from './prelude/layer_configs.py';
import masking_utils from './prelude/masking_utils.py';
import model_parts from './prelude/model_parts.py';
import modeling_utils from './prelude/modeling_utils.py';
import moe from './prelude/moe.py';
import names from './prelude/names.py';
import older from './prelude/older.py';
import processing_utils from './prelude/processing_utils.py';
import unread from './prelude/unread.py';
import decorators from './prelude/utils/decorators.py';
import generic from './prelude/utils/generic.py';
import import_utils from './prelude/utils/import_utils.py';
import logging from './prelude/utils/logging.py';
import output_capturing from './prelude/utils/output_capturing.py';
import utils from './prelude/utils/package.py';
import weights from './prelude/weights.py';
import { buildReading } from './reading';

/** What the library needs to know of an interpreter's host. */
export interface Installed {
  readonly reader: FileReader;
  readonly searchPaths: readonly string[];
}

/** Modules by the text that stands in for them. */
const REPLACED: readonly (readonly [file: string, text: string, modules: readonly string[]])[] = [
  ['auto_factory.py', auto_factory, ['models.auto.auto_factory']],
  ['configuration_auto.py', configuration_auto, ['models.auto.configuration_auto']],
  ['configuration_utils.py', configuration_utils, ['configuration_utils']],
  ['conversion_mapping.py', conversion_mapping, ['conversion_mapping']],
  ['initialization.py', initialization, ['initialization']],
  ['layer_configs.py', layer_configs, ['_layer_configs']],
  ['masking_utils.py', masking_utils, ['masking_utils']],
  ['older.py', older, ['_older']],
  ['model_parts.py', model_parts, ['_model_parts']],
  ['modeling_utils.py', modeling_utils, ['modeling_utils']],
  ['moe.py', moe, ['integrations.moe']],
  ['processing_utils.py', processing_utils, ['processing_utils']],
  ['utils/decorators.py', decorators, ['utils.auto_docstring', 'utils.deprecation', 'utils.doc']],
  ['utils/generic.py', generic, ['utils.generic']],
  ['utils/import_utils.py', import_utils, ['utils.import_utils']],
  ['utils/logging.py', logging, ['utils.logging']],
  ['utils/output_capturing.py', output_capturing, ['utils.output_capturing']],
  ['weights.py', weights, ['_weights']],
  [
    'generation.py',
    generation,
    [
      'generation.candidate_generator',
      'generation.configuration_utils',
      'generation.logits_process',
      'generation.stopping_criteria',
      'generation.streamers',
      'generation.utils',
    ],
  ],
  [
    'integrations.py',
    integrations,
    [
      'integrations.accelerate',
      'integrations.deepspeed',
      'integrations.flash_attention',
      'integrations.flex_attention',
      'integrations.fsdp',
      'integrations.hub_kernels',
      'integrations.peft',
      'modeling_flash_attention_utils',
    ],
  ],
  [
    'unread.py',
    unread,
    [
      'core_model_loading',
      'data',
      'dynamic_module_utils',
      'feature_extraction_sequence_utils',
      'feature_extraction_utils',
      'image_processing_backends',
      'image_processing_base',
      'modeling_gguf_pytorch_utils',
      'pipelines',
      'quantizers',
      'tokenization_python',
      'tokenization_utils_base',
      'tokenization_utils_sentencepiece',
      'tokenization_utils_tokenizers',
      'trainer',
      'trainer_callback',
      'trainer_seq2seq',
      'trainer_utils',
      'training_args',
      'training_args_seq2seq',
      'utils.hub',
      'utils.peft_utils',
      'video_processing_utils',
    ],
  ],
];

/** Packages, whose own `__init__` fills itself in at run time. */
const PACKAGES: readonly (readonly [file: string, text: string, module: string])[] = [
  ['__init__.py', names, ''],
  ['generation/__init__.py', generation, 'generation'],
  ['integrations/__init__.py', integrations, 'integrations'],
  ['models/__init__.py', names, 'models'],
  ['utils/__init__.py', utils, 'utils'],
];

const python = (file: string, text: string, isPackage = false): ModuleDefinition => ({
  kind: 'python',
  file,
  text,
  isPackage,
});

const TRANSFORMERS: ReadonlyMap<string, ModuleDefinition> = new Map([
  ...REPLACED.flatMap(([file, text, modules]) =>
    modules.map((module): [string, ModuleDefinition] => [
      `transformers.${module}`,
      python(`<transformers>/${file}`, text),
    ]),
  ),
  ...PACKAGES.map(([file, text, module]): [string, ModuleDefinition] => [
    module === '' ? 'transformers' : `transformers.${module}`,
    python(`<transformers>/${file}`, text, true),
  ]),
  ['transformers._reading', { kind: 'native', build: buildReading }],
]);

const HUB = python('<huggingface_hub>/__init__.py', huggingface_hub, true);

/** Modules of other packages, for which nothing has to be installed. */
const OTHERS: ReadonlyMap<string, ModuleDefinition> = new Map([
  ['huggingface_hub', HUB],
  ...['constants', 'errors', 'file_download', 'hf_api', 'hub_mixin', 'utils'].map(
    (part): [string, ModuleDefinition] => [`huggingface_hub.${part}`, HUB],
  ),
  ['huggingface_hub._reading', { kind: 'native', build: buildReading }],
  ['huggingface_hub.dataclasses', python('<huggingface_hub>/dataclasses.py', hub_dataclasses)],
]);

/** A package of one model: `transformers.models.bert`. */
const MODEL_PACKAGE = /^transformers\.models\.\w+$/;

/** The library for an interpreter that reads the same files. */
export function transformersLibrary({ reader, searchPaths }: Installed): Library {
  let installed: boolean | undefined;
  const isInstalled = () => {
    installed ??= searchPaths.some((root) => reader.isFolder(`${root}/transformers/models`));
    return installed;
  };
  const isFolder = (name: string) =>
    searchPaths.some((root) => reader.isFolder(`${root}/${name.replaceAll('.', '/')}`));
  const installedText = (name: string): ModuleDefinition | undefined => {
    const path = name.slice(0, -AS_INSTALLED.length).replaceAll('.', '/');
    const files = searchPaths.map((root) => `${root}/${path}.py`);
    const file = files.find((candidate) => reader.read(candidate) !== undefined);
    return file === undefined ? undefined : python(file, reader.read(file) ?? '');
  };
  return {
    find(name) {
      if (!name.startsWith('transformers')) return OTHERS.get(name);
      if (!isInstalled()) return undefined;
      if (name.endsWith(AS_INSTALLED)) return installedText(name);
      if (!MODEL_PACKAGE.test(name)) return TRANSFORMERS.get(name);
      return isFolder(name) ? python('<transformers>/models/package.py', names, true) : undefined;
    },
  };
}
