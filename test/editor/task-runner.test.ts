// The editor's end of the worker that compares revisions, with workers that are played by the test.

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { type TaskMessage, TaskRunner, type TaskWorker } from '../../src/editor/check/task-runner';

class PlayedWorker implements TaskWorker<string, TaskMessage<string>> {
  readonly tasks: string[] = [];
  terminated = false;
  say: (message: TaskMessage<string>) => void = () => {};
  end: (reason: string) => void = () => {};

  postMessage(task: string): void {
    this.tasks.push(task);
  }
  onMessage(listener: (message: TaskMessage<string>) => void): void {
    this.say = listener;
  }
  onEnd(listener: (reason: string) => void): void {
    this.end = listener;
  }
  terminate(): void {
    this.terminated = true;
    this.end('the worker exited with code 1');
  }
}

function start(idleMs = 1000) {
  const workers: PlayedWorker[] = [];
  const runner = new TaskRunner<string, string>(() => {
    workers.push(new PlayedWorker());
    return workers.at(-1) as PlayedWorker;
  }, idleMs);
  return { runner, workers };
}

describe('task runner', () => {
  it('gives one task after the other to one worker, with progress', async () => {
    const { runner, workers } = start();
    const seen: string[] = [];
    const first = runner.run('a', ({ what }) => seen.push(what));
    const second = runner.run('b');
    assert.deepEqual(workers[0]?.tasks, ['a']);
    workers[0]?.say({ type: 'progress', done: 1, what: 'net.py' });
    workers[0]?.say({ type: 'result', result: 'A' });
    workers[0]?.say({ type: 'result', result: 'B' });
    assert.deepEqual([await first.result, await second.result, seen], ['A', 'B', ['net.py']]);
    assert.equal(workers.length, 1);
  });

  it('ends the worker of a task that is given up, and goes on with the next', async () => {
    const { runner, workers } = start();
    const first = runner.run('a');
    const second = runner.run('b');
    first.cancel();
    assert.equal(await first.result, undefined);
    assert.equal(workers[0]?.terminated, true);
    assert.deepEqual(workers[1]?.tasks, ['b']);
    workers[0]?.say({ type: 'result', result: 'late' });
    workers[1]?.say({ type: 'result', result: 'B' });
    assert.equal(await second.result, 'B');
  });

  it('drops a task that waits', async () => {
    const { runner, workers } = start();
    const first = runner.run('a');
    const second = runner.run('b');
    second.cancel();
    workers[0]?.say({ type: 'result', result: 'A' });
    assert.deepEqual([await first.result, await second.result], ['A', undefined]);
    assert.deepEqual(workers[0]?.tasks, ['a']);
  });

  it('tells errors and ends apart from results, and starts anew', async () => {
    const { runner, workers } = start();
    const first = runner.run('a');
    workers[0]?.say({ type: 'error', message: 'there is no revision v9' });
    await assert.rejects(first.result, /no revision v9/);
    const second = runner.run('b');
    workers[0]?.end('it needed more than 64 MiB of memory');
    await assert.rejects(second.result, /more than 64 MiB/);
    const third = runner.run('c');
    workers[1]?.say({ type: 'result', result: 'C' });
    assert.equal(await third.result, 'C');
  });

  it('keeps a worker only for a while', async () => {
    const { runner, workers } = start(10);
    const first = runner.run('a');
    workers[0]?.say({ type: 'result', result: 'A' });
    await first.result;
    await sleep(40);
    assert.equal(workers[0]?.terminated, true);
    void runner.run('b').result;
    assert.equal(workers.length, 2);
    runner.dispose();
  });
});
