// The one argument binder: positional and keyword arguments to declared parameters, with Python's rules and messages.
// Serves functions written in Python and natives alike.

import type { Interpreter } from './interpreter';
import { type Keywords, type Parameter, PyDict, PyTuple, type Value } from './values';

/** Values in the order of `parameters`. Raises TypeError where the arguments do not fit. */
export function bindArguments(
  interpreter: Interpreter,
  name: string,
  parameters: readonly Parameter[],
  args: readonly Value[],
  keywords: Keywords,
): Value[] {
  const bound: Value[] = new Array(parameters.length);
  let next = 0;
  let used = 0;
  for (let index = 0; index < parameters.length; index++) {
    const parameter = parameters[index] as Parameter;
    const { kind } = parameter;
    if (kind === 'variadic') {
      bound[index] = new PyTuple(args.slice(next));
      next = args.length;
    } else if (kind === 'keywords') {
      bound[index] = rest(interpreter, parameters, keywords);
      used = keywords.size;
    } else if (kind !== 'keyword' && next < args.length) {
      if (kind === 'normal' && keywords.has(parameter.name)) {
        interpreter.raise('TypeError', `${name}() got multiple values for argument '${parameter.name}'`);
      }
      bound[index] = args[next++] as Value;
    } else if (kind !== 'positional' && keywords.has(parameter.name)) {
      bound[index] = keywords.get(parameter.name) as Value;
      used++;
    } else if (parameter.default !== undefined) {
      bound[index] = parameter.default;
    } else {
      interpreter.raise('TypeError', `${name}() missing required argument: '${parameter.name}'`);
    }
  }
  if (next < args.length) tooManyPositional(interpreter, name, parameters, args);
  if (used < keywords.size) unexpectedKeyword(interpreter, name, parameters, keywords);
  return bound;
}

/** What `**kwargs` gets: the keywords that no parameter takes. */
function rest(interpreter: Interpreter, parameters: readonly Parameter[], keywords: Keywords): PyDict {
  const dict = new PyDict();
  for (const [name, value] of keywords) {
    const taken = parameters.some((p) => p.name === name && (p.kind === 'normal' || p.kind === 'keyword'));
    if (!taken) dict.entries.set(interpreter.key(name), [name, value]);
  }
  return dict;
}

function tooManyPositional(
  interpreter: Interpreter,
  name: string,
  parameters: readonly Parameter[],
  args: readonly Value[],
): never {
  const takes = parameters.filter((p) => p.kind === 'normal' || p.kind === 'positional').length;
  interpreter.raise(
    'TypeError',
    `${name}() takes ${takes} positional arguments but ${args.length} were given`,
  );
}

function unexpectedKeyword(
  interpreter: Interpreter,
  name: string,
  parameters: readonly Parameter[],
  keywords: Keywords,
): void {
  if (parameters.some((p) => p.kind === 'keywords')) return;
  for (const keyword of keywords.keys()) {
    if (!parameters.some((p) => p.name === keyword && p.kind !== 'positional')) {
      interpreter.raise('TypeError', `${name}() got an unexpected keyword argument '${keyword}'`);
    }
  }
}
