// Groups nodes into the modules of the program that was exported: from the metadata of PyTorch's newer exporter
// (name_scopes and class_hierarchy), or from scopes in node names (`/layer1/layer1.0/conv1/Conv`, `model/block/Conv2D`).
// Nodes without a scope belong to the module around them.

import type { NodeRecord } from './model';

/** A module on the way from the root to a node: one for each path. */
export interface ScopePart {
  /** Dotted, as in `layer1.0.conv1`. */
  readonly path: string;
  readonly className: string;
}

/** The modules that a node lies in, outermost first. */
export type NodeScope = readonly ScopePart[];

/** Modules are nested less deep than this. */
const DEPTH_LIMIT = 32;
/** Of a longer name, what lies deeper is not told apart. */
const LENGTH_LIMIT = 2048;
const CLASSES = 'pkg.torch.onnx.class_hierarchy';
const SCOPES = 'pkg.torch.onnx.name_scopes';

/** A list of Python strings as its repr writes it. */
const listed = (text: string): string[] =>
  [...text.matchAll(/'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/g)].map(
    ([, single, double]) => single ?? double ?? '',
  );

const shortClass = (name: string): string => name.split('.').at(-1) ?? name;

/** What a part of a name adds to the path above: all of it, or what is new where it repeats the part before. */
function tailOf(part: string, before: string): string {
  return before !== '' && part.startsWith(`${before}.`) ? part.slice(before.length + 1) : part;
}

/** The last part before a slash at the end, and what stands before it. */
function cut(prefix: string): readonly [above: string, part: string] {
  const whole = prefix.slice(0, -1);
  const at = whole.lastIndexOf('/') + 1;
  return [whole.slice(0, at), whole.slice(at)];
}

const NO_SCOPE: NodeScope = [];

/** Finds the modules that nodes lie in; nodes in the same one get the same list. */
export class Scopes {
  private readonly parts = new Map<string, ScopePart>();
  private readonly byMetadata = new Map<string, NodeScope>();
  private readonly byPrefix = new Map<string, NodeScope>([['', NO_SCOPE]]);
  /** What stood before the last slash of the last name, and its modules: most nodes have neighbours in their own. */
  private lastPrefix = '';
  private lastScope = NO_SCOPE;

  of({ metadata, name }: NodeRecord): NodeScope {
    return this.told(metadata) ?? this.named(name);
  }

  /** The last entry is the operator itself; entries without a name are the root. */
  private told(metadata: ReadonlyMap<string, string>): NodeScope | undefined {
    const scopes = metadata.get(SCOPES);
    if (scopes === undefined) return undefined;
    const classes = metadata.get(CLASSES) ?? '';
    const key = `${scopes.slice(0, scopes.lastIndexOf(','))}\n${classes}`;
    const known = this.byMetadata.get(key) ?? this.listedScope(listed(scopes).slice(0, -1), listed(classes));
    this.byMetadata.set(key, known);
    return known;
  }

  private listedScope(paths: readonly string[], classes: readonly string[]): NodeScope {
    const parts = paths.map((path, i) => this.part(path, shortClass(classes[i] ?? '')));
    return parts.filter(({ path }) => path !== '');
  }

  private named(name: string): NodeScope {
    const { lastPrefix } = this;
    if (name.startsWith(lastPrefix) && !name.includes('/', lastPrefix.length)) return this.lastScope;
    this.lastPrefix = name.slice(0, name.lastIndexOf('/', LENGTH_LIMIT) + 1);
    this.lastScope = this.prefixed(this.lastPrefix);
    return this.lastScope;
  }

  /** The modules of what stands before a slash, the last of them within those before the slash before. */
  private prefixed(prefix: string): NodeScope {
    const known = this.byPrefix.get(prefix);
    if (known !== undefined) return known;
    const [above, part] = cut(prefix);
    const outer = this.prefixed(above);
    const scope = part === '' || outer.length === DEPTH_LIMIT ? outer : this.within(outer, above, part);
    this.byPrefix.set(prefix, scope);
    return scope;
  }

  /** TorchScript's exporter repeats the path in each part of a scope; others do not. */
  private within(outer: NodeScope, above: string, part: string): NodeScope {
    const path = outer.at(-1)?.path ?? '';
    if (path === '' || part.startsWith(`${path}.`)) return [...outer, this.part(part, '')];
    return [...outer, this.part(`${path}.${tailOf(part, cut(above)[1])}`, '')];
  }

  private part(path: string, className: string): ScopePart {
    const known = this.parts.get(path);
    if (known !== undefined) return known;
    const part = { path, className };
    this.parts.set(path, part);
    return part;
  }
}
