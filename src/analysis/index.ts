// The façade that the editor's worker and the command line use: text in, plain reports out. Files come through a reader
// that is handed in; time and steps are limited; a cancelled run ends with a problem that says so.

import type { FileReader } from '../base/files';
import { LineIndex } from '../base/lines';
import type { Range } from '../base/site';
import { torchMeaning } from '../frameworks/torch/meaning';
import type { Problem } from '../price/model-report';
import { resolveCalls } from '../price/resolve';
import type { ParseIssue } from '../syntax/ast';
import { type Config, configOf } from './config';
import type { FileReport, RootReport } from './file-report';
import { marksOf, type Priced } from './marks';
import { type RootRun, runRoot } from './root-run';
import { findRoots, type Root } from './roots';
import { Session } from './session';
import { SourceCache } from './source-cache';

export interface AnalysisRequest {
  /** Path of a file, or the URI of what is none. */
  readonly uri: string;
  readonly version: number;
  readonly text: string;
  /** What the user set as input of all roots, as `1,3,224,224`. */
  readonly input?: string;
  /** By root id; goes before `input`. */
  readonly inputs?: Readonly<Record<string, string>>;
  /** Ids of the roots to price; all where left out. The others are found all the same. */
  readonly only?: readonly string[];
  readonly searchPaths: readonly string[];
  readonly limits: { readonly steps: number; readonly milliseconds: number };
  readonly cancelled?: () => boolean;
}

export interface Analysis {
  analyse(request: AnalysisRequest): FileReport;
}

/** Above this many characters a file is not read: nobody writes that by hand. */
const LONGEST_TEXT = 4_000_000;

/** Analyses that read texts of the same files may share what was parsed. */
export function createAnalysis(reader: FileReader, sources = new SourceCache()): Analysis {
  return { analyse: (request) => analyse(request, reader, sources) };
}

function analyse(request: AnalysisRequest, reader: FileReader, sources: SourceCache): FileReport {
  const started = Date.now();
  const { uri, version, text } = request;
  const done = (part: Pick<FileReport, 'roots' | 'marks' | 'problems'>): FileReport => ({
    uri,
    version,
    ...part,
    milliseconds: Date.now() - started,
  });
  const problems = textProblems(text);
  if (text.length > LONGEST_TEXT || text.trim() === '') return done({ roots: [], marks: [], problems });
  const { limits, cancelled, searchPaths } = request;
  const session = new Session({ file: uri, text, reader, sources, searchPaths, limits, cancelled });
  const ended = session.load();
  const roots = findRoots(session.tree, text, torchMeaning(session.interpreter, session.module));
  const config = roots.length === 0 ? undefined : configOf(uri, reader);
  const { only } = request;
  const runs = roots.map((root) =>
    only?.includes(root.id) === false ? notAsked(root) : runOne(root, request, session, config),
  );
  const priced = pricedRuns(runs);
  const { issues } = sources.read(uri, text);
  return done({
    roots: roots.map((root, index) => rootReport(root, runs[index] as RootRun, issues, priced)),
    marks: marksOf(uri, surestFirst(priced, runs)),
    problems: [...problems, ...(ended ? [ended] : []), ...session.problems()],
  });
}

function textProblems(text: string): Problem[] {
  if (text.length > LONGEST_TEXT) {
    return [
      { message: `This file has ${text.length} characters; up to ${LONGEST_TEXT} are read.`, stack: [] },
    ];
  }
  if (!text.includes('\uFFFD')) return [];
  return [{ message: 'This file is not UTF-8 text. Save it as UTF-8 to see what it costs.', stack: [] }];
}

const notAsked = ({ name, expressions: [expression = name] }: Root): RootRun => ({
  expression,
  trace: null,
  report: null,
  problem: null,
  input: null,
});

function runOne(root: Root, request: AnalysisRequest, session: Session, config: Config | undefined): RootRun {
  const { uri: file, text, input, inputs } = request;
  const lines = new LineIndex(text);
  const place = (range: Range): string => `line ${lines.lineOf(range.start) + 1}`;
  return runRoot(root, { session, file, text, config, given: inputs?.[root.id] ?? input, place });
}

function pricedRuns(runs: readonly RootRun[]): Priced[] {
  return runs.flatMap(({ trace, report }, root) =>
    trace && report ? [{ root, trace, report, costs: resolveCalls(trace).map(({ cost }) => cost) }] : [],
  );
}

/** Where several roots pass one place, the figures are those of a root whose input is not assumed. */
function surestFirst(priced: readonly Priced[], runs: readonly RootRun[]): Priced[] {
  const assumed = ({ root }: Priced): number => (runs[root]?.input?.kind === 'assumed' ? 1 : 0);
  return [...priced].sort((a, b) => assumed(a) - assumed(b));
}

function rootReport(
  root: Root,
  run: RootRun,
  issues: readonly ParseIssue[],
  priced: readonly Priced[],
): RootReport {
  const { id, kind, range, extent } = root;
  return {
    id,
    kind,
    expression: run.expression,
    range: { start: range.start, end: range.end },
    extent: { start: extent.start, end: extent.end },
    report: run.report,
    problem: run.problem,
    input: run.input,
    ...(run.report === null && partOf(root, priced)),
    ...(run.report === null && root.missing && { missing: root.missing }),
    broken: issues.some(({ start, end }) => start >= extent.start && end <= extent.end + 1),
  };
}

/** The first root that makes layers of this class. */
function partOf(root: Root, priced: readonly Priced[]): Pick<RootReport, 'within'> {
  if (root.kind !== 'class') return {};
  for (const { root: holder, trace } of priced) {
    const layers = trace.modules.flatMap(({ className }, id) => (className === root.name ? [id] : []));
    if (layers.length > 0) return { within: { root: holder, layers } };
  }
  return {};
}
