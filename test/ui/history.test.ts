// What a model has cost over the last commits, on its card and in its report; and since when it is over its budget.

import assert from 'node:assert/strict';
import { commitAll, makeRepository, writeFiles } from '../harness/repository';
import { until, useWorkbench } from '../harness/workbench';

const net = (width: number): string => `from torch import nn


# price-tag: input=(1, 64)
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Linear(64, ${width})
        self.head = nn.Linear(${width}, 10)

    def forward(self, x):
        return self.head(self.body(x))
`;

/** Five commits, the fourth of which breaks the budget. */
function repository(): string {
  const config = '{"budgets": {"net.py::Net": {"params": "12K"}}}\n';
  const folder = makeRepository({ 'net.py': net(64), 'price-tag.json': config });
  for (const width of [96, 128, 192, 160]) {
    writeFiles(folder, { 'net.py': net(width) });
    commitAll(folder, `Width ${width} <b>`);
  }
  return folder;
}

describe('history of a price', () => {
  const workbench = useWorkbench({ folder: repository, file: 'net.py', width: 1440, height: 900 });

  it('is a line on the card of the model', async () => {
    const bench = workbench();
    await bench.codeLenses((lenses) => lenses.length === 1);
    const card = async () => {
      await bench.page.mouse.move(700, 700);
      await bench.hover().waitFor({ state: 'hidden' });
      return bench.hoverWord('class Net', 'Net');
    };
    const text = await until('a history', card, (found) => found.includes('commits'));
    assert.match(text, /▁▃▅█▆ 9\.55 KFPO → 23\.9 KFPO · ▁▃▅█▆ 4\.81 K → 12\.0 K params over 5 commits/);
    await bench.screenshot('history-card');
  });

  it('tells since when the budget is broken', async () => {
    const bench = workbench();
    const found = () =>
      bench.inExtensionHost((vscode) =>
        vscode.languages
          .getDiagnostics()
          .flatMap(([, all]) => all.filter(({ source }) => source === 'Price Tag'))
          .map(({ message }) => message),
      );
    const [message] = await until('a warning', found, (all) => /since [0-9a-f]{7}/.test(all[0] ?? ''));
    assert.match(
      message ?? '',
      /over its budget of 12K .*since [0-9a-f]{7} “Width 192 <b>” of \d{4}-\d\d-\d\d$/,
    );
  });

  it('is drawn in the report, with a table that says the same', async () => {
    const bench = workbench();
    await bench.runCommand('Price Tag: Show Report');
    const section = bench.webview().locator('section.history');
    await section.locator('svg').first().waitFor();
    assert.equal(await section.locator('svg').count(), 3);
    assert.match(
      (await section.locator('svg').first().getAttribute('aria-label')) ?? '',
      /^FPO over 5 commits: 9\.55 KFPO → 23\.9 KFPO$/,
    );
    await section.locator('summary').click();
    const rows = await section.locator('tbody tr').allInnerTexts();
    assert.equal(rows.length, 5);
    assert.match(rows[1] ?? '', /Width 192 <b>\s+28\.6 KFPO\s+14\.4 K/);
    await section.scrollIntoViewIfNeeded();
    for (const theme of ['light', 'dark'] as const) {
      await bench.setTheme(theme);
      await bench.screenshot(`history-report-${theme}`);
    }
  });
});
