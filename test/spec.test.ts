// The spec files in test/spec: the manual of behaviour, checked. UPDATE=1 writes the values anew.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { check } from './spec/check';

const FOLDER = 'test/spec';

const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.md'))
  .map((file) => `${FOLDER}/${file.replaceAll('\\', '/')}`)
  .sort();

describe('specs hold', () => {
  for (const file of files) {
    it(file, () => {
      const { text, complaints } = check(readFileSync(file, 'utf8'));
      if (process.env.UPDATE) writeFileSync(file, text);
      else assert.equal(complaints.join('\n'), '');
    });
  }
});
