// What a TARGET on the command line names: a file, the Python files of a folder, or an expression in a file.

import fs from 'node:fs';
import path from 'node:path';
import type { Target } from '../analysis/targets';
import { UsageError } from './usage';

const LEFT_OUT = new Set(['__pycache__', 'build', 'dist', 'node_modules', 'site-packages', 'venv']);

const isLeftOut = (name: string): boolean => LEFT_OUT.has(name) || name.startsWith('.');

/** Targets with absolute paths. Throws UsageError where there is no such file. */
export function findTargets(spelled: string): Target[] {
  const [name, expression] = splitExpression(spelled);
  const file = path.resolve(name);
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  if (!stat) throw new UsageError(`There is no file ${name}.`);
  if (!stat.isDirectory()) return [{ file, expression }];
  if (expression !== undefined) throw new UsageError(`${name} is a folder; an expression needs a file.`);
  return pythonFiles(file).map((found) => ({ file: found }));
}

/** `FILE::EXPRESSION`, where the expression may hold `::` in strings but the file name does not. */
function splitExpression(spelled: string): [file: string, expression: string | undefined] {
  const at = spelled.indexOf('::');
  return at < 0 ? [spelled, undefined] : [spelled.slice(0, at), spelled.slice(at + 2)];
}

function pythonFiles(folder: string): string[] {
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => a.name.localeCompare(b.name))
    .flatMap((entry) => {
      const full = path.join(folder, entry.name);
      if (entry.isDirectory()) return isLeftOut(entry.name) ? [] : pythonFiles(full);
      return entry.isFile() && /\.(py|ipynb|onnx)$/.test(entry.name) ? [full] : [];
    });
}
