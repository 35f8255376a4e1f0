// The report page by mouse and keyboard, in three themes, and the commands of the palette.

import assert from 'node:assert/strict';
import { until, useWorkbench } from '../harness/workbench';

describe('report page', () => {
  const workbench = useWorkbench({ file: 'resnet.py', width: 1440, height: 900 });
  const page = () => workbench().webview();
  const rows = () => page().locator('.layers tbody tr');
  const firstCells = () => rows().locator('.label').allInnerTexts();

  /** The text that is selected in the editor. */
  const selected = () =>
    workbench().inExtensionHost((vscode) => {
      const [editor] = vscode.window.visibleTextEditors;
      return editor ? editor.document.getText(editor.selection) : '';
    });

  it('opens from the palette', async () => {
    const bench = workbench();
    await bench.codeLenses((lenses) => lenses.length >= 1);
    await bench.runCommand('Price Tag: Show Report');
    await page().locator('h1').waitFor();
    await page().locator('vscode-dropdown').click();
    await page().locator('vscode-option', { hasText: 'resnet50()' }).click();
    await until(
      'the model',
      () => page().locator('h1').innerText(),
      (name) => name === 'resnet50()',
    );
    const figures = await page().locator('.figure').allInnerTexts();
    assert.match(figures[0] ?? '', /^Parameters\s+25\.6 M\s+25,557,032, all trainable$/);
    assert.match(figures[1] ?? '', /^FPO, forward\s+8\.\d\d GFPO\s+4\.09 G MACs in contractions/);
  });

  it('lists the layers as a treegrid', async () => {
    await until(
      'rows',
      () => rows().count(),
      (count) => count === 11,
    );
    assert.deepEqual((await firstCells()).slice(1, 6), ['conv1', 'bn1', 'relu', 'maxpool', 'layer1']);
    assert.equal(await page().getByRole('treegrid', { name: 'Layers' }).count(), 1);
    assert.equal(await rows().first().getAttribute('aria-level'), '1');
    assert.equal(await rows().first().getAttribute('aria-expanded'), 'true');
  });

  it('sorts by a column and says so', async () => {
    const head = page().getByRole('columnheader', { name: 'Parameters' });
    await head.getByRole('button').click();
    assert.equal(await head.getAttribute('aria-sort'), 'descending');
    assert.deepEqual((await firstCells()).slice(1, 4), ['layer4', 'layer3', 'fc']);
    await head.getByRole('button').click();
    assert.equal(await head.getAttribute('aria-sort'), 'ascending');
    await head.getByRole('button').click();
    assert.equal(await head.getAttribute('aria-sort'), 'none');
    assert.deepEqual((await firstCells()).slice(1, 4), ['conv1', 'bn1', 'relu']);
  });

  it('shows the line of a row that is clicked', async () => {
    await rows().filter({ hasText: 'conv1' }).first().click();
    await until('the line', selected, (text) => text.startsWith('nn.Conv2d(3, 64, 7'));
  });

  it('is used by keyboard alone', async () => {
    const { keyboard } = workbench().page;
    const focused = () => page().locator('.layers tbody tr:focus').getAttribute('data-path');
    const at = (path: string) => until(`focus on ${path}`, focused, (found) => found === path);
    await at('conv1');
    for (let down = 0; down < 4; down++) await keyboard.press('ArrowDown');
    await at('layer1');
    await keyboard.press('ArrowRight');
    await until(
      'open row',
      () => rows().count(),
      (count) => count > 11,
    );
    await keyboard.press('ArrowRight');
    await at('layer1.0');
    await keyboard.press('ArrowLeft');
    await at('layer1');
    await keyboard.press('ArrowLeft');
    await until(
      'closed row',
      () => rows().count(),
      (count) => count === 11,
    );
    await keyboard.press('Home');
    await at('');
    await keyboard.press('End');
    await at('fc');
    await keyboard.press('Enter');
    await until('the line', selected, (text) => text.startsWith('nn.Linear(512 *'));
  });

  it('filters and flattens', async () => {
    await page().getByRole('textbox', { name: 'Filter layers' }).fill('layer4.2.conv');
    await until('filtered rows', firstCells, (names) => names.includes('conv3') && names.length === 6);
    await page().getByRole('checkbox', { name: 'Flat list' }).click();
    await until(
      'flat rows',
      firstCells,
      (names) => names.length === 3 && names.every((name) => name.startsWith('layer4.2.')),
    );
    await page().getByRole('checkbox', { name: 'Flat list' }).click();
    await page().getByRole('textbox', { name: 'Filter layers' }).fill('');
    await until(
      'all rows',
      () => rows().count(),
      (count) => count === 11,
    );
  });

  it('can be shown in every theme', () => workbench().screenshotThemes('report'));

  it('copies the price tag', async () => {
    const bench = workbench();
    await bench.inExtensionHost(async (vscode) => {
      const [shown] = vscode.window.visibleTextEditors;
      if (shown === undefined) return;
      const editor = await vscode.window.showTextDocument(shown.document, shown.viewColumn);
      const at = editor.document.positionAt(editor.document.getText().indexOf('ResNet((3, 4, 6, 3))'));
      editor.selection = new vscode.Selection(at, at);
    });
    await bench.runCommand('Price Tag: Copy Price Tag as Markdown');
    await bench.statusBar((items) => items.some((item) => item.includes('is on the clipboard')));
  });

  it('prices the model on the input that is set', async () => {
    const bench = workbench();
    await page().getByRole('button', { name: 'Set Input…' }).click();
    const input = bench.page.locator('.quick-input-widget input[type=text]');
    await input.waitFor();
    await input.fill('1,3,abc');
    await bench.page.getByText('is not a shape').first().waitFor();
    await input.fill('1,3,112,112');
    await bench.page.keyboard.press('Enter');
    await bench.page
      .locator('.quick-input-list .monaco-list-row', { hasText: 'Keep it in this workspace' })
      .click();
    await until(
      'new figures',
      () => page().locator('.figure').nth(1).innerText(),
      (text) => /2\.\d\d GFPO/.test(text),
    );
    await bench.codeLenses(
      (lenses) => lenses.some((lens) => lens.endsWith('1×3×112×112')) || lenses.length > 0,
    );
    assert.match(await page().locator('.tensors').innerText(), /input set by you: 1,3,112,112/);
  });

  it('writes the input above the class where everybody sees it', async () => {
    const bench = workbench();
    await page().getByRole('button', { name: 'Set Input…' }).click();
    await bench.page.locator('.quick-input-widget input[type=text]').fill('1,3,64,64');
    await bench.page.keyboard.press('Enter');
    await bench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'as a comment' }).click();
    await until(
      'new figures',
      () => page().locator('.tensors').innerText(),
      (text) => text.includes('(1, 3, 64, 64)'),
    );
    const text = await bench.inExtensionHost((vscode) =>
      vscode.window.visibleTextEditors[0]?.document.getText(),
    );
    assert.match(text ?? '', /^# price-tag: input=\(1, 3, 64, 64\)\ndef resnet50\(\)/m);
    assert.match(
      await page().locator('.tensors').innerText(),
      /input from the comment on line \d+: \(1, 3, 64, 64\)/,
    );
    await bench.inExtensionHost((vscode) => vscode.commands.executeCommand('workbench.action.files.revert'));
  });

  it('says what to do where there is nothing to show', async () => {
    const bench = workbench();
    await bench.inExtensionHost(async (vscode) => {
      const document = await vscode.workspace.openTextDocument({ language: 'python', content: 'x = 1\n' });
      await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
    });
    await bench.runCommand('Price Tag: Show Report');
    await page().getByText('No model was found in this file.').waitFor();
    await bench.screenshot('report-empty');
  });
});
