// The names of the commands, as package.json declares them.

import * as vscode from 'vscode';

export const COPY_MARKDOWN = 'priceTag.copyMarkdown';
export const SET_INPUT = 'priceTag.setInput';
export const SHOW_GRAPH = 'priceTag.showGraph';
export const SHOW_LOG = 'priceTag.showLog';
export const SHOW_REPORT = 'priceTag.showReport';

/** A command with its arguments as the URI of a Markdown link. */
export const commandUri = (command: string, ...values: readonly string[]): string =>
  vscode.Uri.parse(`command:${command}?${encodeURIComponent(JSON.stringify(values))}`).toString();
