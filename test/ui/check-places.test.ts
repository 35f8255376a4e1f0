// Checks where things are not as usual: several repositories in one window, no Git extension, a broken price-tag.json, a
// revision that does not exist.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { makeFolder, makeRepository, writeFiles } from '../harness/repository';
import { until, useWorkbench, type Workbench } from '../harness/workbench';

const net = (width: number): string => `from torch import nn


# price-tag: input=(1, 8)
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.only = nn.Linear(8, ${width})

    def forward(self, x):
        return self.only(x)
`;

const rows = async (bench: Workbench): Promise<string[]> => {
  const found = bench.page.locator('.pane', { hasText: 'Price Tag' }).locator('.monaco-list-row');
  return (await found.allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());
};

describe('several repositories', () => {
  const workbench = useWorkbench({
    folder: () => {
      const folder = makeFolder('both');
      for (const name of ['one', 'two']) {
        const repository = makeRepository({ 'net.py': net(4) }, join(folder, name));
        writeFiles(repository, { 'net.py': net(name === 'one' ? 2 : 6) });
      }
      return folder;
    },
    file: 'two/net.py',
  });

  it('are compared each by itself', async () => {
    const bench = workbench();
    await bench.codeLenses();
    await until(
      'both repositories',
      () =>
        bench.inExtensionHost(
          (vscode) =>
            vscode.extensions.getExtension('vscode.git')?.exports.getAPI(1).repositories.length as number,
        ),
      (count) => count === 2,
    );
    await bench.runCommand('Price Tag: Check Changes');
    const found = await until(
      'both',
      () => rows(bench),
      (all) => all.length === 4,
    );
    assert.deepEqual(found.map((row) => row.split(' ')[0]?.replace(/(one|two)the$/, '$1')).sort(), [
      'Net+50',
      'Net−50',
      'one',
      'two',
    ]);
    await bench.screenshot('check-two-repositories');
  });

  it('have commit messages of their own', async () => {
    const bench = workbench();
    await bench.runCommand('Price Tag: Insert Price Tag into Commit Message');
    const messages = () =>
      bench.inExtensionHost((vscode) => {
        const { repositories } = vscode.extensions.getExtension('vscode.git')?.exports.getAPI(1) ?? {};
        const entries = repositories.map(
          ({ rootUri, inputBox }: { rootUri: { path: string }; inputBox: { value: string } }) => [
            rootUri.path.split('/').at(-1),
            inputBox.value.trim(),
          ],
        );
        return Object.fromEntries(entries) as Record<string, string>;
      });
    const found = await until('a message', messages, ({ two }) => two !== '');
    assert.match(found.two ?? '', /^Price-Tag: net\.py::Net .*\(\+50 %\)/);
    assert.equal(found.one, '');
  });
});

describe('a check without the Git extension', () => {
  const workbench = useWorkbench({
    folder: () => {
      const folder = makeRepository({ 'net.py': net(4), 'price-tag.json': '{}\n' });
      writeFiles(folder, { 'net.py': net(8) });
      return folder;
    },
    file: 'net.py',
    settings: { 'git.enabled': false },
  });

  it('compares the folder all the same', async () => {
    const bench = workbench();
    await bench.codeLenses();
    await bench.runCommand('Price Tag: Check Changes');
    await until(
      'a model',
      () => rows(bench),
      (all) => all.some((row) => row.startsWith('Net+100 % FPO')),
    );
  });

  it('says what is wrong with price-tag.json, and where', async () => {
    const bench = workbench();
    const text = '{\n  "budgets": {\n    "net.py::Net": { "params": "lots" },\n  }\n}\n';
    writeFiles(bench.folder, { 'price-tag.json': text });
    const found = () =>
      bench.inExtensionHost((vscode) =>
        vscode.languages
          .getDiagnostics()
          .flatMap(([, all]) => all.filter(({ source }) => source === 'Price Tag'))
          .map(({ message, range }) => `${range.start.line + 1}: ${message}`),
      );
    const problems = await until('problems', found, (all) => all.length > 1);
    assert.match(problems[0] ?? '', /^3: "lots" is no amount\. Write "26M"/);
    assert.match(problems[1] ?? '', /^4: /);
  });

  it('says so where there is no such revision, and goes on', async () => {
    const bench = workbench();
    const input = bench.page.locator('.quick-input-widget input[type=text]');
    await bench.runCommand('Price Tag: Compare Changes with…').catch(() => undefined);
    await bench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'another branch' }).click();
    await input.fill('no-such-branch');
    await bench.page.keyboard.press('Enter');
    await until(
      'the reason',
      () => rows(bench),
      (all) => all.some((row) => row.includes('no-such-branch')),
    );
    assert.equal(await bench.toasts().count(), 0);
    await bench.screenshot('check-no-revision');
  });
});
