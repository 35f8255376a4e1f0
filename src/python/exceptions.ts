// A Python exception on its way through the interpreter.

import type { SiteStack } from '../base/site';
import type { PyInstance } from './values';

/** Carries the exception object and the stack at which it was raised, outermost site first. */
export class PyRaise extends Error {
  constructor(
    readonly value: PyInstance,
    readonly stackSites: SiteStack,
    message: string,
  ) {
    super(message);
  }
}
