// Properties that are made when they are first read: to everybody else they are plain data.

import assert from 'node:assert/strict';
import { lazily } from '../../src/base/lazy';

describe('lazy properties', () => {
  function made(): { record: { readonly first: number }; times: () => number } {
    let times = 0;
    const record = { first: 1 };
    lazily(record, 'second', () => ({ times: ++times }));
    return { record, times: () => times };
  }

  it('are made once, and only for those who read them', () => {
    const { record, times } = made();
    assert.ok('second' in record);
    assert.equal(times(), 0);
    assert.deepEqual(
      [{ ...record }, { ...record }],
      [
        { first: 1, second: { times: 1 } },
        { first: 1, second: { times: 1 } },
      ],
    );
    assert.equal(times(), 1);
  });

  it('are written and sent as others are', () => {
    assert.equal(JSON.stringify(made().record), '{"first":1,"second":{"times":1}}');
    assert.deepEqual(structuredClone(made().record), { first: 1, second: { times: 1 } });
  });
});
