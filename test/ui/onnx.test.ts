// An ONNX file in the workbench: opened from the explorer, sorted, repriced with another size, a node revealed by mouse and
// by keyboard, in three themes; and a graph of 100,000 nodes.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeGraph } from '../../scripts/onnx-files.mjs';
import { until, useWorkbench } from '../harness/workbench';
import { floats, int, intList, modelBytes, node, valueInfo } from '../onnx/making';

const named = (name: string, made: ReturnType<typeof node>) => ({ ...made, name });

/** A stem and two blocks with the scopes of an exporter; batch, height and width are open. */
function smallModel(): Uint8Array {
  const conv = (scope: string, input: string, output: string, weight: string) =>
    named(
      `/${scope}/Conv`,
      node('Conv', [input, weight], [output], [intList('pads', [1, 1, 1, 1]), int('group', 1)]),
    );
  return modelBytes({
    name: 'small',
    node: [
      conv('stem', 'pixels', 'a', 'stem.weight'),
      named('/stem/Relu', node('Relu', ['a'], ['b'])),
      conv('blocks/blocks.0', 'b', 'c', 'blocks.0.weight'),
      named('/blocks/blocks.0/Add', node('Add', ['c', 'b'], ['d'])),
      conv('blocks/blocks.1', 'd', 'e', 'blocks.1.weight'),
      named('/pool/GlobalAveragePool', node('GlobalAveragePool', ['e'], ['y'])),
    ],
    input: [valueInfo('pixels', ['batch', 3, 'height', 'width'])],
    output: [{ name: 'y' }],
    initializer: [
      floats('stem.weight', [16, 3, 3, 3]),
      floats('blocks.0.weight', [16, 16, 3, 3]),
      floats('blocks.1.weight', [16, 16, 3, 3]),
    ],
  });
}

