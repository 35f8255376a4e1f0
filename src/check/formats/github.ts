// The check as annotations of GitHub Actions: commands in the log that the runner turns into remarks at the lines of a
// pull request. Properties and messages are escaped as the runner unescapes them, so that no name can end a command.

import { oneLine } from '../../report/escape';
import { type Amounts, createAmounts } from '../amounts';
import type { CheckReport, RootChange } from '../model';
import { relativePlace } from '../places';
import { outcomeWords, summary } from '../words';

type Level = 'error' | 'notice' | 'warning';

export function toGithub(report: CheckReport, top: string): string {
  const amounts = createAmounts();
  const lines = [
    ...report.roots.flatMap((root) => rootCommands(root, amounts)),
    ...report.problems.map(({ severity, message, line, file }) =>
      command(severity, { file: relativePlace(file, top), line, title: 'price-tag.json' }, message),
    ),
    ...report.notes.map((note) => command('warning', { title: 'Price Tag' }, note)),
    `Price Tag: ${oneLine(outcomeWords(report, amounts))}`,
  ];
  return `${lines.join('\n')}\n`;
}

function rootCommands(root: RootChange, amounts: Amounts): string[] {
  const { after, before, key, verdicts } = root;
  const definition = (after ?? before)?.definition;
  // A line of what is gone is no line of the files that are shown.
  const at = after && definition && !definition.file.endsWith('.ipynb') ? { line: definition.first } : {};
  const place = { file: after?.file, ...at };
  const told = verdicts.filter(({ outcome }) => outcome !== 'holds');
  if (told.length === 0)
    return [command('notice', { ...place, title: `Price of ${key}` }, `${key}: ${summary(root, amounts)}`)];
  return told.map(({ outcome, sentence }) => {
    const title = outcome === 'broken' ? `${key} is over budget` : `Budget of ${key} is uncertain`;
    return command(outcome === 'broken' ? 'error' : 'warning', { ...place, title }, `${key}: ${sentence}`);
  });
}

interface Properties {
  readonly file?: string;
  readonly line?: number;
  readonly title: string;
}

function command(level: Level, properties: Properties, message: string): string {
  const given = Object.entries(properties).filter(([, value]) => value !== undefined);
  const list = given.map(([name, value]) => `${name}=${property(String(value))}`).join(',');
  return `::${level} ${list}::${data(oneLine(message))}`;
}

const data = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
