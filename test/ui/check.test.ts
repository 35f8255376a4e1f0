// A change on its way into a commit, in the real workbench and with the real Git: edit, press the button, read what it
// costs, put that into the message, break a budget and mend it, commit through the hook.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { git, makeRepository } from '../harness/repository';
import { until, useWorkbench } from '../harness/workbench';

const NET = `from torch import nn


# price-tag: input=(1, 64)
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Linear(64, 128)
        self.head = nn.Linear(128, 10)

    def forward(self, x):
        return self.head(self.body(x))


# price-tag: input=(1, 16)
class Small(nn.Module):
    def __init__(self):
        super().__init__()
        self.only = nn.Linear(16, 4)

    def forward(self, x):
        return self.only(x)
`;

const BUDGETS = `{
  "budgets": {
    "net.py::Net": { "params": "10K" }
  }
}
`;

const FILES = { 'net.py': NET, 'price-tag.json': BUDGETS };

describe('a change before its commit', () => {
  const workbench = useWorkbench({
    folder: () => makeRepository(FILES),
    file: 'net.py',
    width: 1440,
    height: 900,
  });
  const rows = () => workbench().page.locator('.pane', { hasText: 'Price Tag' }).locator('.monaco-list-row');
  const texts = async () => (await rows().allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());

  /** Replaces text of a file in its editor. */
  const edit = (file: string, from: string, to: string) =>
    workbench().inExtensionHost(
      async (vscode, { path, from, to }) => {
        const document = await vscode.workspace.openTextDocument(vscode.Uri.file(path));
        const text = document.getText();
        const edit = new vscode.WorkspaceEdit();
        const all = new vscode.Range(document.positionAt(0), document.positionAt(text.length));
        edit.replace(document.uri, all, text.split(from).join(to));
        await vscode.workspace.applyEdit(edit);
      },
      { path: join(workbench().folder, file), from, to },
    );

  /** How many lines are marked as dearer, cheaper or new. */
  const marks = () =>
    workbench().page.evaluate(
      () =>
        [...document.querySelectorAll('.glyph-margin-widgets *, .margin-view-overlays *')]
          .map((node) => getComputedStyle(node).backgroundImage)
          .filter((image) => image.includes('price-')).length,
    );

  /** What is said at the models of net.py, by severity. */
  const problems = () =>
    workbench().inExtensionHost((vscode) =>
      vscode.languages
        .getDiagnostics()
        .filter(([uri]) => uri.path.endsWith('.py'))
        .flatMap(([, found]) => found.map(({ severity, message }) => `${severity}: ${message}`)),
    );

  it('warns of a budget while somebody types, at the class', async () => {
    const bench = workbench();
    await bench.codeLenses((lenses) => lenses.some((lens) => lens.startsWith('9.61 K params')));
    assert.deepEqual(await problems(), []);
    await edit('net.py', '128', '256');
    const found = await until('a warning', problems, (all) => all.length > 0);
    assert.match(found[0] ?? '', /^1: Net: 19\.2 K parameters, over its budget of 10K/);
    await bench.screenshot('check-budget');
  });

  it('marks the lines of changed layers', async () => {
    const bench = workbench();
    const marks = () =>
      bench.page.evaluate(
        () =>
          [...document.querySelectorAll('.glyph-margin-widgets *, .margin-view-overlays *')]
            .map((node) => getComputedStyle(node).backgroundImage)
            .filter((image) => image.includes('price-')).length,
      );
    await until('marks in the gutter', marks, (count) => count === 2);
    await bench.inExtensionHost((vscode) => vscode.workspace.saveAll());
    const card = await bench.hoverWord('self.head = nn.Linear', 'Linear');
    assert.match(card, /Since HEAD/);
    await bench.screenshot('check-gutter');
  });

  it('shows what the change costs when the button is pressed', async () => {
    const bench = workbench();
    await bench.inExtensionHost((vscode) => vscode.commands.executeCommand('workbench.view.scm'));
    await bench.page
      .locator('.pane-header', { hasText: /^Changes/ })
      .first()
      .hover();
    await bench.page.locator('.action-label[aria-label^="Check Changes"]').first().click();
    const found = await until('a model', texts, (all) => all.some((row) => row.startsWith('Net')));
    assert.ok(!found.some((row) => row.startsWith('Small')), 'what has not changed is not shown');
    assert.match(found.find((row) => row.startsWith('Net')) ?? '', /\+100 % FPO · \+9,600 params net\.py/);
    await bench.screenshot('check-tree');
  });

  it('unfolds by keyboard, and leads to the line of a layer', async () => {
    const bench = workbench();
    const unfolded = async () => {
      if ((await rows().count()) === 1) {
        await rows().first().click();
        await bench.page.keyboard.press('ArrowRight');
      }
      return texts();
    };
    await until('layers', unfolded, (all) => all.some((row) => row.startsWith('body')));
    await bench.screenshot('check-tree-open');
    await rows().filter({ hasText: 'body' }).click();
    const line = () =>
      bench.inExtensionHost((vscode) => {
        const [editor] = vscode.window.visibleTextEditors;
        return editor ? editor.document.lineAt(editor.selection.active.line).text.trim() : '';
      });
    await until('the line', line, (text) => text.startsWith('self.body'));
  });

  it('puts the price into the commit message, once', async () => {
    const bench = workbench();
    const message = () =>
      bench.inExtensionHost((vscode) => {
        const extension = vscode.extensions.getExtension('vscode.git');
        return extension?.exports.getAPI(1).repositories[0]?.inputBox.value as string;
      });
    await bench.runCommand('Price Tag: Insert Price Tag into Commit Message');
    const first = await until('a message', message, (text) => text.includes('Price-Tag: '));
    assert.match(first, /^\n\nPrice-Tag: net\.py::Net .*$/);
    await bench.runCommand('Price Tag: Insert Price Tag into Commit Message');
    await bench.statusBar((items) => items.some((item) => item.includes('in the commit message')));
    assert.equal(await message(), first);
    await bench.screenshot('check-message');
  });

  it('opens the comparison as a page', async () => {
    const bench = workbench();
    await bench.runCommand('Price Tag: Open Comparison');
    const page = bench.webview();
    await page.locator('h1', { hasText: 'Changes' }).waitFor();
    await page.locator('.budgets .broken').waitFor();
    assert.match(await page.locator('.banner').innerText(), /1 budget does not hold/);
    assert.deepEqual(await page.locator('table.changed .label').allInnerTexts(), ['body', 'head']);
    await bench.screenshotThemes('check-page');
  });

  it('is held up by the installed hook while the budget is broken', async () => {
    const bench = workbench();
    await bench.runCommand('Price Tag: Install Commit Hook');
    await bench.toasts().filter({ hasText: 'hook' }).first().waitFor();
    git(bench.folder, 'add', '--all');
    assert.throws(() => git(bench.folder, 'commit', '--message', 'Widen the net'), /over|budget/i);
  });

  it('raises the budget by a quick fix that keeps the form of the file', async () => {
    const bench = workbench();
    await bench.inExtensionHost(
      async (vscode, path) => {
        const document = await vscode.workspace.openTextDocument(vscode.Uri.file(path));
        const at = document.positionAt(document.getText().indexOf('Net('));
        await vscode.window.showTextDocument(document, { selection: new vscode.Range(at, at) });
      },
      join(bench.folder, 'net.py'),
    );
    const offered = bench.page.locator('.action-widget .monaco-list-row');
    // pressed a second time while the list opens, the keys would choose its first entry
    await until(
      'quick fixes',
      async () => {
        await bench.page.keyboard.press('Control+.');
        await offered
          .nth(1)
          .waitFor({ timeout: 4000 })
          .catch(() => bench.page.keyboard.press('Escape'));
        return offered.count();
      },
      (count) => count >= 2,
    );
    await bench.screenshot('check-quick-fix');
    await offered.filter({ hasText: 'Raise the budget of net.py::Net to 19.3K' }).click();
    const saved = async () => {
      await bench.inExtensionHost((vscode) =>
        vscode.commands.executeCommand('workbench.action.files.saveAll'),
      );
      return readFileSync(join(bench.folder, 'price-tag.json'), 'utf8');
    };
    await until('the new budget', saved, (text) => text === BUDGETS.replace('"10K"', '"19.3K"'));
    await until('no warning', problems, (all) => all.length === 0);
  });

  it('commits through the hook, and takes the hook out again', async () => {
    const bench = workbench();
    git(bench.folder, 'add', '--all');
    await bench.inExtensionHost(async (vscode) => {
      const repository = vscode.extensions.getExtension('vscode.git')?.exports.getAPI(1).repositories[0];
      repository.inputBox.value = `Widen the net${repository.inputBox.value}`;
      await repository.status();
      await vscode.commands.executeCommand('git.commit');
    });
    await until(
      'a commit',
      async () => git(bench.folder, 'log', '--format=%B', '-1'),
      (text) => text.startsWith('Widen the net\n\nPrice-Tag: net.py::Net '),
    );
    await until('no marks', marks, (count) => count === 0);
    await until('no differences', texts, (all) => all.join() === 'No model has changed its price.');
    await bench.runCommand('Price Tag: Remove Commit Hook');
    await bench.toasts().filter({ hasText: 'hook' }).last().waitFor();
  });
});
