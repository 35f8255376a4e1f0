// Where functions and classes were written, for `inspect.getsource` and its like. Their text is read again from their
// file; what is no function or class of a file has none.

import type { Stmt } from '../../syntax/ast';
import type { Interpreter } from '../interpreter';
import { BoundMethod, ClassMethod, PyClass, PyFunction, PyModule, StaticMethod, type Value } from '../values';

interface Place {
  readonly file: string;
  /** Of a module there is no range: it is the whole file. */
  readonly range?: { readonly start: number; readonly end: number };
}

/** The file, and within it the range, in which something is defined. */
export function placeOfDefinition(interpreter: Interpreter, value: Value): Place | undefined {
  if (value instanceof BoundMethod || value instanceof StaticMethod || value instanceof ClassMethod)
    return placeOfDefinition(interpreter, value.callee);
  if (value instanceof PyModule) return value.file === undefined ? undefined : { file: value.file };
  if (value instanceof PyFunction) {
    const { file } = value.scope.module;
    return file === undefined ? undefined : { file, range: value.node };
  }
  return value instanceof PyClass && value.fromSource ? placeOfClass(interpreter, value) : undefined;
}

/** The last class of this name in the module that says to have it. */
function placeOfClass(interpreter: Interpreter, { module, name }: PyClass): Place | undefined {
  const file = interpreter.modules.find(module)?.file;
  const text = file === undefined ? undefined : interpreter.host.reader.read(file);
  if (file === undefined || text === undefined) return undefined;
  const tree = interpreter.sources.parse(file, text);
  const range = classesIn(tree.body).findLast((definition) => definition.name === name);
  return range && { file, range };
}

type ClassDef = Extract<Stmt, { kind: 'ClassDef' }>;

const classesIn = (body: readonly Stmt[]): ClassDef[] =>
  body.flatMap((statement): ClassDef[] => {
    if (statement.kind === 'ClassDef') return [statement, ...classesIn(statement.body)];
    if (statement.kind === 'FunctionDef') return classesIn(statement.body);
    return statement.kind === 'If' || statement.kind === 'Try'
      ? classesIn([...statement.body, ...statement.orelse])
      : [];
  });

/** The text of a definition, from the beginning of its first line. */
export function sourceText(interpreter: Interpreter, value: Value): string | undefined {
  const place = placeOfDefinition(interpreter, value);
  const text = place && interpreter.host.reader.read(place.file);
  if (text === undefined || !place?.range) return text;
  const line = text.lastIndexOf('\n', place.range.start - 1) + 1;
  return `${text.slice(line, place.range.end)}\n`;
}
