// The editor's end of the analysis, with workers that are played by the test.

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { AnalysisClient, type Job, type WorkerLike } from '../../src/editor/analysis-client';
import type { WorkerRequest, WorkerResponse } from '../../src/editor/protocol';
import { file } from '../report/fixture';

/** A worker that answers when it is told to. */
class PlayedWorker implements WorkerLike {
  readonly requests: WorkerRequest[] = [];
  terminated = false;
  private message: (response: WorkerResponse) => void = () => {};
  private end: (reason: string) => void = () => {};

  constructor(readonly cancelled: Int32Array) {}

  postMessage(request: WorkerRequest): void {
    this.requests.push(request);
  }
  onMessage(listener: (response: WorkerResponse) => void): void {
    this.message = listener;
  }
  onEnd(listener: (reason: string) => void): void {
    this.end = listener;
  }
  terminate(): void {
    this.terminated = true;
  }

  /** Answers its last request. */
  answer(): void {
    const last = this.requests.at(-1);
    if (last) this.message({ id: last.id, report: file({ uri: last.uri, version: last.version }) });
  }
  fail(error: string): void {
    this.message({ id: this.requests.at(-1)?.id ?? 0, error });
  }
  crash(reason: string): void {
    this.end(reason);
  }
}

function start() {
  const workers: PlayedWorker[] = [];
  const logged: string[] = [];
  const client = new AnalysisClient({
    spawn: (cancelled) => {
      workers.push(new PlayedWorker(new Int32Array(cancelled)));
      return workers.at(-1) as PlayedWorker;
    },
    log: (message) => logged.push(message),
    graceMs: 20,
  });
  return { client, workers, logged, worker: () => workers.at(-1) as PlayedWorker };
}

const job = (key: string, version: number, changes: Partial<Job> = {}): Job => ({
  key,
  uri: key,
  version,
  text: `version ${version}`,
  inputs: {},
  unsaved: {},
  searchPaths: [],
  limits: { steps: 1000, milliseconds: 1000 },
  ...changes,
});

describe('analysis client', () => {
  it('starts one worker, and only when it is needed', async () => {
    const { client, workers, worker } = start();
    assert.equal(workers.length, 0);
    const first = client.analyse(job('a', 1));
    worker().answer();
    assert.equal((await first)?.version, 1);
    const second = client.analyse(job('b', 1));
    worker().answer();
    assert.equal((await second)?.uri, 'b');
    assert.equal(workers.length, 1);
  });

  it('cancels what is overtaken and gives it no result', async () => {
    const { client, worker } = start();
    const first = client.analyse(job('a', 1));
    const second = client.analyse(job('a', 2));
    const third = client.analyse(job('a', 3));
    const [running] = worker().requests;
    assert.equal(Atomics.load(worker().cancelled, 0), running?.id);
    worker().answer();
    assert.equal(await first, undefined);
    assert.equal(await second, undefined);
    worker().answer();
    assert.equal((await third)?.version, 3);
    assert.deepEqual(
      worker().requests.map(({ version }) => version),
      [1, 3],
    );
  });

  it('takes the latest file first and leaves no other out', async () => {
    const { client, worker } = start();
    const all = ['a', 'b', 'c'].map((key) => client.analyse(job(key, 1)));
    for (let answers = 0; answers < 3; answers++) worker().answer();
    assert.deepEqual(
      (await Promise.all(all)).map((report) => report?.uri),
      ['a', 'b', 'c'],
    );
    assert.deepEqual(
      worker().requests.map(({ uri }) => uri),
      ['a', 'c', 'b'],
    );
  });

  it('ends a worker that takes too long, says so, and does not try the same text again', async () => {
    const { client, workers, worker, logged } = start();
    const slow = job('loop.py', 1, { limits: { steps: 1, milliseconds: 10 } });
    const report = await client.analyse(slow);
    assert.match(
      report?.problems[0]?.message ?? '',
      /^Pricing this file took more than [\d.]+ s and was ended\./,
    );
    assert.ok(worker().terminated);
    assert.match(logged[0] ?? '', /^loop\.py, version 1: Pricing this file took more than/);
    assert.deepEqual(await client.analyse(slow), report);
    assert.equal(workers.length, 1);
    const other = client.analyse(job('other.py', 1));
    worker().answer();
    assert.equal((await other)?.uri, 'other.py');
    const changed = client.analyse({ ...slow, version: 2 });
    worker().answer();
    assert.equal((await changed)?.version, 2);
    assert.equal(workers.length, 2);
  });

  it('goes on with a new worker when one has crashed', async () => {
    const { client, workers, worker } = start();
    const first = client.analyse(job('a', 1));
    const second = client.analyse(job('b', 1));
    worker().crash('it needed more than 64 MiB of memory');
    assert.match((await first)?.problems[0]?.message ?? '', /ended: it needed more than 64 MiB of memory/);
    worker().answer();
    assert.equal((await second)?.uri, 'b');
    assert.equal(workers.length, 2);
  });

  it('reports an analysis that failed and logs why', async () => {
    const { client, worker, logged } = start();
    const report = client.analyse(job('a', 1));
    worker().fail('TypeError: x is undefined');
    assert.match((await report)?.problems[0]?.message ?? '', /^The analysis of this file failed/);
    assert.match(logged[0] ?? '', /TypeError: x is undefined/);
  });

  it('lets go of everything when it is disposed', async () => {
    const { client, worker } = start();
    const first = client.analyse(job('a', 1));
    const second = client.analyse(job('b', 1));
    client.dispose();
    assert.ok(worker().terminated);
    assert.deepEqual(await Promise.race([Promise.all([first, second]), sleep(50, 'late')]), [
      undefined,
      undefined,
    ]);
  });
});
