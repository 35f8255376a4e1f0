// The licences of the packages whose code is in the bundles, as their licences ask: found by what esbuild says it
// bundled, so that the list needs no care.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const PACKAGE = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//;

/**
 * The text of all notices for what went into some bundles.
 * @param {import('esbuild').Metafile[]} metafiles
 */
export function notices(metafiles) {
  const inputs = metafiles.flatMap(({ inputs }) => Object.keys(inputs));
  const folders = new Set(
    inputs.map((input) => PACKAGE.exec(input)?.[1]).filter((folder) => folder !== undefined),
  );
  return [...folders]
    .sort()
    .map(notice)
    .join(`\n${'-'.repeat(80)}\n\n`);
}

function notice(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
  const text = file ? readFileSync(join(folder, file), 'utf8').trim() : '';
  return `${name} ${version}, licence ${license}\n\n${text}\n`;
}
