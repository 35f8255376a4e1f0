// The decoder of ONNX's schema asks for a protobufjs that has known weaknesses; an override gives it a patched one. Files
// come from anywhere, so this is held by a test.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { onnx } from 'onnx-proto';
import { field, join } from './making';

const json = (path: string) => JSON.parse(readFileSync(path, 'utf8'));

describe('protobufjs', () => {
  const pinned: string = json('package.json').overrides.protobufjs;

  it('is pinned to one patched version', () => {
    assert.match(pinned, /^7\.\d+\.\d+$/);
    const [, minor = 0, patch = 0] = pinned.split('.').map(Number);
    assert.ok(minor > 5 || (minor === 5 && patch >= 4), `${pinned} is older than 7.5.4`);
  });

  it('is what the decoder loads, and there is no other', () => {
    const require = createRequire(resolve('node_modules/onnx-proto/package.json'));
    assert.equal(json(require.resolve('protobufjs/package.json')).version, pinned);
    const locked = Object.entries<{ version: string }>(json('package-lock.json').packages);
    const found = locked.filter(([path]) => path.endsWith('node_modules/protobufjs'));
    assert.deepEqual(
      found.map(([, { version }]) => version),
      [pinned],
    );
  });

  it('lets no file reach the prototype of objects', () => {
    const entry = join(field(1, '__proto__'), field(2, 'polluted'));
    onnx.ModelProto.decode(join(field(14, entry), field(2, '__proto__')));
    assert.equal(Object.hasOwn(Object.prototype, 'polluted'), false);
    assert.equal(({} as Record<string, unknown>).value, undefined);
  });
});
