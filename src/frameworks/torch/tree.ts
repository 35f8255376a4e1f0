// The module tree as the trace has it: each module by the first path it is reached by, with its own parameters and
// buffers. Modules get their ids before the run, so that calls can name them, and are described after it, because lazy
// layers get their parameters while they run.

import type { Interpreter } from '../../python/interpreter';
import { PyClass, PyFloat, PyInstance, PyList, PyTuple, Unknown, type Value } from '../../python/values';
import type { ModuleTensor } from '../../trace/trace';
import { constantName } from './constants';
import { Construction } from './module';
import { isModule, type MemberKind, namedMembers } from './module-members';
import { type Named, walk } from './module-walk';
import type { Recording } from './recording';
import { type Storage, tensorOf } from './tensors';

const LONGEST_ARGUMENTS = 100;

/** Gives ids to the modules of a tree that have none yet. */
export function declareTree(recording: Recording, root: Value): void {
  if (!isModule(recording.interpreter, root)) return;
  for (const [, module] of walk(recording.interpreter, root)) {
    if (!recording.modules.has(module)) recording.modules.set(module, recording.builder.declareModule());
  }
}

/** Describes the modules of a tree: to be called when the run is over. */
export function describeTree(recording: Recording, root: Value): void {
  const { interpreter, builder, modules } = recording;
  if (!isModule(interpreter, root)) return;
  const tree = walk(interpreter, root);
  const paths = new Map<string, number>();
  for (const [path, module] of tree) {
    const id = modules.get(module);
    if (id === undefined) continue;
    paths.set(path, id);
    const made = module.payload instanceof Construction ? module.payload : undefined;
    const shown = made && argumentsOf(interpreter, made);
    builder.describeModule(id, {
      path,
      className: module.type.name,
      parent: path === '' ? -1 : (paths.get(parentPath(path)) ?? -1),
      site: made ? builder.site(made.stack) : -1,
      parameters: tensorsOf(recording, module, '_parameters', path),
      buffers: tensorsOf(recording, module, '_buffers', path),
      ...(shown && { arguments: shown }),
    });
  }
  tellBuffersApart(recording, tree);
}

/** A Parameter that is registered as a buffer, and nowhere as a parameter, is a buffer. */
function tellBuffersApart(recording: Recording, tree: readonly Named[]): void {
  const made = storagesOf(tree, '_buffers').filter(({ kind }) => kind === 'parameter');
  if (made.length === 0) return;
  const parameters = new Set(storagesOf(tree, '_parameters'));
  for (const storage of made) if (!parameters.has(storage)) recording.buffer(storage);
}

const storagesOf = (tree: readonly Named[], kind: MemberKind): Storage[] =>
  tree.flatMap(([, module]) =>
    namedMembers(module, kind).flatMap(([, value]) => tensorOf(value)?.storage ?? []),
  );

const parentPath = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('.')));

function tensorsOf(recording: Recording, module: PyInstance, kind: MemberKind, path: string): ModuleTensor[] {
  const found: ModuleTensor[] = [];
  for (const [name, value] of namedMembers(module, kind)) {
    const data = tensorOf(value);
    if (value instanceof Unknown)
      recording.builder.gap(`${path}.${name} is not known: ${value.reason}`, value.stack);
    if (value instanceof PyInstance && value.type.name.startsWith('Uninitialized'))
      recording.builder.gap(`${path}.${name} has no size until the layer runs`, []);
    if (!data) continue;
    if (kind === '_parameters') recording.parameter(data);
    found.push({ name, value: recording.valueId(data) });
  }
  return found;
}

// --- constructor arguments --------------------------------------------------------------------------------------------

/** Constructor arguments worth showing: numbers, texts, tuples of them. */
function argumentsOf(interpreter: Interpreter, { args, keywords }: Construction): string {
  const shown = [...args.map((value) => [undefined, value] as const), ...keywords].flatMap(
    ([name, value]) => {
      const text = shortText(interpreter, value);
      return text === undefined ? [] : [name === undefined ? text : `${name}=${text}`];
    },
  );
  const text = shown.join(', ');
  return text.length > LONGEST_ARGUMENTS ? `${text.slice(0, LONGEST_ARGUMENTS - 1)}…` : text;
}

function shortText(interpreter: Interpreter, value: Value): string | undefined {
  if (value === null || ['number', 'boolean', 'string'].includes(typeof value))
    return interpreter.repr(value);
  if (value instanceof PyFloat) return interpreter.repr(value);
  if (value instanceof PyTuple || value instanceof PyList) return sequenceText(interpreter, value);
  if (value instanceof PyClass) return value.name;
  const constant = constantName(value);
  return constant === undefined ? undefined : `torch.${constant}`;
}

function sequenceText(interpreter: Interpreter, value: PyTuple | PyList): string | undefined {
  const items = value.items.map((item) => shortText(interpreter, item));
  if (items.includes(undefined)) return undefined;
  if (value instanceof PyList) return `[${items.join(', ')}]`;
  return items.length === 1 ? `(${items[0]},)` : `(${items.join(', ')})`;
}
