// One file in one interpreter: its module is run once, and expressions in it are built, traced and priced. What goes wrong
// in the user's code becomes a Problem, never an exception.

import type { FileReader } from '../base/files';
import type { Site, SiteStack } from '../base/site';
import { einopsLibrary } from '../frameworks/einops/library';
import { numpyLibrary } from '../frameworks/numpy/library';
import { packagesLibrary } from '../frameworks/packages/library';
import { type InputTree, type TraceOptions, torchLibrary, traceModel } from '../frameworks/torch';
import { tensorInput } from '../frameworks/torch/meaning';
import { transformersLibrary } from '../frameworks/transformers';
import type { Problem } from '../price/model-report';
import { evaluateExpression, executeText } from '../python/evaluate';
import { PyRaise } from '../python/exceptions';
import { Interpreter } from '../python/interpreter';
import { isPrelude } from '../python/library';
import { LimitExceeded, type Limits } from '../python/limits';
import { namesBoundBy } from '../python/main-block';
import { standardLibrary } from '../python/stdlib';
import type { PyModule, Value } from '../python/values';
import type { ClassDef, FunctionDef, Module, Stmt } from '../syntax/ast';
import type { Gap, Trace } from '../trace/trace';
import { placeOf } from './names';
import { definitionRegisteredAs, scriptStatements } from './roots';
import type { SourceCache } from './source-cache';
import { withNamespaces } from './stand-ins';

/** What every interpreter is made with. */
export interface EnvironmentOptions {
  readonly reader: FileReader;
  readonly sources: SourceCache;
  readonly searchPaths: readonly string[];
  readonly limits?: Partial<Limits>;
  readonly cancelled?: () => boolean;
}

/** A file, and the interpreter to read it in where others have been read before: packages stay loaded in it. */
export interface SessionOptions extends EnvironmentOptions {
  readonly file: string;
  readonly text: string;
  readonly interpreter?: Interpreter;
  /** Only what an expression needs of the file is read. */
  readonly partly?: boolean;
}

/** A trace, or why there is none. */
export type Outcome = { readonly trace: Trace } | { readonly problem: Problem };

/** What happened while module level was run, outside of any trace. */
const MODULE_GAPS = Symbol('module gaps');
const MOST_GAPS = 1000;

type GapNote = Pick<Gap, 'reason' | 'stack'>;

export function createInterpreter(options: EnvironmentOptions): Interpreter {
  const gaps: GapNote[] = [];
  const interpreter = new Interpreter({
    ...options,
    onGap: (reason, stack) => {
      if (gaps.length < MOST_GAPS) gaps.push({ reason, stack });
    },
    libraries: [
      torchLibrary,
      transformersLibrary(options),
      einopsLibrary,
      numpyLibrary,
      packagesLibrary(options),
      standardLibrary,
    ],
  });
  interpreter.state.set(MODULE_GAPS, gaps);
  return interpreter;
}

export class Session {
  readonly interpreter: Interpreter;
  readonly module: PyModule;
  /** When all of it has to be over. */
  private readonly deadline: number;

  constructor(private readonly options: SessionOptions) {
    const { file, text, reader } = options;
    const { name, searchPaths } = placeOf(file, options.searchPaths, reader);
    this.interpreter = options.interpreter ?? createInterpreter({ ...options, searchPaths });
    this.deadline = Date.now() + (options.limits?.milliseconds ?? this.interpreter.limits.milliseconds);
    const { modules } = this.interpreter;
    const known = options.interpreter && modules.find(name);
    this.module = known?.file === file ? known : modules.add(name, file, text, options.partly);
  }

  /** The class or function of this name at module level, without the rest of the file being read. */
  definition(name: string): ClassDef | FunctionDef | undefined {
    const { sources, file, text } = this.options;
    const part = sources.outline(file, text)?.find((one) => one.name === name);
    const { body } = part ? sources.parsePart(file, text, part) : this.tree;
    return body.find((s): s is ClassDef | FunctionDef => 'nameStart' in s && s.name === name);
  }

  get tree(): Module {
    const { sources, file, text } = this.options;
    return sources.parse(file, text);
  }

  /** Runs the module. A problem is given where the whole run had to end. */
  load(): Problem | undefined {
    return this.guard(() => {
      this.interpreter.modules.ensureRun(this.module);
    });
  }

  /** Runs statements in the module's namespace. */
  execute(text: string): Problem | undefined {
    return this.guard(() => executeText(this.interpreter, text, this.module));
  }

  /**
   * The value of an expression; its first name may also be one that the file registers a definition under, and what is
   * made with a name that is nowhere defined may be a namespace.
   */
  evaluate(expression: string): Value {
    const { text, names } = withNamespaces(this.spelledOut(expression), (name) => this.isDefined(name));
    for (const name of names)
      this.interpreter.gap(`the name ${name} is not defined: taken for a namespace with these attributes`);
    return evaluateExpression(this.interpreter, text, this.module);
  }

  private isDefined(name: string): boolean {
    const { modules, builtins } = this.interpreter;
    return builtins.has(name) || modules.global(this.module, name) !== undefined;
  }

