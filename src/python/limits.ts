// What keeps a run finite: steps, depth, and a flag by which somebody else ends it. Limits are not Python exceptions: no
// `except` of the user's catches them.

export interface Limits {
  /** Statements, calls and loop turns. */
  readonly steps: number;
  /** Calls within calls. */
  readonly depth: number;
  /** Elements of one container made at once. */
  readonly elements: number;
  readonly milliseconds: number;
}

export const DEFAULT_LIMITS: Limits = { steps: 20_000_000, depth: 200, elements: 1_000_000, milliseconds: 10_000 };

/** A run that went over a limit; the message is a sentence for the user. */
export class LimitExceeded extends Error {}
