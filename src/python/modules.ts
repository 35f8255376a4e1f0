// Modules: finding, running and importing them.
//
// Three things differ from CPython, so that code can be read where it could not be run:
// - Imports at module level wait until the name is needed, and a package's __init__ runs only when one of its own names
//   is: most of what a file imports has nothing to do with what the model costs. Inside `try` they are done at once,
//   because the code asks whether there is such a module.
// - A statement at module level that fails or takes too long leaves its names unknown, and the next one is run.
// - A module that is not found is an unknown value (in a `try`, ModuleNotFoundError).

import type { OutlinePart } from '../syntax';
import type { Alias, Module, Stmt } from '../syntax/ast';
import { namesInLiteral } from './evaluate/deferred';
import { evaluate } from './evaluate/expressions';
import { inFrame } from './evaluate/functions';
import { executeOne } from './evaluate/statements';
import { PyRaise } from './exceptions';
import type { Frame, Interpreter } from './interpreter';
import { isPrelude } from './library';
import { LimitExceeded } from './limits';
import { makersByName, namesBoundBy } from './main-block';
import { PyList, PyModule, Unknown, type Value } from './values';

type Of<K extends Stmt['kind']> = Extract<Stmt, { kind: K }>;

/** What is needed to run a module; a namespace package has no text. */
interface Source {
  readonly text?: string;
  readonly isPackage: boolean;
  /** The file that is looked at, rather than one that it imports. */
  readonly own?: boolean;
  readonly whole?: boolean;
  readonly native?: () => void;
}

/** What went wrong at module level; the run went on without it. */
export interface ModuleProblem {
  readonly module: PyModule;
  readonly message: string;
  readonly start: number;
  readonly end: number;
  /** A limit ended it, rather than an exception. */
  readonly isLimit: boolean;
}

interface Imported {
  readonly name: string;
  readonly get: () => Value;
}

export class Modules {
  readonly problems: ModuleProblem[] = [];
  private readonly found = new Map<string, PyModule | undefined>();
  private readonly sources = new Map<PyModule, Source>();
  /** Of what waits for its name to be asked for: what an import would bind to it. */
  private readonly imports = new WeakMap<() => Value, () => Value>();
  /** Names that a main block makes. */
  private readonly scripted = new Map<PyModule, Set<string>>();
  /** Imported modules, and definitions at their level, that are being run now, one inside the other. */
  private running = 0;

  constructor(private readonly interpreter: Interpreter) {}

  /** Whether the module level of an imported file is being run. */
  get isRunning(): boolean {
    return this.running > 0;
  }

  // --- finding ------------------------------------------------------------------------------------------------------

  /** A module by its dotted name, not run yet; undefined where there is none. */
  find(name: string): PyModule | undefined {
    if (this.found.has(name)) return this.found.get(name);
    const module = this.fromLibraries(name) ?? this.fromFiles(name);
    this.found.set(name, module);
    return module;
  }

  /** Raises ModuleNotFoundError where there is none. */
  import(name: string): PyModule {
    return this.find(name) ?? this.interpreter.raise('ModuleNotFoundError', `No module named '${name}'`);
  }

  /**
   * Makes a module of a text that is at hand and gives it a name by which others may import it. What cannot be followed at
   * its module level is a gap. It is read whole, or `partly`, like an import: functions and classes when they are asked for.
   */
  add(name: string, file: string, text: string, partly = false): PyModule {
    return this.make(name, file, {
      text,
      isPackage: file.endsWith('/__init__.py'),
      own: true,
      whole: !partly,
    });
  }

  private make(name: string, file: string | undefined, source: Source): PyModule {
    const module = new PyModule(name, new Map<string, Value>([['__name__', name]]), file);
    module.variables.set('__file__', file ?? `<${name}>`);
    if (source.isPackage && file !== undefined)
      module.variables.set('__path__', new PyList([file.replace(/\/[^/]*$/, '')]));
    this.sources.set(module, source);
    this.found.set(name, module);
    return module;
  }

