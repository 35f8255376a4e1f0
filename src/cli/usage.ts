// A call that cannot be understood; the message is a sentence for the user. Exit code 2.

export class UsageError extends Error {}
