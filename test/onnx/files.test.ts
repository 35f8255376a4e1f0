// ONNX files on a disk: what cannot be opened, weights beside the model that are missing or a link to elsewhere, and files of
// many gigabytes.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeTower } from '../../scripts/onnx-files.mjs';
import { createOnnxPricing, priceOnnx } from '../../src/analysis/onnx-files';
import { openBytes } from '../../src/node/bytes';
import * as onnx from '../../src/onnx';
import { floats, modelBytes, node, valueInfo } from './making';

const files = { openBytes, onnx: () => onnx };

describe('onnx files on a disk', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'price-tag-onnx-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** What is said of a file that was not priced. */
  function problem(name: string): string {
    const outcome = priceOnnx(join(folder, name), files);
    assert.ok('problem' in outcome, 'it was priced');
    return outcome.problem.message;
  }

  function withWeightsIn(name: string, location: string): string[] {
    const weights = { ...floats('w', [4]), rawData: undefined, dataLocation: 1 };
    const bytes = modelBytes({
      node: [node('Add', ['x', 'w'], ['y'])],
      input: [valueInfo('x', [4])],
      output: [{ name: 'y' }],
      initializer: [{ ...weights, externalData: [{ key: 'location', value: location }] }],
    });
    writeFileSync(join(folder, name), bytes);
    const outcome = priceOnnx(join(folder, name), files);
    assert.ok('report' in outcome && outcome.report.params.total === 4, 'it is priced all the same');
    return [...(outcome.report.notes ?? [])];
  }

  it('says what cannot be opened', () => {
    assert.match(problem('nowhere.onnx'), /cannot be read: it is not there/);
    mkdirSync(join(folder, 'folder.onnx'));
    assert.match(problem('folder.onnx'), /no file with contents/);
  });

  it('waits for no pipe', function () {
    if (process.platform === 'win32') this.skip();
    execFileSync('mkfifo', [join(folder, 'pipe.onnx')]);
    assert.match(problem('pipe.onnx'), /a pipe or a device/);
  });

  it('says where weights beside the model are missing', () => {
    assert.match(withWeightsIn('missing.onnx', 'gone.bin')[0] ?? '', /`gone.bin`, which is not beside it/);
    writeFileSync(join(folder, 'here.bin'), 'weights');
    assert.deepEqual(withWeightsIn('here.onnx', 'here.bin'), []);
  });

  it('follows no link out of the folder', () => {
    symlinkSync('/etc/passwd', join(folder, 'link.bin'));
    symlinkSync(tmpdir(), join(folder, 'up'));
    assert.match(
      withWeightsIn('link.onnx', 'link.bin')[0] ?? '',
      /a link that leads out of the model's folder/,
    );
    assert.match(withWeightsIn('up.onnx', 'up/weights.bin')[0] ?? '', /leads out|not beside/);
  });

  it('opens five gigabytes by their structure alone', () => {
    writeTower(join(folder, 'large.onnx'), 5e9);
    const outcome = priceOnnx(join(folder, 'large.onnx'), files);
    assert.ok('report' in outcome);
    assert.equal(outcome.report.params.total, 75 * (4096 * 4096 + 4096));
    assert.equal(outcome.report.memory.weights, 4 * outcome.report.params.total);
  });

  it('says that five gigabytes are cut short', () => {
    writeTower(join(folder, 'cut.onnx'), 5e9);
    truncateSync(join(folder, 'cut.onnx'), 4e9);
    assert.match(problem('cut.onnx'), /cut short: it ends at byte 4000000000/);
  });

  it('prices again with other knobs, and reads again where the file has changed', () => {
    const pricing = createOnnxPricing(files);
    const uri = join(folder, 'knobs.onnx');
    const model = (size: number) =>
      modelBytes({
        node: [node('Relu', ['x'], ['y'])],
        input: [valueInfo('x', ['batch', size])],
        output: [{ name: 'y' }],
      });
    const fpo = (version: number, knobs: Record<string, number>) =>
      pricing({ uri, version, knobs }).roots[0]?.report?.fpo?.total;
    writeFileSync(uri, model(10));
    assert.equal(fpo(1, {}), 10);
    assert.equal(fpo(1, { batch: 7 }), 70);
    writeFileSync(uri, model(20));
    assert.equal(fpo(2, { batch: 7 }), 140);
    assert.equal(
      pricing({ uri: 'vfs:/m.onnx', version: 1, bytes: model(3), knobs: {} }).roots[0]?.report?.fpo?.total,
      3,
    );
  });
});
