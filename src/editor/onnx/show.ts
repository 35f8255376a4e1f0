// “Show Report” for ONNX files: which file is meant, if one is, and opening it in our editor.

import * as vscode from 'vscode';
import { GRAPH_EDITOR } from './editor';

/** The ONNX file that a command is about: its argument (in the explorer), else the one of the tab in front. */
export function graphAimedAt(argument: unknown): vscode.Uri | undefined {
  if (argument instanceof vscode.Uri) return isGraph(argument) ? argument : undefined;
  if (argument !== undefined) return undefined;
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const uri =
    input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText ? input.uri : undefined;
  return uri && isGraph(uri) ? uri : undefined;
}

export const showGraph = (uri: vscode.Uri): Thenable<unknown> =>
  vscode.commands.executeCommand('vscode.openWith', uri, GRAPH_EDITOR);

const isGraph = ({ path }: vscode.Uri): boolean => /\.onnx$/i.test(path);
