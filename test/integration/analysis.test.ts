// When files are analysed: each by itself, again after an edit, and with an end to everything.

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { extension, hints, lenses, open, until } from './editor';

const SETTINGS = 'priceTag';

/** Changes a setting for the time of some work. */
async function withSetting(name: string, value: unknown, work: () => Promise<void>): Promise<void> {
  const set = (to: unknown) =>
    vscode.workspace.getConfiguration(SETTINGS).update(name, to, vscode.ConfigurationTarget.Global);
  await set(value);
  try {
    await work();
  } finally {
    await set(undefined);
  }
}

const lensCount = async (document: vscode.TextDocument): Promise<number> =>
  (await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri))
    .length;

describe('analysis', () => {
  it('prices one file after one edit', async () => {
    const resnet = await open('resnet.py');
    const autoencoder = await open('autoencoder.py');
    await Promise.all([lenses(resnet, 3), lenses(autoencoder, 3)]);
    await sleep(500);
    const priced: string[] = [];
    const api = await extension().activate();
    const subscription = api.onDidPrice(({ name }) => priced.push(name));
    const edit = new vscode.WorkspaceEdit();
    edit.insert(autoencoder.uri, new vscode.Position(0, 0), '# an edit\n');
    await vscode.workspace.applyEdit(edit);
    await until(
      'a report',
      () => priced.length,
      (count) => count > 0,
    );
    await sleep(500);
    subscription.dispose();
    assert.deepEqual(priced, [autoencoder.uri.fsPath]);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('comes to an end where the code does not', async () => {
    const document = await open('loop.py');
    const found = await lenses(document);
    assert.match(found['class Endless(nn.Module):'] ?? '', /^Not priced: .+/);
    assert.ok((await lenses(await open('autoencoder.py'), 3))['class Autoencoder(nn.Module):']);
  });

  it('shows nothing that is switched off', async () => {
    const document = await open('autoencoder.py');
    await lenses(document, 3);
    await withSetting('codeLens.enabled', false, async () => assert.equal(await lensCount(document), 0));
    await withSetting('inlayHints.enabled', false, async () => assert.deepEqual(await hints(document), {}));
    assert.ok((await lensCount(document)) >= 3);
  });
});
