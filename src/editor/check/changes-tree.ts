// The view “Price Tag” in the Source Control container: what the changes of each repository do to the price of each
// model. A model unfolds into its budgets, its figures before and after, and the layers that changed, each of which
// leads to its line. A native tree: keyboard, screen readers and themes are the workbench's business.

import * as vscode from 'vscode';
import type { Amounts } from '../../check/amounts';
import type { BudgetProblem, BudgetVerdict, ConfigPlace, LayerChange, RootChange } from '../../check/model';
import type { Direction, FigureChange } from '../../check/page-data';
import {
  figureChanges,
  layerArguments,
  layerPath,
  layerSummary,
  MAIN_FIGURES,
  rootDirection,
  rootFile,
  rootShort,
  rootTitle,
} from '../../check/view';
import { causeWords, comparisonWords, summary } from '../../check/words';
import { label } from '../../report/escape';
import { OPEN_CHANGE, OPEN_COMPARISON } from '../command-ids';
import { uriOf } from '../sources';
import type { Checks, FolderCheck } from './checks';

/** A row of the tree. */
export type ChangeNode =
  | { readonly kind: 'figure'; readonly figure: FigureChange; readonly of: RootNode }
  | { readonly kind: 'folder'; readonly check: FolderCheck }
  | { readonly kind: 'layer'; readonly layer: LayerChange; readonly of: RootNode }
  | {
      readonly kind: 'note';
      readonly text: string;
      readonly warning: boolean;
      /** Where it is said, if it is in price-tag.json. */
      readonly place?: ConfigPlace;
    }
  | { readonly kind: 'verdict'; readonly verdict: BudgetVerdict; readonly of: RootNode }
  | RootNode;

export interface RootNode {
  readonly kind: 'root';
  readonly root: RootChange;
  readonly check: FolderCheck;
}

export class ChangesTree implements vscode.TreeDataProvider<ChangeNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly subscription: vscode.Disposable;

  constructor(
    private readonly checks: Checks,
    private readonly amounts: Amounts,
  ) {
    this.subscription = checks.onDidChange(() => this.changed.fire(undefined));
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }

  getChildren(node?: ChangeNode): ChangeNode[] {
    if (node === undefined) return this.top();
    if (node.kind === 'folder') return contentOf(node.check);
    return node.kind === 'root' ? this.partsOf(node) : [];
  }

  getTreeItem(node: ChangeNode): vscode.TreeItem {
    switch (node.kind) {
      case 'folder':
        return folderItem(node.check);
      case 'root':
        return rootItem(node, this.amounts);
      case 'figure':
        return figureItem(node.figure, node.of);
      case 'layer':
        return layerItem(node.layer, node.of, this.amounts);
      case 'note':
        return noteItem(node.text, node.warning, node.place);
      case 'verdict':
        return verdictItem(node.verdict, node.of);
    }
  }

  /** One repository needs no row of its own. */
  private top(): ChangeNode[] {
    const checks = this.checks.all();
    const [only] = checks;
    if (checks.length === 1 && only) return contentOf(only);
    return checks.map((check) => ({ kind: 'folder', check }));
  }

  private partsOf(of: RootNode): ChangeNode[] {
    const { root } = of;
    const verdicts = root.verdicts
      .filter(({ outcome }) => outcome !== 'holds')
      .map((verdict) => ({ kind: 'verdict', verdict, of }) as const);
    const notes = root.notes.map((text) => ({ kind: 'note', text, warning: false }) as const);
    const figures = figureChanges(root, this.amounts)
      .filter((figure) => isShown(figure, root))
      .map((figure) => ({ kind: 'figure', figure, of }) as const);
    const layers = root.layers.map((layer) => ({ kind: 'layer', layer, of }) as const);
    return [...verdicts, ...notes, ...figures, ...layers];
  }
}

/** Of a root on both sides what has changed, else its price tag. */
function isShown({ name, change, before, after }: FigureChange, root: RootChange): boolean {
  const isMain = MAIN_FIGURES.includes(name);
  if (root.before && root.after) return isMain && (change !== '' || before !== after);
  return isMain && before + after !== '';
}

function contentOf(check: FolderCheck): ChangeNode[] {
  const { report } = check.result ?? {};
  if (report === undefined) {
    const { state, message = '' } = check;
    return state === 'failed' ? [{ kind: 'note', text: message, warning: true }] : [];
  }
  const failed = check.state === 'failed' ? [{ text: check.message ?? '' }] : [];
  const problems = report.problems.map((place) => ({ text: problemWords(place), place }));
  return [
    ...[...failed, ...problems].map((each) => ({ kind: 'note', warning: true, ...each }) as const),
    ...report.roots.map((root) => ({ kind: 'root', root, check }) as const),
    ...report.notes.map((text) => ({ kind: 'note', text, warning: false }) as const),
    ...(report.roots.length === 0 ? [noChange()] : []),
  ];
}

const problemWords = ({ file, line, message }: BudgetProblem): string =>
  `${file.slice(file.lastIndexOf('/') + 1)}, line ${line}: ${message}`;

const noChange = (): ChangeNode => ({
  kind: 'note',
  text: vscode.l10n.t('No model has changed its price.'),
  warning: false,
});

function folderItem({ name, path, result, state }: FolderCheck): vscode.TreeItem {
  const item = new vscode.TreeItem(label(name), vscode.TreeItemCollapsibleState.Expanded);
  item.id = path;
  item.iconPath = new vscode.ThemeIcon('repo');
  item.contextValue = 'folder';
  item.description =
    state === 'running' ? vscode.l10n.t('comparing…') : result && comparisonWords(result.report);
  item.tooltip = path;
  return item;
}

