// How test runs look: a line for each outermost suite while all is well, each failure in full at the end, and a file
// of results for whoever started the run (RESULTS in the environment), which npm test adds up. Used by every runner.

import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import Mocha from 'mocha';

const { EVENT_RUN_END, EVENT_SUITE_BEGIN, EVENT_SUITE_END } = Mocha.Runner.constants;

/** A mocha reporter that is quiet about what passes. */
export class SuiteReporter extends Mocha.reporters.Base {
  constructor(runner, options) {
    super(runner, options);
    runner.on(EVENT_SUITE_BEGIN, (suite) => this.begin(suite));
    runner.on(EVENT_SUITE_END, (suite) => this.end(suite));
    runner.once(EVENT_RUN_END, () => this.finish());
  }

  begin(suite) {
    if (suite.parent?.root) this.before = { ...this.stats, at: Date.now() };
  }

  end(suite) {
    if (!suite.parent?.root) return;
    const failures = this.stats.failures - this.before.failures;
    const passes = this.stats.passes - this.before.passes;
    const ms = Date.now() - this.before.at;
    const mark = failures > 0 ? '✘' : '✔';
    console.log(
      `  ${mark} ${suite.title}: ${passes} passed${failures > 0 ? `, ${failures} failed` : ''} (${ms} ms)`,
    );
  }

  finish() {
    if (this.failures.length > 0) this.epilogue();
    if (process.env.RESULTS) writeResults(process.env.RESULTS, this.stats.passes, this.stats.failures);
  }
}

/**
 * Leaves the counts of a run for npm test, in one step, so that a half-written file is never read.
 * @param {string} file @param {number} passed @param {number} failed
 */
export function writeResults(file, passed, failed) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, JSON.stringify({ passed, failed }));
  renameSync(`${file}.new`, file);
}
