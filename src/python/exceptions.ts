// A Python exception on its way through the interpreter.

import type { SiteStack } from '../base/site';
import type { PyInstance } from './values';

/**
 * Carries the exception object and the stack at which it was raised, outermost site first. It is an Error without a stack of
 * JavaScript's: code raises as a matter of course (`hasattr`, `StopIteration`), and where our own functions stood is of no use.
 */
export class PyRaise extends Error {
  constructor(
    readonly value: PyInstance,
    readonly stackSites: SiteStack,
    message: string,
  ) {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(message);
    Error.stackTraceLimit = stackTraceLimit;
  }
}
