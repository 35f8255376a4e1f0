// The habits of this project that a program can check: header comments, file sizes, no default exports, no `any`,
// and no paths of somebody's machine in any file. Each complaint names its file.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const LONGEST = 600;
const TEXT = /\.(ts|mjs|cjs|js|py|md|json|css|html|sh|yml|yaml)$|^\.[\w.]+(\/run)?$/;
const ANY = /(?:[:<|]\s*|\bas\s+)any\b(?!\s*[.(\w])|\bany\[\]/;
const HOMES = ['home', 'Users', 'work', 'root'].join('|');
const MACHINE_PATH = new RegExp(`(?<![\\w.:/~$}-])/(?:${HOMES})/[\\w.-]+|\\b[A-Z]:\\\\\\\\?Users\\\\`);

/** Files under version control and new ones that are not ignored. */
function projectFiles(): string[] {
  const list = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    encoding: 'utf8',
  });
  return list.split('\n').filter((file) => file !== '' && existsSync(file));
}

const files = projectFiles();
const code = files.filter((file) => /^(src|webview|test)\/.*\.ts$/.test(file));

/** Fails with one line for each file of which `wrong` has something to say. */
function check(list: readonly string[], wrong: (text: string, file: string) => string | undefined): void {
  const complaints = list.flatMap((file) => {
    const problem = wrong(readFileSync(file, 'utf8'), file);
    return problem === undefined ? [] : [`${file}: ${problem}`];
  });
  if (complaints.length > 0) assert.fail(complaints.join('\n'));
}

/** The first line that fits a pattern, as `line 12 has …`. */
function lineWith(pattern: RegExp, text: string): string | undefined {
  const lines = text.split('\n');
  const at = lines.findIndex((line) => pattern.test(line));
  return at < 0 ? undefined : `line ${at + 1} has ${(pattern.exec(lines[at] ?? '')?.[0] ?? '').trim()}`;
}

/** Code without its comments and strings, line for line. */
function bare(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '))
    .replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, "''")
    .replace(/(^|\s)\/\/.*$/gm, '$1');
}

describe('tidy', () => {
  it('each source file says at its top what it is', () => {
    const scripts = files.filter((file) => /^(scripts|test\/harness)\/.*\.mjs$/.test(file));
    check([...code, ...scripts], (text) =>
      /^(#!.*\n)?(\/\/|\/\*) ?\S/.test(text) ? undefined : 'has no header comment',
    );
  });

  it(`no source file is longer than ${LONGEST} lines`, () => {
    check(code, (text) => {
      const lines = text.split('\n').length - 1;
      return lines > LONGEST ? `has ${lines} lines; split it by family` : undefined;
    });
  });

  it('nothing is exported by default', () => {
    const modules = code.filter((file) => !file.endsWith('.d.ts'));
    check(modules, (text) => lineWith(/^export default\b|\bas default\b/, bare(text)));
  });

  it('nothing is any', () => {
    check(code, (text) => lineWith(ANY, bare(text)));
  });

  it('no file names a path of one machine', () => {
    check(
      files.filter((file) => TEXT.test(file)),
      (text) => lineWith(MACHINE_PATH, text),
    );
  });
});
