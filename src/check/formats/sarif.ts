// The check as SARIF 2.1.0, which code scanning services read: one result for each budget that does not hold or cannot be
// judged, each root that changed without such a budget, and each problem of price-tag.json.

import { type Amounts, createAmounts } from '../amounts';
import type { BudgetOutcome, CheckReport, Lines, RootChange } from '../model';
import { relativePlace, uriReference } from '../places';
import { causeWords, layerName, layerWords, summary } from '../words';

type Level = 'error' | 'note' | 'warning';

const RULES = [
  {
    id: 'budget-broken',
    text: 'A model costs more than its budget in price-tag.json allows.',
    level: 'error',
  },
  { id: 'budget-uncertain', text: 'Whether a model keeps its budget cannot be told.', level: 'warning' },
  { id: 'configuration', text: 'Something is wrong with price-tag.json.', level: 'error' },
  { id: 'price-changed', text: 'A change makes a model cost more or less.', level: 'note' },
] as const;

type RuleId = (typeof RULES)[number]['id'];

export function toSarif(report: CheckReport, top: string, version: string): string {
  const amounts = createAmounts();
  const results = [
    ...report.roots.flatMap((root) => rootResults(root, amounts, top)),
    ...report.problems.map(({ file, line, message, severity }) =>
      result('configuration', message, [location(relativePlace(file, top), line)], [], severity),
    ),
  ];
  const driver = { name: 'Price Tag', version, rules: RULES.map(rule) };
  const notifications = report.notes.map((text) => ({ level: 'warning', message: { text } }));
  const invocations = [{ executionSuccessful: true, toolExecutionNotifications: notifications }];
  const run = { tool: { driver }, invocations, columnKind: 'utf16CodeUnits', results };
  const $schema = 'https://json.schemastore.org/sarif-2.1.0.json';
  return `${JSON.stringify({ $schema, version: '2.1.0', runs: [run] }, null, 2)}\n`;
}

const rule = ({ id, text, level }: (typeof RULES)[number]) => ({
  id,
  shortDescription: { text },
  defaultConfiguration: { level },
});

const RULE_OF: Readonly<Record<Exclude<BudgetOutcome, 'holds'>, RuleId>> = {
  broken: 'budget-broken',
  uncertain: 'budget-uncertain',
};

function rootResults(root: RootChange, amounts: Amounts, top: string) {
  const { key, after, before, verdicts } = root;
  const definition = (after ?? before)?.definition;
  const places = definition ? [locationOf(definition)] : [];
  const causes = root.layers.flatMap((layer) =>
    layer.causes.map((lines) => ({
      ...locationOf(lines),
      message: { text: `${layerName(layer)}: ${layerWords(layer, amounts)}, ${causeWords(layer)}` },
    })),
  );
  const told = verdicts.flatMap(({ outcome, sentence, place }) => {
    if (outcome === 'holds') return [];
    const budget = {
      ...location(relativePlace(place.file, top), place.line),
      message: { text: 'the budget' },
    };
    return [result(RULE_OF[outcome], `${key}: ${sentence}`, places, [budget, ...causes])];
  });
  return told.length > 0
    ? told
    : [result('price-changed', `${key}: ${summary(root, amounts)}`, places, causes)];
}

function result(
  ruleId: RuleId,
  text: string,
  locations: readonly object[],
  related: readonly object[],
  level: Level | undefined = RULES.find(({ id }) => id === ruleId)?.level,
) {
  const relatedLocations = related.map((one, id) => ({ id, ...one }));
  return { ruleId, level, message: { text }, locations, ...(related.length > 0 && { relatedLocations }) };
}

/** Lines of what is gone, and of a notebook's code, are no lines of a file that a viewer has. */
function locationOf({ file, first, last, side }: Lines): object {
  const hasLines = side === 'after' && !/\.(ipynb|onnx)$/.test(file);
  return hasLines ? location(file, first, last) : location(file);
}

const location = (file: string, startLine?: number, endLine = startLine): object => ({
  physicalLocation: {
    artifactLocation: { uri: uriReference(file) },
    ...(startLine !== undefined && { region: { startLine, endLine } }),
  },
});
