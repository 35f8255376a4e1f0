// The file that a commit hook runs: it loads the command line of the extension where that is now. Where it is gone the
// commit is let go: only a budget that does not hold may stop one. Knows nothing of VS Code.

/** The text of the file, for the path of the command line. */
export const launcherText = (commandLine: string): string =>
  [
    '// Price Tag for commit hooks. Written by the extension.',
    `const commandLine = ${JSON.stringify(commandLine)};`,
    "if (require('node:fs').existsSync(commandLine)) require(commandLine);",
    'else {',
    "  console.error('Price Tag is not installed any more: this commit is not checked.');",
    '  process.exitCode = 2;',
    '}',
    '',
  ].join('\n');
