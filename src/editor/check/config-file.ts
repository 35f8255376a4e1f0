// price-tag.json as a file of the workspace.

import type * as vscode from 'vscode';

export const CONFIG_NAME = 'price-tag.json';

export const isConfigFile = ({ path }: vscode.Uri): boolean => path.endsWith(`/${CONFIG_NAME}`);
