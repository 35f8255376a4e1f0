// What keeps a run finite: steps, depth, and a flag by which somebody else ends it. Limits are not Python exceptions: no
// `except` of the user's catches them.

export interface Limits {
  /** Statements, calls and loop turns. */
  readonly steps: number;
  /** Steps of one statement at module level: scripts train there, and that is not ours to follow. */
  readonly statementSteps: number;
  /** Calls within calls. */
  readonly depth: number;
  /** Elements of one container made at once. */
  readonly elements: number;
  readonly milliseconds: number;
}

export const DEFAULT_LIMITS: Limits = {
  steps: 60_000_000,
  statementSteps: 1_000_000,
  depth: 200,
  elements: 4_000_000,
  milliseconds: 10_000,
};

/** A run that went over a limit; the message is a sentence for the user. */
export class LimitExceeded extends Error {
  constructor(
    message: string,
    /** `work` may be left out and the rest go on; `time` and `cancelled` end everything. */
    readonly kind: 'work' | 'time' | 'cancelled',
  ) {
    super(message);
  }
}
