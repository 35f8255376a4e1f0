// The picture of a check in the README: a change to a ResNet before its commit. With UPDATE=1 it is written to media/.

import { mkdirSync, readFileSync } from 'node:fs';
import { makeRepository, writeFiles } from '../harness/repository';
import { useWorkbench } from '../harness/workbench';

const PICTURE = process.env.UPDATE ? 'media/changes.png' : 'shots/changes.png';
const BUDGETS = `{
  "inputs": { "resnet.py::*": [[1, 3, 224, 224]] },
  "budgets": {
    "resnet.py::resnet50": { "params": "26M", "fpo": { "most": "10G", "increase": "20%" } }
  }
}
`;

/** ResNet-50 with one more block in its third stage. */
function repository(): string {
  const resnet = readFileSync('examples/resnet.py', 'utf8');
  const folder = makeRepository({ 'resnet.py': resnet, 'price-tag.json': BUDGETS });
  writeFiles(folder, { 'resnet.py': resnet.replace('ResNet((3, 4, 6, 3))', 'ResNet((3, 4, 7, 3))') });
  return folder;
}

describe('showcase of a check', () => {
  const workbench = useWorkbench({
    folder: repository,
    file: 'resnet.py',
    width: 1680,
    height: 660,
    scale: 1.5,
    settings: { 'editor.stickyScroll.enabled': false },
  });

  it('shows a change in one window', async () => {
    const bench = workbench();
    const { page } = bench;
    await bench.codeLenses();
    await bench.runCommand('Price Tag: Check Changes');
    await bench.page.locator('.monaco-list-row', { hasText: 'resnet50' }).first().waitFor();
    await bench.runCommand('Price Tag: Insert Price Tag into Commit Message');
    await bench.statusBar((items) => items.some((item) => item.includes('in the commit message')));
    await bench.runCommand('Price Tag: Open Comparison');
    await bench.webview().locator('.budgets').first().waitFor();
    mkdirSync(PICTURE.slice(0, PICTURE.indexOf('/')), { recursive: true });
    await page.mouse.move(840, 620);
    await page.screenshot({ path: PICTURE });
  });
});
