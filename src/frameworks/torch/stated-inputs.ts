// What a model itself says of its inputs, by the conventions of the field: an example that it carries (`example_input_array`
// of Lightning), the input size of its weights (`pretrained_cfg` of timm), and the image size that vision models keep.
// Only plain attributes are read: nothing of the model's is called.

import { PyDict, PyInstance, PyList, PyTuple, type Value } from '../../python/values';
import type { TensorInput } from './index';
import { tensorInput } from './meaning';

/** Attributes that hold the size of the image a model is made for, the surest first. */
const IMAGE_SIZES = ['img_size', 'image_size', 'input_size', 'input_resolution', 'sample_size', 'resolution'];
/** Configurations that weights of a model come with. */
const WEIGHT_CONFIGURATIONS = ['pretrained_cfg', 'default_cfg'];

/** Sizes of one example as a model states them, and the attribute that holds them, as `config.image_size`. */
export interface StatedSizes {
  /** (height, width), or (channels, height, width). */
  readonly sizes: readonly number[];
  readonly attribute: string;
  /** Said of the input itself; a mere image size may be that of another part of the model. */
  readonly isSure: boolean;
}

/** The tensors of `example_input_array`; undefined where there are none. */
export function exampleInputs(model: Value): readonly TensorInput[] | undefined {
  const example = attributeOf(model, 'example_input_array');
  const items = example instanceof PyTuple || example instanceof PyList ? example.items : [example ?? null];
  const inputs = items.flatMap((item) => tensorInput(item) ?? []);
  return inputs.length === items.length ? inputs : undefined;
}

/** What a vision model says of the size of its images, with channels where it names them. */
export function statedImage(model: Value): StatedSizes | undefined {
  for (const name of WEIGHT_CONFIGURATIONS) {
    const found = sizesAt(attributeOf(model, name), 'input_size', `${name}.`);
    if (found?.sizes.length === 3) return { ...found, isSure: true };
  }
  for (const [holder, prefix] of [
    [model, ''],
    [attributeOf(model, 'config'), 'config.'],
  ] as const) {
    for (const name of IMAGE_SIZES) {
      const found = sizesAt(holder, name, prefix);
      if (found?.sizes.length === 2) return { ...found, isSure: false };
    }
  }
  return undefined;
}

function sizesAt(
  holder: Value | undefined,
  name: string,
  prefix: string,
): Omit<StatedSizes, 'isSure'> | undefined {
  const value = attributeOf(holder, name);
  const items = value instanceof PyTuple || value instanceof PyList ? value.items : [value, value];
  const sizes = items.filter((item): item is number => typeof item === 'number' && item > 0);
  return sizes.length === items.length ? { sizes, attribute: prefix + name } : undefined;
}

/** An attribute of an object, or an entry of a dict. */
function attributeOf(holder: Value | undefined, name: string): Value | undefined {
  if (holder instanceof PyDict) return holder.entries.get(name)?.[1];
  return holder instanceof PyInstance ? holder.attributes.get(name) : undefined;
}