  private fromLibraries(name: string): PyModule | undefined {
    for (const library of this.interpreter.host.libraries) {
      const definition = library.find(name);
      if (definition?.kind === 'python') {
        return this.make(name, definition.file, {
          text: definition.text,
          isPackage: definition.isPackage ?? false,
        });
      }
      if (definition) {
        const module: PyModule = this.make(name, undefined, {
          isPackage: false,
          native: () => {
            for (const [key, value] of definition.build(this.interpreter)) module.variables.set(key, value);
          },
        });
        return module;
      }
    }
    return undefined;
  }

  private fromFiles(name: string): PyModule | undefined {
    const path = name.replaceAll('.', '/');
    for (const root of this.interpreter.host.searchPaths) {
      const module = this.fromFile(name, `${root}/${path}`);
      if (module) return module;
    }
    return undefined;
  }

  private fromFile(name: string, path: string): PyModule | undefined {
    const { reader } = this.interpreter.host;
    for (const [file, isPackage] of [
      [`${path}/__init__.py`, true],
      [`${path}.py`, false],
    ] as const) {
      const text = reader.read(file);
      if (text !== undefined) return this.make(name, file, { text, isPackage });
    }
    return reader.isFolder(path) ? this.make(name, `${path}/__init__.py`, { isPackage: true }) : undefined;
  }

  // --- names --------------------------------------------------------------------------------------------------------

  /** `module.name` from outside. */
  attribute(module: PyModule, name: string): Value | undefined {
    this.ensureRun(module);
    const own = this.global(module, name);
    if (own !== undefined) return own;
    const part = this.find(`${module.name}.${name}`);
    if (part) return part;
    const hook = this.global(module, '__getattr__');
    if (hook !== undefined) return this.interpreter.callOr(hook, [name], 'AttributeError');
    return name === '__path__' || name === '__doc__' || name === '__spec__' ? null : undefined;
  }

  /** A name at module level, imports that waited included. */
  global(module: PyModule, name: string): Value | undefined {
    const value = module.variables.get(name);
    if (value !== undefined) return value;
    const waiting = module.pending.get(name);
    if (!waiting) return module.fallback?.(name);
    module.pending.delete(name);
    const result = waiting();
    if (!module.variables.has(name)) module.variables.set(name, result);
    return result;
  }

  // --- running ------------------------------------------------------------------------------------------------------

  /** Runs a module's text where that has not been done. */
  ensureRun(module: PyModule): void {
    const source = this.sources.get(module);
    if (!source) return;
    this.sources.delete(module);
    source.native?.();
    if (source.text === undefined) return;
    module.variables.set('__package__', packageOf(module, source.isPackage));
    this.runText(module, source.text, source);
  }

  /** A file that is at hand is read whole; of an imported one, functions and classes only when they are asked for. */
  private runText(module: PyModule, text: string, { whole, own }: Source): void {
    const { sources } = this.interpreter;
    const file = module.file ?? `<${module.name}>`;
    const frame = moduleFrame(module, file, text.length);
    const parts = whole ? undefined : sources.outline(file, text);
    inFrame(this.interpreter, frame, () => {
      const run = (): void => {
        if (parts) this.runParts(parts, text, frame, own ?? false);
        else this.runAll(sources.parse(file, text), frame, !whole);
      };
      if (own) run();
      else this.quietly(run);
    });
  }

  /** Runs something as an import is run: what cannot be followed in it is a gap only where it is used. */
  quietly<T>(body: () => T): T {
    this.running++;
    try {
      return body();
    } finally {
      this.running--;
    }
  }

  private runAll({ body }: Module, frame: Frame, partly: boolean): void {
    const { module } = frame.scope;
    for (const statement of body) {
      const name = partly ? freshName(statement, module) : undefined;
      const later = name === undefined ? undefined : this.later(statement as Of<'Assign'>, frame);
      if (name === undefined || !later) this.runStatement(statement, frame);
      else this.defer(name, later, module, frame);
    }
  }

