// Files through Node: what the command line and the desktop worker hand to the analysis. Text is UTF-8; a file that is
// not is told apart by readText, so that its user can be told. What was read is kept until forget() is called.

import { isUtf8 } from 'node:buffer';
import fs from 'node:fs';
import type { FileReader } from '../base/files';

/** Above this many bytes a file is not source code that somebody writes. */
export const LARGEST_FILE = 4 * 1024 * 1024;

/** A folder with more in it holds data rather than source. */
const LONGEST_LIST = 5000;

const BYTE_ORDER_MARK = '\uFEFF';

export interface NodeReader extends FileReader {
  list(path: string): readonly string[] | undefined;
  /** Forgets what was read of a file, or of all: it may have changed. */
  forget(path?: string): void;
}

export function createNodeReader(): NodeReader {
  const texts = new Map<string, string | undefined>();
  const folders = new Map<string, boolean>();
  return {
    read(path) {
      if (!texts.has(path)) texts.set(path, readOrUndefined(path));
      return texts.get(path);
    },
    isFolder(path) {
      const known = folders.get(path);
      if (known !== undefined) return known;
      const answer = isDirectory(path);
      folders.set(path, answer);
      return answer;
    },
    list: namesIn,
    forget(path) {
      if (path === undefined) {
        texts.clear();
        folders.clear();
      } else {
        texts.delete(path);
        folders.delete(path);
      }
    },
  };
}

/** What stands in a file, or may not be looked at, is no folder either. */
function isDirectory(path: string): boolean {
  try {
    return fs.statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  } catch {
    return false;
  }
}

function namesIn(path: string): readonly string[] | undefined {
  try {
    const names = fs.readdirSync(path);
    return names.length > LONGEST_LIST ? undefined : names.sort();
  } catch {
    return undefined;
  }
}

/** Most of the files that are asked for are not there: that is told without the cost of an exception. */
function readOrUndefined(path: string): string | undefined {
  try {
    return fs.statSync(path, { throwIfNoEntry: false })?.isFile() ? readText(path) : undefined;
  } catch {
    return undefined;
  }
}

/** Text of a file. Throws an Error with a sentence for the user where it cannot be had. */
export function readText(path: string): string {
  const bytes = fs.readFileSync(path);
  if (bytes.length > LARGEST_FILE) {
    throw new Error(`${path} has ${bytes.length} bytes; source files up to ${LARGEST_FILE} are read`);
  }
  if (!isUtf8(bytes)) throw new Error(`${path} is not UTF-8 text. Save it as UTF-8 to see what it costs.`);
  const text = bytes.toString('utf8');
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
}