  private spelledOut(expression: string): string {
    const name = /^[A-Za-z_]\w*/.exec(expression)?.[0];
    if (name === undefined || this.isDefined(name)) return expression;
    const registered = definitionRegisteredAs(name, this.tree);
    return registered === undefined ? expression : registered + expression.slice(name.length);
  }

  /** Builds what an expression gives, and traces a call of it. */
  trace(expression: string, options: TraceOptions): Outcome {
    const outcome = this.traceBuilt(() => this.evaluate(expression), options);
    if ('problem' in outcome) return outcome;
    const gaps = this.gapsBehind(expression);
    return gaps.length === 0
      ? outcome
      : { trace: { ...outcome.trace, gaps: [...outcome.trace.gaps, ...gaps] } };
  }

  /** Gaps of the statements at module level that made what an expression names: an instance built in the file. */
  gapsBehind(expression: string): Gap[] {
    const notes = (this.interpreter.state.get(MODULE_GAPS) ?? []) as readonly GapNote[];
    const mine = notes.filter(({ stack }) => stack[0]?.file === this.options.file);
    if (mine.length === 0) return [];
    const names = new Set(expression.match(/[A-Za-z_]\w*/g));
    const isMaker = (s: Stmt): boolean => isMaking(s) && namesBoundBy(s).some((name) => names.has(name));
    const makers = scriptStatements(this.tree).filter(isMaker);
    const behind = mine.filter(
      ({ stack: [outermost] }) => outermost && makers.some((s) => holds(s, outermost)),
    );
    const reasons = new Map(behind.map((note) => [note.reason, note]));
    return [...reasons.values()].map(({ reason, stack }) => ({ reason, stack: visible(stack), count: 1 }));
  }

  /** Traces a call of what `build` gives: a new model, or one that is there already. */
  traceBuilt(build: () => Value, options: TraceOptions): Outcome {
    const outcome = this.traceOnce(build, options);
    if (gapsOf(outcome) === 0 || !this.options.partly || !this.readAll()) return outcome;
    const again = this.traceOnce(build, options);
    return gapsOf(again) <= gapsOf(outcome) ? again : outcome;
  }

  /** Runs the definitions that nothing has asked for; whether there were any. */
  private readAll(): boolean {
    let any = false;
    this.guard(() => {
      any = this.interpreter.modules.runDeferred(this.module);
    });
    return any;
  }

  private traceOnce(build: () => Value, options: TraceOptions): Outcome {
    let trace: Trace | undefined;
    const problem = this.guard(() => {
      trace = traceModel(this.interpreter, build, options);
    });
    return trace && !problem
      ? { trace }
      : { problem: problem ?? { message: 'nothing was traced', stack: [] } };
  }

  /** An expression as an input: a tensor or a plain value. Raises what Python would, and where it is neither. */
  input(expression: string): InputTree {
    const value = this.evaluate(expression);
    const input = tensorInput(value);
    if (input) return input;
    if (value === null || typeof value === 'number' || typeof value === 'boolean') return value;
    return this.interpreter.raise('TypeError', `${expression} is no tensor of known size`);
  }

  /** Problems at module level of this file: all, or those where a limit was met. */
  problems(limitsOnly = false): Problem[] {
    const { problems } = this.interpreter.modules;
    return problems
      .filter(({ module, isLimit }) => module === this.module && (isLimit || !limitsOnly))
      .map(({ message, start, end }) => ({ message, stack: [{ file: this.options.file, start, end }] }));
  }

  /** Runs something within the budgets; what it raises becomes a problem. */
  guard(body: () => void): Problem | undefined {
    const { interpreter } = this;
    const depth = interpreter.frames.length;
    interpreter.refill(this.deadline);
    try {
      body();
      return undefined;
    } catch (error) {
      const problem = problemOf(error, interpreter.stack());
      interpreter.frames.length = depth;
      if (!problem) throw error;
      return problem;
    }
  }
}

/** Fewer are better; no trace at all is worst. */
const gapsOf = (outcome: Outcome): number =>
  'trace' in outcome ? outcome.trace.gaps.length : Number.POSITIVE_INFINITY;

/** The problem that an exception of the interpreter stands for; undefined for anything else, which is a defect of ours. */
function problemOf(error: unknown, stack: SiteStack): Problem | undefined {
  if (error instanceof PyRaise) return { message: error.message, stack: visible(error.stackSites) };
  if (error instanceof LimitExceeded) return { message: error.message, stack: visible(stack) };
  if (error instanceof RangeError && /call stack/i.test(error.message)) {
    return { message: 'stopped: calls within calls without end', stack: visible(stack).slice(0, 20) };
  }
  return undefined;
}

const visible = (sites: SiteStack): SiteStack => sites.filter(({ file }) => !isPrelude(file));

const isMaking = ({ kind }: Stmt): boolean =>
  kind !== 'ClassDef' && kind !== 'FunctionDef' && !kind.startsWith('Import');

const holds = (statement: Stmt, site: Site): boolean =>
  site.start >= statement.start && site.end <= statement.end;
