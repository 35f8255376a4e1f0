// The picture of the README: a card over a model with its report beside it. With UPDATE=1 it is written to media/.

import { mkdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { useWorkbench } from '../harness/workbench';

const CONV1 = 'self.conv1 = nn.Conv2d(3, 64, 7';
const PICTURE = process.env.UPDATE ? 'media/screenshot.png' : 'shots/showcase.png';

describe('showcase', () => {
  const workbench = useWorkbench({
    file: 'resnet.py',
    width: 1680,
    height: 900,
    scale: 1.5,
    settings: { 'workbench.activityBar.location': 'hidden', 'editor.stickyScroll.enabled': false },
  });

  it('shows all of it in one window', async () => {
    const bench = workbench();
    const { page } = bench;
    await bench.codeLenses((lenses) => lenses.length >= 2);
    await bench.runCommand('View: Toggle Primary Side Bar Visibility');
    await bench.inExtensionHost(async (vscode) => {
      const [editor] = vscode.window.visibleTextEditors;
      if (!editor) return;
      const at = editor.document.positionAt(editor.document.getText().indexOf('class ResNet('));
      editor.revealRange(new vscode.Range(at.translate(-1), at), vscode.TextEditorRevealType.AtTop);
      await vscode.commands.executeCommand(
        'priceTag.showReport',
        editor.document.uri.toString(),
        'resnet50()',
      );
    });
    await bench.webview().locator('table.layers').waitFor();
    await bench.lines((lines) => lines.some((line) => line.includes('self.layer1(x)→')));
    await bench.hoverWord(CONV1, 'conv1');
    await sleep(800);
    mkdirSync(PICTURE.slice(0, PICTURE.indexOf('/')), { recursive: true });
    await page.screenshot({ path: PICTURE });
  });
});
