// The settings, typed. They are read each time they matter, so a change has its effect at once.

import * as vscode from 'vscode';

export const SECTION = 'priceTag';

/** More commits than these make nobody wiser. */
const MOST_COMMITS = 100;

/** The two states of a repository that are compared. */
export interface Comparison {
  /** A revision. */
  readonly base: string;
  readonly head: 'index' | 'workTree';
}

export interface CheckSettings {
  readonly comparison: Comparison;
  /** Whether lines of changed layers are marked. */
  readonly gutter: boolean;
  /** Whether budgets that do not hold are told of in the editor. */
  readonly diagnostics: boolean;
  /** Of how many commits the history of a price is shown; 0 for none. */
  readonly history: number;
}

export interface Settings {
  readonly codeLens: boolean;
  readonly hover: boolean;
  readonly inlayHints: boolean;
  readonly searchPaths: readonly string[];
  readonly limits: { readonly steps: number; readonly milliseconds: number };
  /** Ceiling of the worker's memory in MiB. */
  readonly memory: number;
  readonly check: CheckSettings;
}

/** The settings for a document, or those of the window. */
export function readSettings(scope?: vscode.ConfigurationScope): Settings {
  const values = vscode.workspace.getConfiguration(SECTION, scope);
  const positive = (name: string, fallback: number) => {
    const value = values.get<number>(name, fallback);
    return Number.isFinite(value) && value > 0 ? value : fallback;
  };
  return {
    codeLens: values.get('codeLens.enabled', true),
    hover: values.get('hover.enabled', true),
    inlayHints: values.get('inlayHints.enabled', true),
    searchPaths: values.get<string[]>('searchPaths', []).filter((path) => typeof path === 'string'),
    limits: {
      steps: positive('limits.steps', 20_000_000),
      milliseconds: positive('limits.milliseconds', 10_000),
    },
    memory: positive('limits.memory', 1024),
    check: {
      comparison: {
        base: values.get<string>('check.base', 'HEAD').trim() || 'HEAD',
        head: values.get<string>('check.head', 'workTree') === 'index' ? 'index' : 'workTree',
      },
      gutter: values.get('check.gutter', true),
      diagnostics: values.get('check.diagnostics', true),
      history: Math.min(MOST_COMMITS, Math.max(0, Math.floor(values.get('check.history', 10)))) || 0,
    },
  };
}

/** Runs something whenever a setting of ours has changed. */
export const onSettings = (changed: (event: vscode.ConfigurationChangeEvent) => void): vscode.Disposable =>
  vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(SECTION)) changed(event);
  });
