// Standard output and standard error, written to at once through their descriptors: Node's own streams take longer to
// load than many a report takes to make. What has been written is out when `write` returns, so a run may end at any time.

import fs from 'node:fs';

/** Where text for the user goes. */
export interface Terminal {
  /** Whether somebody is watching, so that a line may be written over. */
  readonly isTerminal: boolean;
  write(text: string): void;
}

/** @param descriptor 1 = standard output, 2 = standard error */
export const createTerminal = (descriptor: 1 | 2): Terminal => ({
  get isTerminal() {
    return fs.fstatSync(descriptor).isCharacterDevice();
  },
  write(text) {
    writeAll(descriptor, Buffer.from(text));
  },
});

function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) {
    try {
      done += fs.writeSync(descriptor, bytes, done);
    } catch (error) {
      recover(error as NodeJS.ErrnoException);
    }
  }
}

/** A reader that is slow is waited for; one that has seen enough (`| head`) ends the run quietly. */
function recover(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE' || error.code === 'EOF') process.exit(0);
  if (error.code !== 'EAGAIN') throw error;
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
}
