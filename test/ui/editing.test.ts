// What a user sees while reading and typing: cards, lenses, hints, and settings that take effect at once.

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { until, useWorkbench } from '../harness/workbench';

const CONV1 = 'self.conv1 = nn.Conv2d(3, 64, 7';

describe('reading and typing', () => {
  const workbench = useWorkbench({ file: 'resnet.py', width: 1280, height: 1100 });

  /** The figures of the lenses of resnet.py by what they stand above, however they are painted. */
  const lensOf = (fits: (lenses: string[]) => boolean) => workbench().codeLenses(fits);
  const goTo = async (text: string): Promise<void> => {
    await workbench().inExtensionHost((vscode, part) => {
      const editor = vscode.window.activeTextEditor;
      if (!editor) return;
      const at = editor.document.positionAt(editor.document.getText().indexOf(part) + part.length);
      editor.selection = new vscode.Selection(at, at);
      editor.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.InCenter);
    }, text);
    await workbench().page.mouse.move(5, 600);
    await workbench().hover().waitFor({ state: 'hidden' });
    await sleep(500); // the editor scrolls
  };

  it('shows the price above each model', async () => {
    await lensOf((lenses) =>
      lenses.some((lens) => /^~?25\.6 M params · ~?8\.\d\d GFPO · 97\.7 MiB · .*1×3×224×224$/.test(lens)),
    );
  });

  it('shows a card at a construction', async () => {
    await goTo(CONV1);
    const card = await workbench().hoverWord(CONV1, 'Conv2d');
    assert.match(card, /^Conv2d conv1 — 9,408 parameters \(0\.04 %\) · ~?236 MFPO \(2\.9 %\)/);
    assert.match(card, /\(1, 3, 224, 224\) → \(1, 64, 112, 112\), float32/);
    assert.match(card, /FPO = 2 × 3 × 7 × 7 × 64 × 112 × 112 \(118 M MACs\)/);
    assert.match(card, /weights 36\.8 KiB, output 3\.06 MiB/);
    await workbench().screenshot('hover-construction');
  });

  it('shows a card at a call', async () => {
    await goTo('x = self.relu(self.bn1(self.conv1(x)))');
    const card = await workbench().hoverWord('x = self.relu(self.bn1(self.conv1(x)))', 'conv1');
    assert.match(card, /^Conv2d conv1 — 9,408 parameters/);
    await workbench().screenshot('hover-call');
  });

  it('shows shapes and FPO at the ends of lines', async () => {
    await workbench().lines((lines) =>
      lines.some((line) => /return self\.fc\(x\)→ \(1, 1000\) · ~?4\.\d\d MFPO/.test(line)),
    );
  });

  it('takes no price from other classes while a line is half typed, and undo brings it back', async () => {
    const bench = workbench();
    const { page } = bench;
    await goTo(CONV1);
    const before = await lensOf((lenses) => lenses.length >= 2);
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.keyboard.type('self.extra = nn.Conv2d(64, ', { delay: 20 });
    const during = await lensOf((lenses) => lenses.some((lens) => lens.endsWith('before this edit')));
    assert.ok(during.length >= before.length, `lenses went away: ${JSON.stringify(during)}`);
    assert.ok(!during.some((lens) => lens.startsWith('Not priced')), JSON.stringify(during));
    await until(
      'the text as it was',
      async () => {
        await page.keyboard.press('Control+Z');
        return bench.lines();
      },
      (lines) => !lines.some((line) => line.includes('self.extra')),
    );
    await lensOf((lenses) => JSON.stringify(lenses) === JSON.stringify(before));
  });

  it('switches lenses, hints and cards off and on', async () => {
    const bench = workbench();
    await goTo('x = self.layer1(x)');
    await bench.lines((lines) => lines.some((line) => line.includes('self.layer1(x)→')));
    await bench.setSetting('priceTag.codeLens.enabled', false);
    await bench.codeLenses((lenses) => lenses.length === 0);
    await bench.setSetting('priceTag.inlayHints.enabled', false);
    await bench.lines((lines) => lines.length > 0 && !lines.some((line) => line.includes('→ (')));
    await bench.setSetting('priceTag.hover.enabled', false);
    await bench.page.mouse.move(5, 600);
    bench.page.setDefaultTimeout(2000);
    await assert.rejects(bench.hoverWord('x = self.layer1(x)', 'layer1'), /Timeout/);
    bench.page.setDefaultTimeout(15_000);
    for (const feature of ['codeLens', 'inlayHints', 'hover']) {
      await bench.setSetting(`priceTag.${feature}.enabled`, undefined);
    }
    await bench.codeLenses();
    await bench.lines((lines) => lines.some((line) => line.includes('self.layer1(x)→')));
  });

  it('says what is the matter with a file that has no end, without a pop-up', async () => {
    const bench = workbench();
    await bench.openFile('loop.py');
    await bench.codeLenses((lenses) => lenses.some((lens) => lens.startsWith('Not priced: ')));
    assert.equal(await bench.toasts().count(), 0);
    await until('the next file', () => bench.openFile('autoencoder.py').then(() => true), Boolean);
    await bench.codeLenses(
      (lenses) => lenses.length >= 2 && !lenses.some((lens) => lens.startsWith('Not priced')),
    );
  });
});
