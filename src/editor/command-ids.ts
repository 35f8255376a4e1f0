// The names of the commands, as package.json declares them.

import * as vscode from 'vscode';

export const CANCEL_CHECK = 'priceTag.cancelCheck';
export const CHECK_CHANGES = 'priceTag.checkChanges';
export const COMPARE_WITH = 'priceTag.compareWith';
export const COPY_MARKDOWN = 'priceTag.copyMarkdown';
export const INSERT_IN_MESSAGE = 'priceTag.insertInMessage';
export const INSTALL_HOOK = 'priceTag.installHook';
/** Behind rows of the tree; not in the palette. */
export const OPEN_CHANGE = '_priceTag.openChange';
export const OPEN_COMPARISON = 'priceTag.openComparison';
export const REMOVE_HOOK = 'priceTag.removeHook';
export const SET_INPUT = 'priceTag.setInput';
export const SHOW_GRAPH = 'priceTag.showGraph';
export const SHOW_LOG = 'priceTag.showLog';
export const SHOW_REPORT = 'priceTag.showReport';

/** A command with its arguments as the URI of a Markdown link. */
export const commandUri = (command: string, ...values: readonly string[]): string =>
  vscode.Uri.parse(`command:${command}?${encodeURIComponent(JSON.stringify(values))}`).toString();
