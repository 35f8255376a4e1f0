// The HTML of the extension's pages: a frame that loads one script and one style sheet of the extension, and nothing else.

import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** The folder that the page may load from. */
export const pageFolder = (extension: vscode.Uri): vscode.Uri => vscode.Uri.joinPath(extension, 'dist');

/** What a page shows in its tab. */
export const pageIcon = (extension: vscode.Uri): { light: vscode.Uri; dark: vscode.Uri } => ({
  light: vscode.Uri.joinPath(extension, 'media', 'tag-light.svg'),
  dark: vscode.Uri.joinPath(extension, 'media', 'tag-dark.svg'),
});

/** The page as it is before the script runs; `name` is that of its bundles, `waiting` what it says until then. */
export function panelHtml(
  webview: vscode.Webview,
  extension: vscode.Uri,
  name = 'webview',
  waiting = 'Pricing…',
): string {
  const nonce = randomBytes(16).toString('base64');
  const source = (file: string) => webview.asWebviewUri(vscode.Uri.joinPath(pageFolder(extension), file));
  const policy = [
    "default-src 'none'",
    `style-src ${webview.cspSource} 'nonce-${nonce}'`,
    `font-src ${webview.cspSource}`,
    `script-src 'nonce-${nonce}'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${source(`${name}.css`)}">
<title>Price Tag</title>
</head>
<body>
<main id="page" aria-busy="true"><p class="message">${waiting}</p></main>
<script nonce="${nonce}" src="${source(`${name}.js`)}"></script>
</body>
</html>`;
}
