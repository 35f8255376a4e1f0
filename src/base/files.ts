// How the layers below the editor and the command line see files: by a reader that is handed in.

/**
 * Reads source files by path or URI, synchronously, because an `import` in the middle of an evaluation has to be
 * answered then and there. A reader over an asynchronous file system throws PendingFile for a file that it has not
 * fetched yet; whoever runs the analysis fetches it and runs again.
 */
export interface FileReader {
  /** The text of a file, or undefined where there is none. */
  read(path: string): string | undefined;
  /** Whether a folder stands at this path (namespace packages have no file of their own). */
  isFolder(path: string): boolean;
  /** Names of what stands in a folder, in their order; undefined where there is none, or too much in it. */
  list?(path: string): readonly string[] | undefined;
}

/** Thrown by a FileReader for a file that has to be fetched first. */
export class PendingFile extends Error {
  constructor(readonly path: string) {
    super(`${path} has not been read yet`);
  }
}

/** A file that cannot be read, with a sentence for the user that says why and what to do. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
}
