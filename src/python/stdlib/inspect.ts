// `_inspect`: what a callable takes, and `_types`. Annotations are evaluated where the function was defined; what cannot
// be evaluated is an unknown value.

import type { Expr } from '../../syntax/ast';
import { table } from '../builtins/receivers';
import { evaluate } from '../evaluate/expressions';
import { inFrame } from '../evaluate/functions';
import { PyRaise } from '../exceptions';
import type { Frame, Interpreter } from '../interpreter';
import { keywordsOf, starred } from '../known';
import { namespaceDict } from '../namespace-dict';
import { native } from '../native';
import { parametersOf } from '../parameters';
import { lookup, lookupBelowObject, makeClass } from '../types';
import {
  BoundMethod,
  ClassMethod,
  type Namespace,
  type Parameter,
  PyClass,
  PyDict,
  PyFunction,
  PyInstance,
  PyList,
  PyTuple,
  StaticMethod,
  Unknown,
  type Value,
} from '../values';
import { partialOf } from './functools';
import { placeOfDefinition, sourceText } from './source';

export function inspectModule(): Namespace {
  return table([
    native('frame_at', 'index, /', (ip, [index]) => frameAt(callers(ip)[Number(index)])),
    native('frame_count', '', (ip) => callers(ip).length),
    native('parameters', 'obj, /', (ip, [callee]) => {
      if (callee instanceof Unknown) return callee;
      const taken = taking(ip, callee as Value);
      return taken
        ? new PyList(taken.parameters.map((parameter) => describe(ip, parameter, taken.callee)))
        : null;
    }),
    native('place', 'obj, /', (ip, [obj]) => {
      if (obj instanceof Unknown) return obj;
      return placeOfDefinition(ip, obj as Value)?.file ?? null;
    }),
    native('source', 'obj, /', (ip, [obj]) => {
      if (obj instanceof Unknown) return obj;
      return sourceText(ip, obj as Value) ?? null;
    }),
  ]);
}

/** Running functions, outermost first; a comprehension is part of its function. */
const callers = ({ frames }: Interpreter): Frame[] =>
  frames.filter(({ scope }) => scope.kind !== 'comprehension');

/** A frame's name, its variables as they are now, and its module's. */
function frameAt(frame: Frame | undefined): Value {
  if (!frame) return new PyTuple(['<module>', new PyDict(), new PyDict()]);
  const { name, scope } = frame;
  const locals = new PyDict();
  for (const [key, value] of scope.variables) locals.entries.set(key, [key, value]);
  return new PyTuple([name, locals, namespaceDict(scope.module.variables)]);
}

export function typesModule(): Namespace {
  return table([
    native('new_class', 'name, bases=(), kwds=None, exec_body=None', (ip, [name, bases, keywords, body]) => {
      const namespace = new PyDict();
      if (body !== null) ip.call(body as Value, [namespace]);
      const attributes = keywordsOf(namespace);
      return makeClass(ip, {
        name: String(name),
        bases: starred(bases),
        attributes,
        keywords: keywordsOf(keywords),
        module: 'types',
      });
    }),
  ]);
}

/** Parameters that are left to give, and the function that has them. */
interface Taking {
  readonly parameters: readonly Parameter[];
  readonly callee: Value;
}

function taking(ip: Interpreter, callee: Value): Taking | undefined {
  if (callee instanceof BoundMethod) return withoutFirst(taking(ip, callee.callee));
  if (callee instanceof StaticMethod || callee instanceof ClassMethod) return taking(ip, callee.callee);
  if (callee instanceof PyClass) return ofClass(ip, callee);
  const held = partialOf(callee);
  if (held) return ofPartial(taking(ip, held.func), held.args.length, held.keywords);
  if (callee instanceof PyInstance) {
    const method = lookup(callee.type, '__call__');
    return method === undefined ? undefined : withoutFirst(taking(ip, method));
  }
  const parameters = parametersOf(ip, callee);
  return parameters && { parameters, callee };
}

const withoutFirst = (taken: Taking | undefined): Taking | undefined => {
  if (!taken) return undefined;
  const first = taken.parameters[0];
  return first?.kind === 'variadic' ? taken : { ...taken, parameters: taken.parameters.slice(1) };
};

function ofClass(ip: Interpreter, cls: PyClass): Taking | undefined {
  const method = lookupBelowObject(ip, cls, '__init__') ?? lookupBelowObject(ip, cls, '__new__');
  if (method === undefined) return { parameters: [], callee: cls };
  return withoutFirst(taking(ip, method));
}

function ofPartial(
  taken: Taking | undefined,
  given: number,
  keywords: ReadonlyMap<string, Value>,
): Taking | undefined {
  if (!taken) return undefined;
  let passed = given;
  const left = taken.parameters.filter(
    (p) => p.kind === 'variadic' || !(p.kind === 'positional' || p.kind === 'normal') || passed-- <= 0,
  );
  const firstNamed = left.findIndex((p) => keywords.has(p.name));
  const parameters = left.map((p, index): Parameter => {
    const keywordOnly = firstNamed >= 0 && index >= firstNamed && p.kind === 'normal';
    const standard = keywords.has(p.name) ? keywords.get(p.name) : p.default;
    return { ...p, kind: keywordOnly ? 'keyword' : p.kind, default: standard };
  });
  return { ...taken, parameters };
}

function describe(ip: Interpreter, parameter: Parameter, callee: Value): Value {
  const rest = new PyDict();
  if (parameter.default !== undefined) rest.entries.set('default', ['default', parameter.default]);
  const { annotation } = parameter;
  if (annotation && callee instanceof PyFunction) {
    const annotate = native('annotate', '', () => annotationOf(ip, annotation, callee));
    rest.entries.set('annotate', ['annotate', annotate]);
  }
  return new PyTuple([parameter.name, parameter.kind, rest]);
}

function annotationOf(ip: Interpreter, annotation: Expr, { scope, name }: PyFunction): Value {
  const frame = { scope, file: scope.module.file ?? '<unknown>', name, node: annotation, trying: 0 };
  try {
    return inFrame(ip, frame, () => evaluate(ip, annotation, frame));
  } catch (error) {
    if (!(error instanceof PyRaise)) throw error;
    return new Unknown(`an annotation could not be evaluated: ${error.message}`, ip.stack());
  }
}