  /** How to run an assignment when its name is asked for: any of a prelude, each of whose names is bound once, and tables. */
  private later(statement: Of<'Assign'>, frame: Frame): (() => void) | undefined {
    if (isPrelude(frame.file)) return () => this.runStatement(statement, frame);
    const { module } = frame.scope;
    const imported = namesInLiteral(statement.value)?.map((name) => this.imported(module, name));
    if (!imported || statement.value.kind === 'Name' || imported.includes(undefined)) return undefined;
    return () => {
      const variables = new Map(imported.map((found) => [found?.name ?? '', found?.get() ?? null]));
      const scope = { variables, parent: frame.scope, module, kind: 'comprehension' as const };
      const value = evaluate(this.interpreter, statement.value, { ...frame, scope });
      for (const name of namesBoundBy(statement)) module.variables.set(name, value);
    };
  }

  /** A name that an import has bound and nobody has asked for yet, whatever it may be bound to later. */
  private imported({ variables, pending }: PyModule, name: string): Imported | undefined {
    const ask = variables.has(name) ? undefined : pending.get(name);
    const get = ask && this.imports.get(ask);
    return get && { name, get };
  }

  private runParts(parts: readonly OutlinePart[], text: string, frame: Frame, own: boolean): void {
    const { sources } = this.interpreter;
    const { module } = frame.scope;
    for (const part of parts) {
      const run = (): void => this.runAll(sources.parsePart(frame.file, text, part), frame, true);
      if (part.name === undefined || (part.decorated && !own && !isHarmless(text, part))) run();
      else this.defer(part.name, own ? run : () => this.quietly(run), module, frame);
    }
  }

  /** Runs definitions that have waited: a decorator may have left a note of one somewhere. Whether there were any. */
  runDeferred(module: PyModule): boolean {
    const { variables, pending } = module;
    const isScripted = (name: string): boolean => this.scripted.get(module)?.has(name) ?? false;
    const names = [...pending.keys()].filter((name) => !variables.has(name) && !isScripted(name));
    for (const name of names) this.global(module, name);
    return names.length > 0;
  }

  /**
   * Runs the modules that packages import from themselves and nobody has asked for: they may have entered what they define
   * into a registry. Whether there were any.
   */
  runRest(): boolean {
    let any = false;
    for (const module of this.found.values()) {
      if (!module?.file?.endsWith('/__init__.py') || this.sources.has(module)) continue;
      for (const [name, ask] of module.pending) {
        const part = this.imports.has(ask) ? this.find(`${module.name}.${name}`) : undefined;
        if (!part || !this.sources.has(part)) continue;
        this.ensureRun(part);
        any = true;
      }
    }
    return any;
  }

  /** Runs something that binds a name when the name is asked for. A definition that comes later goes before. */
  private defer(name: string, run: () => void, module: PyModule, frame: Frame): void {
    module.variables.delete(name);
    module.pending.set(name, () => {
      inFrame(this.interpreter, { ...frame }, run);
      return module.variables.get(name) ?? null;
    });
  }

  private runStatement(statement: Stmt, frame: Frame): void {
    if (statement.kind === 'If' && isMainGuard(statement)) this.deferMain(statement.body, frame);
    else this.tolerate(statement, frame);
  }

  private tolerate(statement: Stmt, frame: Frame): void {
    const { interpreter } = this;
    const depth = interpreter.frames.length;
    const { budget, limits } = interpreter;
    const allowed = Math.min(budget, limits.statementSteps);
    interpreter.budget = allowed;
    try {
      executeOne(interpreter, statement, frame);
    } catch (error) {
      if (!tolerable(error)) throw error;
      interpreter.frames.length = depth;
      this.fail(statement, frame, error);
    } finally {
      interpreter.budget = Math.max(budget, limits.statementSteps) - (allowed - interpreter.budget);
    }
  }

