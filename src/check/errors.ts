// Why there is nothing to compare.

/** The message is a sentence for the user. */
export class CheckError extends Error {
  constructor(
    readonly reason: 'noRevision' | 'noRoot',
    message: string,
  ) {
    super(message);
  }
}
