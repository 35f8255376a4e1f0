// `price-tag check`: the price of what changed, and whether its budgets hold. With no budget set it only tells. Exit codes:
// 0, 1 = a budget does not hold, 2 = it could not be checked: usage, no such revision, a broken price-tag.json.

import fs from 'node:fs';
import path from 'node:path';
import type { GitRepository } from '../base/git';
import { CheckError, checkChanges, trailers } from '../check';
import { toGithub } from '../check/formats/github';
import { toJson } from '../check/formats/json';
import { toMarkdown } from '../check/formats/markdown';
import { toSarif } from '../check/formats/sarif';
import { toText } from '../check/formats/text';
import type { CheckReport } from '../check/model';
import { GitError, openRepository } from '../node/git';
import { packageFolders } from '../node/packages';
import { slashed } from '../node/paths';
import { createFiles } from './files';
import { formatNamed, parseOptions } from './options';
import type { Terminal } from './terminal';
import { UsageError } from './usage';

type Format = (report: CheckReport, top: string) => string;

const FORMATS: Readonly<Record<string, Format>> = {
  github: toGithub,
  json: toJson,
  markdown: toMarkdown,
  sarif: (report, top) => toSarif(report, top, process.env.PRICE_TAG_VERSION ?? ''),
  text: toText,
  trailers: (report) =>
    trailers(report)
      .map((line) => `${line}\n`)
      .join(''),
};

/** A user at a terminal waits longer than one who types. */
const LIMITS = { steps: 60_000_000, milliseconds: 60_000 };

export function check(args: readonly string[], out: Terminal, err: Terminal): number {
  const { values, positionals } = parse(args);
  const write = formatNamed(FORMATS, values.format);
  const files = (values.out ?? []).map(outputOf);
  if (values.staged && values.head !== undefined)
    throw new UsageError('--staged and --head are two states; only one can be compared with the base.');
  const git = explained(() => openRepository(process.cwd()));
  const report = explained(() => checked(git, values, positionals));
  out.write(write(report, git.top));
  for (const { file, format } of files) fs.writeFileSync(file, format(report, git.top));
  return exitCode(report, values.strict ?? false, err);
}

type Values = ReturnType<typeof parse>['values'];

function checked(git: GitRepository, values: Values, paths: readonly string[]): CheckReport {
  const { base, head, staged, all } = values;
  const files = createFiles();
  const request = {
    base,
    head: head !== undefined ? { revision: head } : staged ? ('index' as const) : ('workTree' as const),
    paths: paths.length === 0 ? undefined : paths.map((one) => pathInside(one, git)),
    all,
    searchPaths: [
      git.top,
      `${git.top}/src`,
      ...(values.path ?? []).map((one) => slashed(path.resolve(one))),
      ...packageFolders(git.top),
    ],
    limits: LIMITS,
  };
  return checkChanges(request, { git, reader: files.reader, onnx: files });
}

/** `--out markdown=summary.md` */
function outputOf(spelled: string): { readonly file: string; readonly format: Format } {
  const [, name = '', file = ''] = /^([a-z]+)=(.+)$/s.exec(spelled) ?? [];
  if (file === '') throw new UsageError(`${JSON.stringify(spelled)} is no output: write --out FORMAT=FILE.`);
  return { file, format: formatNamed(FORMATS, name) };
}

const parse = (args: readonly string[]) =>
  parseOptions(args, {
    all: { type: 'boolean' },
    base: { type: 'string' },
    format: { type: 'string', default: 'text' },
    head: { type: 'string' },
    out: { type: 'string', multiple: true },
    path: { type: 'string', multiple: true },
    staged: { type: 'boolean' },
    strict: { type: 'boolean' },
  });

/** What git or the check has against the call is a matter of usage. */
export function explained<T>(body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (error instanceof GitError || error instanceof CheckError) throw new UsageError(error.message);
    throw error;
  }
}

/** A path as the repository has it. */
function pathInside(spelled: string, { top }: GitRepository): string {
  const full = path.resolve(spelled);
  const folder = fs.existsSync(path.dirname(full)) ? fs.realpathSync(path.dirname(full)) : path.dirname(full);
  const relative = path.relative(fs.realpathSync(top), path.join(folder, path.basename(full)));
  if (relative.startsWith('..') || path.isAbsolute(relative))
    throw new UsageError(`${spelled} is not in the repository at ${top}.`);
  return slashed(relative);
}

function exitCode(report: CheckReport, strict: boolean, err: Terminal): number {
  if (report.problems.some(({ severity }) => severity === 'error')) {
    err.write('price-tag.json has errors; what it says there does not count.\n');
    return 2;
  }
  return report.outcome === 'broken' || (strict && report.outcome === 'uncertain') ? 1 : 0;
}
