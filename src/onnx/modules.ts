// Groups nodes into the modules of the program that was exported: from the metadata of PyTorch's newer exporter
// (name_scopes and class_hierarchy), or from scopes in node names (`/layer1/layer1.0/conv1/Conv`, `model/block/Conv2D`).
// Nodes without a scope belong to the module around them.

import type { NodeRecord } from './model';

/** A module on the way from the root to a node. */
export interface ScopePart {
  /** Dotted, as in `layer1.0.conv1`. */
  readonly path: string;
  readonly className: string;
}

/** Modules are nested less deep than this. */
const DEPTH_LIMIT = 32;
const CLASSES = 'pkg.torch.onnx.class_hierarchy';
const SCOPES = 'pkg.torch.onnx.name_scopes';

/** A list of Python strings as its repr writes it. */
const listed = (text: string): string[] =>
  [...text.matchAll(/'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/g)].map(
    ([, single, double]) => single ?? double ?? '',
  );

const shortClass = (name: string): string => name.split('.').at(-1) ?? name;

/** The last entry is the operator itself; entries without a name are the root. */
function fromMetadata(metadata: ReadonlyMap<string, string>): ScopePart[] | undefined {
  const scopes = metadata.get(SCOPES);
  if (scopes === undefined) return undefined;
  const classes = listed(metadata.get(CLASSES) ?? '');
  return listed(scopes)
    .slice(0, -1)
    .map((path, i) => ({ path, className: shortClass(classes[i] ?? '') }))
    .filter(({ path }) => path !== '');
}

/** TorchScript's exporter repeats the path in each part of a scope; others do not. */
function fromName(name: string): ScopePart[] {
  const parts = name
    .split('/')
    .slice(0, -1)
    .filter((part) => part !== '')
    .slice(0, DEPTH_LIMIT);
  const result: ScopePart[] = [];
  let above = '';
  for (const part of parts) {
    const path = above === '' ? part : part.startsWith(`${above}.`) ? part : `${above}.${tail(part, parts)}`;
    result.push({ path, className: '' });
    above = path;
  }
  return result;
}

/** A part that repeats its parent's own name, as `layer1.0` in `layer1/layer1.0`, adds only what is new. */
function tail(part: string, parts: readonly string[]): string {
  const parent = parts[parts.indexOf(part) - 1];
  return parent !== undefined && part.startsWith(`${parent}.`) ? part.slice(parent.length + 1) : part;
}

/** Finds the modules that nodes lie in, outermost first; nodes in the same one get the same list. */
export class Scopes {
  private readonly known = new Map<string, readonly ScopePart[]>();

  of(node: NodeRecord): readonly ScopePart[] {
    return this.told(node.metadata) ?? this.named(node.name);
  }

  private told(metadata: ReadonlyMap<string, string>): readonly ScopePart[] | undefined {
    const scopes = metadata.get(SCOPES);
    if (scopes === undefined) return undefined;
    const holder = scopes.slice(0, scopes.lastIndexOf(','));
    return this.once(`${holder}\n${metadata.get(CLASSES) ?? ''}`, () => fromMetadata(metadata) ?? []);
  }

  private named(name: string): readonly ScopePart[] {
    return this.once(name.slice(0, name.lastIndexOf('/') + 1), () => fromName(name));
  }

  private once(key: string, make: () => readonly ScopePart[]): readonly ScopePart[] {
    let found = this.known.get(key);
    if (found === undefined) {
      found = make();
      this.known.set(key, found);
    }
    return found;
  }
}