  /** What a script sets under `if __name__ == "__main__"` is there for who asks for it, and only then. */
  private deferMain(body: readonly Stmt[], frame: Frame): void {
    const { module } = frame.scope;
    const done = new Set<Stmt>();
    const runOnce = (statement: Stmt): void => {
      if (done.has(statement)) return;
      done.add(statement);
      this.runStatement(statement, frame);
    };
    for (const statement of body) if (isDefinition(statement)) runOnce(statement);
    for (const [name, makers] of makersByName(body)) {
      if (!makers.every(isDefinition)) this.deferMakers(name, () => makers.forEach(runOnce), module, frame);
    }
  }

  /** The statements see what the name was before. */
  private deferMakers(name: string, run: () => void, module: PyModule, frame: Frame): void {
    const { variables, pending } = module;
    const scripted = this.scripted.get(module) ?? new Set();
    this.scripted.set(module, scripted.add(name));
    const [before, waiting] = [variables.get(name), pending.get(name)];
    const runAll = (): void => {
      if (before !== undefined) variables.set(name, before);
      else if (waiting) pending.set(name, waiting);
      run();
      if (variables.has(name)) pending.delete(name);
    };
    this.defer(name, runAll, module, frame);
  }

  private fail(statement: Stmt, frame: Frame, error: Error): void {
    const { start, end } = statement;
    const { module } = frame.scope;
    const { message } = error;
    this.problems.push({ module, message, start, end, isLimit: error instanceof LimitExceeded });
    for (const name of namesBoundBy(statement)) {
      if (!module.variables.has(name)) {
        module.variables.set(name, new Unknown(message, [{ file: frame.file, start, end }]));
      }
    }
  }

  // --- import statements --------------------------------------------------------------------------------------------

  executeImport(statement: Of<'Import'> | Of<'ImportFrom'>, frame: Frame): void {
    if (statement.kind === 'Import') for (const alias of statement.names) this.importName(alias, frame);
    else this.importFrom(statement, frame);
  }

  private importName({ name, asname }: Alias, frame: Frame): void {
    const bound = asname ?? (name.split('.')[0] as string);
    const get = (): Value => this.findOrUnknown(asname ? name : bound, frame);
    if (frame.trying > 0) this.import(name);
    this.bindLater(bound, get, frame);
  }

  private importFrom(statement: Of<'ImportFrom'>, frame: Frame): void {
    const source = this.absoluteName(statement, frame);
    for (const { name, asname } of statement.names) {
      if (name === '*') this.importStar(source, frame);
      else this.bindLater(asname ?? name, () => this.fromModule(source, name, frame), frame);
    }
  }

  /** At module level a name waits; in functions, classes and `try` it is bound at once. */
  private bindLater(name: string, get: () => Value, frame: Frame): void {
    const { scope } = frame;
    if (scope.kind === 'module' && frame.trying === 0) this.bindWhenAsked(name, get, scope.module);
    else if (scope.globals?.has(name)) scope.module.variables.set(name, get());
    else scope.variables.set(name, get());
  }

  /** While it is looked for, the name is what it was before: modules that import each other come back for it. */
  private bindWhenAsked(name: string, get: () => Value, { variables, pending }: PyModule): void {
    const [value, before] = [variables.get(name), pending.get(name)];
    const ask = (): Value => {
      if (value !== undefined) variables.set(name, value);
      else if (before) pending.set(name, before);
      const found = get();
      pending.delete(name);
      variables.set(name, found);
      return found;
    };
    variables.delete(name);
    pending.set(name, ask);
    this.imports.set(ask, get);
  }

  private fromModule(source: string, name: string, frame: Frame): Value {
    const module = this.findOrUnknown(source, frame);
    if (module instanceof Unknown) return module;
    const value = this.attribute(module, name);
    if (value !== undefined) return value;
    const message = `cannot import name '${name}' from '${source}'`;
    if (frame.trying > 0) this.interpreter.raise('ImportError', message);
    return new Unknown(message, this.interpreter.stack());
  }

