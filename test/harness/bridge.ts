// The UI tests' end of the bridge to the extension host: for state that the window does not show, and for settings
// that change while it is open. Functions travel as text, so they may use nothing but their two arguments.

import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

type Vscode = typeof import('vscode');
type Waiting = { done: (result: unknown) => void; fail: (error: Error) => void };

const CONNECT_MS = 30_000;

export class Bridge {
  private readonly waiting = new Map<number, Waiting>();
  private calls = 0;

  private constructor(private readonly socket: Socket) {
    createInterface(socket).on('line', (line) => this.settle(JSON.parse(line)));
  }

  /** Connects as soon as the extension host listens. */
  static async connect(path: string): Promise<Bridge> {
    const end = Date.now() + CONNECT_MS;
    for (;;) {
      const socket = await open(path);
      if (socket) return new Bridge(socket);
      if (Date.now() > end) throw new Error('The extension host did not open the bridge.');
      await sleep(50);
    }
  }

  /** Runs a function in the extension host and gives its result, both ways as JSON. */
  run<T, V>(work: (vscode: Vscode, value: V) => T | PromiseLike<T>, value?: V): Promise<Awaited<T>> {
    const id = ++this.calls;
    this.socket.write(`${JSON.stringify({ id, code: `return (${work})(vscode, value);`, value })}\n`);
    return new Promise((done, fail) => {
      this.waiting.set(id, { done: done as Waiting['done'], fail });
    });
  }

  close(): void {
    this.socket.destroy();
  }

  private settle({ id, result, error }: { id: number; result?: unknown; error?: string }): void {
    const call = this.waiting.get(id);
    this.waiting.delete(id);
    if (error === undefined) call?.done(result);
    else call?.fail(new Error(`In the extension host: ${error}`));
  }
}

function open(path: string): Promise<Socket | undefined> {
  return new Promise((done) => {
    const socket = connect(path);
    socket.once('connect', () => done(socket));
    socket.once('error', () => done(undefined));
  });
}
