// Where modules come from that are not files of the user's: preludes in Python and modules written in TypeScript.

import type { Interpreter } from './interpreter';
import type { Namespace } from './values';

/** A module that somebody provides. Preludes have a file name in angle brackets, as `<torch>/nn.py`. */
export type ModuleDefinition =
  | { readonly kind: 'python'; readonly file: string; readonly text: string; readonly isPackage?: boolean }
  | { readonly kind: 'native'; readonly build: (interpreter: Interpreter) => Namespace };

/** Answers for dotted module names; undefined where it has none. */
export interface Library {
  find(name: string): ModuleDefinition | undefined;
}

/** Whether a file is part of a prelude rather than the user's or an installed package's. */
export const isPrelude = (file: string): boolean => file.startsWith('<');
