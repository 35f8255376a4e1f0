// docs/counting.md says what every operator counts; the sentences are those of the operators themselves. UPDATE=1 writes
// the table anew.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { CATALOGUE, collect } from '../../src/ops/catalogue';

const FILE = 'docs/counting.md';
const [START, END] = ['<!-- operators -->\n', '<!-- end -->\n'];

/** The table: operators that count something, and the names of those that do not. */
function table(): string {
  const ops = [...CATALOGUE.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  const counting = ops.filter((op) => op.cost !== undefined && op.note !== 'none');
  const free = ops.filter((op) => !counting.includes(op)).map((op) => `\`${op.name}\``);
  const rows = counting.map((op) => `| \`${op.name}\` | ${op.note ?? ''} |`);
  return `| operator | FPO |\n|---|---|\n${rows.join('\n')}\n\nThese move, select or compare, and count none: ${free.join(', ')}.\n`;
}

describe('counting', () => {
  it('the documentation has every operator in its own words', () => {
    const text = readFileSync(FILE, 'utf8');
    const [before = '', rest = ''] = text.split(START);
    const [found, after = ''] = rest.split(END);
    if (process.env.UPDATE === '1') writeFileSync(FILE, `${before}${START}${table()}${END}${after}`);
    else assert.equal(found, table());
  });

  it('every operator that counts says what', () => {
    const silent = [...CATALOGUE.values()].filter((op) => op.cost !== undefined && op.note === undefined);
    assert.deepEqual(
      silent.map((op) => op.name),
      [],
    );
  });

  it('refuses two operators of one name', () => {
    const [op] = CATALOGUE.values();
    assert.ok(op);
    assert.throws(() => collect([op, op]), new RegExp(`two operators are called ${op.name}`));
  });
});