describe('ONNX editor', () => {
  const workbench = useWorkbench({ width: 1440, height: 1300 });
  const page = () => workbench().webview();
  const nodes = () => page().locator('.node-grid tbody tr:not(.space)');
  const names = () => nodes().locator('td:first-child').allTextContents();
  const figure = (at: number) => page().locator('.figure').nth(at).innerText();

  before(() => {
    writeFileSync(join(workbench().folder, 'small.onnx'), smallModel());
    writeGraph(join(workbench().folder, 'large.onnx'), 100_000);
    writeFileSync(join(workbench().folder, 'pointer.onnx'), 'version https://git-lfs.github.com/spec/v1\n');
  });

  /** Opens a file with “Show Report” of the explorer's menu. */
  async function showFromExplorer(file: string): Promise<void> {
    const { page: window } = workbench();
    await workbench().runCommand('View: Show Explorer');
    await window
      .locator('.explorer-folders-view .monaco-list-row', { hasText: file })
      .click({ button: 'right' });
    // a menu takes no click for a moment, so that the one that opened it chooses nothing
    await window.waitForTimeout(300);
    await window.locator('.monaco-menu .action-item', { hasText: 'Price Tag: Show Report' }).click();
    await window.locator('.monaco-menu').waitFor({ state: 'hidden' });
  }

  it('opens from the explorer', async () => {
    await showFromExplorer('small.onnx');
    await page().locator('h1', { hasText: 'small.onnx' }).waitFor();
    assert.match(await figure(0), /Parameters\s+5\.04 K\s+5,040/);
    assert.match(await page().locator('.tensors').innerText(), /pixels \(1, 3, 224, 224\) float32/);
    assert.match(await page().locator('.tensors').innerText(), /y \(1, 16, 1, 1\) float32/);
    assert.deepEqual(await page().locator('.operators tbody th').allInnerTexts(), [
      'Conv',
      'Add',
      'GlobalAveragePool',
      'Relu',
    ]);
    await workbench().screenshot('onnx-dark');
  });

  it('groups nodes into layers', async () => {
    const labels = await page().locator('.layers .label').allInnerTexts();
    assert.deepEqual(labels, ['small.onnx', 'stem', 'blocks', 'pool']);
    await page().locator('.layers tr', { hasText: 'blocks' }).click();
    await until('the nodes of a layer', names, (list) => list.length === 3);
    assert.match(await page().locator('.nodes .title-row').innerText(), /blocks/);
    await page().getByRole('button', { name: 'Show All' }).click();
    await until('all nodes', names, (list) => list.length === 6);
  });

  it('sorts nodes by a column and says so', async () => {
    const head = page().locator('.node-grid').getByRole('columnheader', { name: 'Contraction FPO' });
    await head.getByRole('button').click();
    assert.equal(await head.getAttribute('aria-sort'), 'descending');
    await until('the dearest first', names, (list) => list[0] === '/blocks/blocks.0/Conv');
    await head.getByRole('button').click();
    await head.getByRole('button').click();
    await until('the order of the graph', names, (list) => list[0] === '/stem/Conv');
  });

  it('reprices at once when a size is typed', async () => {
    const before = await figure(1);
    const field = page().getByRole('spinbutton', { name: 'height' });
    await field.fill('448');
    await until(
      'new figures',
      () => figure(1),
      (text) => text !== before,
    );
    assert.equal(await field.evaluate((input) => input === document.activeElement), true);
    assert.match(await page().locator('.tensors').innerText(), /\(1, 3, 448, 224\)/);
    await page().locator('.field', { hasText: 'height' }).getByText('Reset').click();
    await until(
      'the old figures',
      () => figure(1),
      (text) => text === before,
    );
  });

  it('tells of a node that is clicked, and of its neighbours', async () => {
    await nodes().filter({ hasText: '/blocks/blocks.0/Add' }).click();
    const details = page().locator('.node-details');
    await details.getByText('c 1×16×224×224 float32 from').waitFor();
    await details.getByRole('button', { name: '/blocks/blocks.0/Conv' }).click();
    await until(
      'the other node',
      () => details.locator('h3').innerText(),
      (text) => text.startsWith('/blocks/blocks.0/Conv'),
    );
    assert.match(await details.innerText(), /2,304, 9\.00 KiB of weights/);
    await details.getByRole('button', { name: 'blocks.0', exact: true }).click();
    await page().locator('.layers tr[data-path="blocks.0"]:focus').waitFor();
  });

  it('is used by keyboard alone', async () => {
    const { keyboard } = workbench().page;
    await page().locator('.node-grid').focus();
    await keyboard.press('Home');
    const chosen = () => page().locator('.node-grid [aria-selected="true"] td:first-child').textContent();
    await until('the first', chosen, (text) => text === '/stem/Conv');
    await keyboard.press('ArrowDown');
    await until('the second', chosen, (text) => text === '/stem/Relu');
    const id = await page().locator('.node-grid').getAttribute('aria-activedescendant');
    assert.equal(await page().locator(`#${id}`).locator('td').first().textContent(), '/stem/Relu');
  });

  it('can be shown in every theme', async () => {
    for (const theme of ['light', 'contrast', 'dark'] as const) {
      await workbench().setTheme(theme);
      await workbench().page.waitForTimeout(300);
      await workbench().screenshot(`onnx-${theme}`);
    }
  });

  it('says what a file is that is no model', async () => {
    await showFromExplorer('pointer.onnx');
    await page().getByText('Git LFS pointer').waitFor();
    await workbench().screenshot('onnx-pointer');
  });

  it('reads files of other file systems whole, up to a size that is told', async () => {
    await workbench().inExtensionHost(
      async (vscode, bytes) => {
        const content = Uint8Array.from(bytes);
        const size = (path: string) => (path.includes('huge') ? 300 * 2 ** 20 : content.length);
        const changed = new vscode.EventEmitter<import('vscode').FileChangeEvent[]>();
        const refuse = () => {
          throw vscode.FileSystemError.NoPermissions();
        };
        vscode.workspace.registerFileSystemProvider('mem', {
          onDidChangeFile: changed.event,
          watch: () => new vscode.Disposable(() => {}),
          stat: ({ path }) => ({ type: vscode.FileType.File, ctime: 0, mtime: 0, size: size(path) }),
          readFile: () => content,
          readDirectory: () => [],
          createDirectory: refuse,
          writeFile: refuse,
          delete: refuse,
          rename: refuse,
        });
        await vscode.commands.executeCommand(
          'vscode.openWith',
          vscode.Uri.parse('mem:/far.onnx'),
          'priceTag.onnx',
        );
      },
      [...smallModel()],
    );
    await page().locator('h1', { hasText: 'far.onnx' }).waitFor();
    assert.match(await figure(0), /5,040/);
    await workbench().inExtensionHost((vscode) =>
      vscode.commands.executeCommand('vscode.openWith', vscode.Uri.parse('mem:/huge.onnx'), 'priceTag.onnx'),
    );
    await page()
      .getByText('This file has 300 MiB; where it lies, only whole files can be read, up to 256 MiB.')
      .waitFor();
  });

  it('shows a graph of 100,000 nodes and scrolls to its end', async function () {
    this.timeout(120_000);
    await showFromExplorer('large.onnx');
    const started = Date.now();
    await page().getByText('100,000 nodes').waitFor({ timeout: 60_000 });
    console.log(`      100,000 nodes on the screen after ${Date.now() - started} ms`);
    assert.ok((await nodes().count()) < 100);
    await page().locator('.node-grid').focus();
    await workbench().page.keyboard.press('End');
    await until('the last node', names, (list) => list.at(-1) === '/stages.24/blocks.999/Add');
    await page().getByRole('textbox', { name: 'Filter nodes' }).fill('stages.7/blocks.123/conv');
    await until('one node', names, (list) => list.length === 1);
    await workbench().screenshot('onnx-large');
  });
});
