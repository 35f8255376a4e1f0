// `price-tag report TARGET…`: prices files, folders and expressions, and writes reports in the format asked for. A target
// that cannot be priced is told on standard error and never stops the rest. On a terminal a progress line shows where the
// run is.

import type { Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import { createPricing, type PricedTarget, type Target } from '../analysis/targets';
import { openBytes } from '../node/bytes';
import { createNodeReader, readText } from '../node/files';
import type { ModelReport } from '../price/model-report';
import { toCsv } from '../report/csv';
import type { ExportContext } from '../report/export-context';
import { toJson } from '../report/json';
import { toLatex } from '../report/latex';
import { toMarkdown } from '../report/markdown';
import { toText } from '../report/text';
import { findTargets } from './targets';
import { UsageError } from './usage';

type Export = (report: ModelReport, context: ExportContext) => string;

const FORMATS: Readonly<Record<string, Export>> = {
  csv: toCsv,
  json: toJson,
  latex: toLatex,
  markdown: toMarkdown,
  text: toText,
};

/** Prices the targets; the exit code is 1 where one of them could not be. */
export function report(args: readonly string[], out: Writable, err: Writable & { isTTY?: boolean }): number {
  const { values, positionals } = parse(args);
  const write = FORMATS[values.format];
  if (!write)
    throw new UsageError(
      `There is no format ${JSON.stringify(values.format)}: ${Object.keys(FORMATS).join(', ')}.`,
    );
  if (positionals.length === 0)
    throw new UsageError('report needs a target: a file, a folder, or FILE::EXPRESSION.');
  const reader = createNodeReader();
  const pricing = createPricing(
    { reader, readText, openBytes },
    { input: values.input?.join('; '), searchPaths: values.path ?? [] },
  );
  const context: ExportContext = { fileText: (file) => reader.read(file) };
  let failures = 0;
  const targets = positionals.flatMap(findTargets);
  targets.forEach((target, index) => {
    progress(err, index, targets.length, target);
    for (const priced of pricing(target)) {
      if (priced.report) out.write(`${write(priced.report, context)}\n`);
      else failures += tell(err, priced, targets.length > 1);
    }
  });
  progress(err, targets.length, targets.length);
  return failures > 0 ? 1 : 0;
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        format: { type: 'string', default: 'text' },
        input: { type: 'string', multiple: true },
        path: { type: 'string', multiple: true },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** Says why something has no price. In a folder, a class that needs arguments is no failure. */
function tell(err: Writable, { name, problem, optional }: PricedTarget, many: boolean): number {
  if (optional && many) return 0;
  err.write(`${name}: ${problem}\n`);
  return 1;
}

function progress(err: Writable & { isTTY?: boolean }, done: number, all: number, target?: Target): void {
  if (!err.isTTY || all < 2) return;
  err.write(target ? `\r\x1b[K${done}/${all} ${target.file}` : '\r\x1b[K');
}
