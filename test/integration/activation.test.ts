// When the extension starts, and what it has told VS Code of itself.

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { extension, open, until } from './editor';

describe('activation', () => {
  it('waits for Python', async () => {
    await open('notes.md');
    await sleep(300);
    assert.equal(extension().isActive, false);
    await open('resnet.py');
    await until('activation', () => extension().isActive, Boolean);
  });

  it('is limited to Python and notebooks', () => {
    const { activationEvents, capabilities } = extension().packageJSON;
    assert.deepEqual(activationEvents, [
      'onLanguage:python',
      'onNotebook:jupyter-notebook',
      'workspaceContains:price-tag.json',
    ]);
    assert.deepEqual(capabilities, { untrustedWorkspaces: { supported: true }, virtualWorkspaces: true });
  });

  it('brings the commands that are declared', async () => {
    const declared = extension().packageJSON.contributes.commands.map(
      ({ command }: { command: string }) => command,
    );
    const known = await vscode.commands.getCommands(true);
    assert.deepEqual(
      declared.filter((command: string) => !known.includes(command)),
      [],
    );
    // those of its view are the workbench's
    const own = known.filter((command) => /^priceTag\.(?!changes\.)/.test(command));
    assert.deepEqual(own.sort(), [...declared].sort());
  });

  it('brings settings that all have a default and words', () => {
    const { properties } = extension().packageJSON.contributes.configuration;
    for (const [name, setting] of Object.entries<Record<string, unknown>>(properties)) {
      assert.match(name, /^priceTag\.[a-z][A-Za-z.]+$/);
      assert.ok('default' in setting && 'scope' in setting, name);
      assert.match(String(setting.markdownDescription), /^[A-Z].+\.$/s, name);
    }
  });
});
