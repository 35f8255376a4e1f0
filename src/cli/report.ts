// `price-tag report TARGET…`: prices files, folders and expressions, and writes reports in the format asked for. A target
// that cannot be priced is told on standard error and never stops the rest. On a terminal a progress line shows where the
// run is.

import { createPricing, type PricedTarget, type Target } from '../analysis/targets';
import type { ModelReport } from '../price/model-report';
import { toCsv } from '../report/csv';
import type { ExportContext } from '../report/export-context';
import { toJson } from '../report/json';
import { toLatex } from '../report/latex';
import { toMarkdown } from '../report/markdown';
import { toText } from '../report/text';
import { createFiles } from './files';
import { formatNamed, parseOptions } from './options';
import { findTargets } from './targets';
import type { Terminal } from './terminal';
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
export function report(args: readonly string[], out: Terminal, err: Terminal): number {
  const { values, positionals } = parse(args);
  const write = formatNamed(FORMATS, values.format);
  if (positionals.length === 0)
    throw new UsageError('report needs a target: a file, a folder, or FILE::EXPRESSION.');
  const files = createFiles();
  const pricing = createPricing(files, {
    input: values.input?.join('; '),
    knobs: knobsOf(values.knob ?? []),
    searchPaths: values.path ?? [],
  });
  const context: ExportContext = { fileText: (file) => files.reader.read(file) };
  let failures = 0;
  // What is wrong with price-tag.json is said by every file below it.
  const told = new Set<string>();
  const targets = positionals.flatMap(findTargets);
  targets.forEach((target, index) => {
    progress(err, index, targets.length, target);
    const { priced, notes } = pricing(target);
    for (const one of priced) if (one.report) out.write(`${write(one.report, context)}\n`);
    for (const note of notes) if (!told.has(note)) err.write(`${note}\n`);
    for (const note of notes) told.add(note);
    failures += tell(err, target, priced, targets.length > 1);
  });
  progress(err, targets.length, targets.length);
  return failures > 0 ? 1 : 0;
}

/** `--knob batch=8`. */
function knobsOf(spelled: readonly string[]): Record<string, number> {
  const knobs = spelled.map((text) => {
    const [, name, value] = /^(.+)=(\d+)$/.exec(text) ?? [];
    if (name === undefined)
      throw new UsageError(`${JSON.stringify(text)} is no knob: write --knob NAME=NUMBER.`);
    return [name, Number(value)] as const;
  });
  return Object.fromEntries(knobs);
}

const parse = (args: readonly string[]) =>
  parseOptions(args, {
    format: { type: 'string', default: 'text' },
    input: { type: 'string', multiple: true },
    knob: { type: 'string', multiple: true },
    path: { type: 'string', multiple: true },
  });

/** Says why something has no price, and how many failed. That a class needs arguments is no failure of the file. */
function tell(err: Terminal, { file }: Target, priced: readonly PricedTarget[], many: boolean): number {
  const failed = priced.filter(({ report, optional }) => report === null && !optional);
  for (const { name, problem } of failed) err.write(`${name}: ${problem}\n`);
  if (many || failed.length > 0 || priced.some(({ report }) => report !== null)) return failed.length;
  const [first] = priced;
  err.write(first ? `${first.name}: ${first.problem}\n` : `${file}: there is no model in this file\n`);
  return 1;
}

function progress(err: Terminal, done: number, all: number, target?: Target): void {
  if (all < 2 || !err.isTerminal) return;
  err.write(target ? `\r\x1b[K${done}/${all} ${target.file}` : '\r\x1b[K');
}
