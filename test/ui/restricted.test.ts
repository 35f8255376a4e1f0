// A folder that is not trusted: nothing of it is run, so its models are priced like any other; Git is not run either, so
// that what compares revisions is not offered but explained.

import assert from 'node:assert/strict';
import { makeRepository } from '../harness/repository';
import { useWorkbench } from '../harness/workbench';

const NET = `from torch import nn


# price-tag: input=(1, 4)
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.only = nn.Linear(4, 2)

    def forward(self, x):
        return self.only(x)
`;

describe('restricted mode', () => {
  const workbench = useWorkbench({
    folder: () =>
      makeRepository({ 'net.py': NET, 'price-tag.json': '{"budgets": {"net.py::Net": {"params": "5"}}}' }),
    file: 'net.py',
    restricted: true,
    settings: { 'security.workspace.trust.startupPrompt': 'never' },
  });

  it('prices models', async () => {
    await workbench().codeLenses((lenses) => lenses.some((lens) => /^10 params · .*FPO · /.test(lens)));
  });

  it('judges budgets, which takes no Git', async () => {
    const bench = workbench();
    await bench.inExtensionHost((vscode) =>
      vscode.commands.executeCommand('workbench.actions.view.problems'),
    );
    await bench.page
      .locator('.markers-panel')
      .getByText('Net: 10 parameters, over its budget of 5')
      .first()
      .waitFor();
  });

  it('says why changes are not compared, and offers no command for it', async () => {
    const bench = workbench();
    await bench.inExtensionHost((vscode) => vscode.commands.executeCommand('priceTag.changes.focus'));
    await bench.page.getByText('Comparing revisions runs Git').waitFor();
    await bench.page.keyboard.press('F1');
    const input = bench.page.locator('.quick-input-widget input[type=text]');
    await input.fill('>Price Tag: ');
    const offered = bench.page.locator('.quick-input-list .monaco-list-row');
    await offered.filter({ hasText: 'Show Log' }).waitFor();
    assert.equal(await offered.filter({ hasText: /Check Changes|Commit|Compar/ }).count(), 0);
    await bench.page.keyboard.press('Escape');
  });

  it('runs no Git where a command is called all the same', async () => {
    const bench = workbench();
    await bench.inExtensionHost((vscode) => {
      void vscode.commands.executeCommand('priceTag.checkChanges');
    });
    await bench.toasts().filter({ hasText: 'This runs Git' }).waitFor();
    await bench.screenshot('check-restricted');
  });
});