function rootItem(node: RootNode, amounts: Amounts): vscode.TreeItem {
  const { root, check } = node;
  const title = rootTitle(root);
  const [price, file] = [summary(root, amounts), rootFile(root)];
  const direction = root.before && root.after ? rootDirection(root, amounts) : 'unknown';
  const broken = brokenOf(root).map(({ sentence }) => sentence);
  const item = new vscode.TreeItem(
    label(title),
    root.status === 'removed'
      ? vscode.TreeItemCollapsibleState.None
      : vscode.TreeItemCollapsibleState.Collapsed,
  );
  item.id = `${check.path}\0${root.key}`;
  item.description = label(`${rootShort(root, amounts)}  ${file}`);
  item.iconPath = rootIcon(root, direction);
  item.contextValue = 'root';
  item.tooltip = [title, price, file, ...broken].join('\n');
  item.accessibilityInformation = {
    label: [title, DIRECTIONS[direction], price, file, ...broken].filter((part) => part !== '').join(', '),
  };
  item.command = { command: OPEN_CHANGE, title: 'Open', arguments: [check.path, root.key] };
  return item;
}

const brokenOf = ({ verdicts }: RootChange): readonly BudgetVerdict[] =>
  verdicts.filter(({ outcome }) => outcome === 'broken');

/** What the icon says, in words. */
const DIRECTIONS: Readonly<Record<Direction, string>> = {
  down: 'costs less',
  same: 'costs the same',
  unknown: '',
  up: 'costs more',
};

function rootIcon(root: RootChange, direction: Direction): vscode.ThemeIcon {
  if (brokenOf(root).length > 0) return icon('warning', 'list.warningForeground');
  if (root.status === 'added') return icon('diff-added', 'gitDecoration.addedResourceForeground');
  if (root.status === 'removed') return icon('diff-removed', 'gitDecoration.deletedResourceForeground');
  if (direction === 'up') return icon('arrow-up', 'list.warningForeground');
  if (direction === 'down') return icon('arrow-down', 'charts.green');
  return new vscode.ThemeIcon(direction === 'same' ? 'arrow-right' : 'arrow-swap');
}

const icon = (id: string, color: string): vscode.ThemeIcon =>
  new vscode.ThemeIcon(id, new vscode.ThemeColor(color));

function figureItem({ label: name, before, after, change, percent, direction }: FigureChange, of: RootNode) {
  const item = new vscode.TreeItem(label(name));
  const both = before !== '' && after !== '' && before !== after;
  const more = [change, percent && `(${percent})`].filter((part) => part !== '').join(' ');
  item.description = label(both ? `${before} → ${after}  ${more}`.trimEnd() : after || before);
  item.iconPath = figureIcon(direction);
  item.contextValue = 'figure';
  item.tooltip = `${name}: ${item.description}`;
  item.accessibilityInformation = {
    label: both ? `${name}: ${before} before, ${after} now, ${more}` : `${name}: ${after || before}`,
  };
  item.command = {
    command: OPEN_COMPARISON,
    title: 'Open Comparison',
    arguments: [of.check.path, of.root.key],
  };
  return item;
}

function figureIcon(direction: FigureChange['direction']): vscode.ThemeIcon {
  if (direction === 'up') return icon('arrow-small-up', 'list.warningForeground');
  return direction === 'down' ? icon('arrow-small-down', 'charts.green') : new vscode.ThemeIcon('dash');
}

const LAYER_ICONS = {
  added: icon('diff-added', 'gitDecoration.addedResourceForeground'),
  changed: icon('diff-modified', 'gitDecoration.modifiedResourceForeground'),
  removed: icon('diff-removed', 'gitDecoration.deletedResourceForeground'),
  renamed: icon('diff-renamed', 'gitDecoration.renamedResourceForeground'),
};

function layerItem(layer: LayerChange, { root, check }: RootNode, amounts: Amounts): vscode.TreeItem {
  const summary = layerSummary(layer, amounts);
  const path = layerPath(layer);
  const item = new vscode.TreeItem(label(path));
  item.description = label([layer.className, summary].join('  '));
  item.iconPath = LAYER_ICONS[layer.status];
  item.contextValue = 'layer';
  const made = layerArguments(layer);
  item.tooltip = [`${path}: ${layer.className}${made && ` (${made})`}`, summary, causeWords(layer)].join(
    '\n',
  );
  item.accessibilityInformation = { label: `${path}, ${layer.className}, ${layer.status}, ${summary}` };
  item.command = {
    command: OPEN_CHANGE,
    title: 'Open',
    arguments: [check.path, root.key, root.layers.indexOf(layer)],
  };
  return item;
}

function noteItem(text: string, warning: boolean, place?: ConfigPlace): vscode.TreeItem {
  const item = new vscode.TreeItem(label(text));
  item.iconPath = warning
    ? new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'))
    : new vscode.ThemeIcon('info');
  item.tooltip = text;
  item.contextValue = 'note';
  if (place) {
    const selection = new vscode.Range(place.line - 1, 0, place.line - 1, 0);
    const options = { selection, preserveFocus: true };
    item.command = { command: 'vscode.open', title: 'Open', arguments: [uriOf(place.file), options] };
  }
  return item;
}

function verdictItem(verdict: BudgetVerdict, { root, check }: RootNode): vscode.TreeItem {
  const broken = verdict.outcome === 'broken';
  const item = noteItem(verdict.sentence, broken);
  if (!broken) item.iconPath = new vscode.ThemeIcon('question');
  item.contextValue = broken ? 'broken' : 'uncertain';
  item.command = {
    command: OPEN_CHANGE,
    title: 'Open',
    arguments: [check.path, root.key, `budget ${root.verdicts.indexOf(verdict)}`],
  };
  return item;
}