  private findOrUnknown(name: string, frame: Frame): PyModule | Unknown {
    const module = this.find(name);
    if (module) return module;
    if (frame.trying > 0) return this.import(name);
    return new Unknown(`the module ${name} was not found`, this.interpreter.stack());
  }

  private importStar(source: string, frame: Frame): void {
    const module = this.findOrUnknown(source, frame);
    if (module instanceof Unknown) {
      this.unknownStar(frame, module);
      return;
    }
    this.ensureRun(module);
    for (const name of this.publicNames(module)) {
      const { module: own } = frame.scope;
      this.bindLater(name, () => this.attribute(module, name) ?? this.attribute(own, name) ?? null, frame);
    }
  }

  /** Any name may have come from a star import that could not be followed. */
  private unknownStar(frame: Frame, source: Unknown): void {
    const { module } = frame.scope;
    module.fallback ??= (name) =>
      this.interpreter.builtins.has(name) || name.startsWith('__') ? undefined : source;
  }

  private publicNames(module: PyModule): readonly string[] {
    const listed = this.global(module, '__all__');
    if (listed !== undefined && !(listed instanceof Unknown))
      return this.interpreter.list(listed).map(String);
    return [...module.variables.keys(), ...module.pending.keys()].filter((name) => !name.startsWith('_'));
  }

  /** `from ..a import b` seen from the module it stands in. */
  private absoluteName({ module, level }: Of<'ImportFrom'>, frame: Frame): string {
    if (level === 0) return module ?? '';
    const home = String(frame.scope.module.variables.get('__package__') ?? '');
    const parts = home === '' ? [] : home.split('.');
    const base = parts.slice(0, Math.max(0, parts.length - (level - 1)));
    return [...base, ...(module ? [module] : [])].join('.');
  }
}

/** Decorators that leave no note of what they decorate: such a definition can wait like any other. */
const HARMLESS =
  /^@(?:(?:torch\.)?(?:no_grad|inference_mode|jit\.\w+)|(?:dataclasses\.)?dataclass|(?:functools\.)?(?:lru_cache|cache)|(?:contextlib\.)?contextmanager|(?:typing\.)?overload)\b/;

const isHarmless = (text: string, { start, end }: OutlinePart): boolean =>
  text
    .slice(start, end)
    .split(/\n(?=def|class)/, 1)
    .join('')
    .split(/\n(?=@)/)
    .every((line) => HARMLESS.test(line));

const moduleFrame = (module: PyModule, file: string, end: number): Frame => ({
  scope: { variables: module.variables, parent: null, module, kind: 'module' },
  file,
  name: '<module>',
  node: { start: 0, end },
  trying: 0,
});

/** The name that a plain assignment binds for the first time. */
function freshName(statement: Stmt, { variables, pending }: PyModule): string | undefined {
  if (statement.kind !== 'Assign' || statement.targets.length !== 1) return undefined;
  const [target] = statement.targets;
  if (target?.kind !== 'Name' || target.id.startsWith('__')) return undefined;
  return variables.has(target.id) || pending.has(target.id) ? undefined : target.id;
}

const packageOf = (module: PyModule, isPackage: boolean): string =>
  isPackage ? module.name : module.name.split('.').slice(0, -1).join('.');

const tolerable = (error: unknown): error is Error =>
  error instanceof PyRaise || (error instanceof LimitExceeded && error.kind === 'work');

const isDefinition = ({ kind }: Stmt): boolean =>
  kind === 'FunctionDef' || kind === 'ClassDef' || kind === 'Import' || kind === 'ImportFrom';

/** `if __name__ == "__main__":` */
function isMainGuard({ test }: Of<'If'>): boolean {
  if (test.kind !== 'Compare' || test.ops[0] !== '==') return false;
  const sides = [test.left, test.comparators[0]];
  return (
    sides.some((side) => side?.kind === 'Name' && side.id === '__name__') &&
    sides.some((side) => side?.kind === 'Constant' && side.value === '__main__')
  );
}
