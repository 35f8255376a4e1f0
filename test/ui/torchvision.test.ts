// The first file that many users will open: torchvision's own resnet.py, as it comes from the package index.

import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { corpus } from '../../scripts/corpora.mjs';
import { useWorkbench } from '../harness/workbench';

const VERSION = '0.28.0';

/** The package's folder, or why it cannot be had. */
function torchvision(): string | Error {
  try {
    return corpus('torchvision', VERSION);
  } catch (error) {
    return error as Error;
  }
}

describe('torchvision', () => {
  const workbench = useWorkbench({ width: 1280, height: 900 });
  const source = torchvision();

  before(function () {
    if (!(source instanceof Error)) return;
    console.log(`  torchvision ${VERSION} is left out: ${source.message}`);
    this.skip();
  });

  it('is priced as its authors say', async () => {
    const bench = workbench();
    cpSync(join(String(source), 'torchvision'), join(bench.folder, 'torchvision'), {
      recursive: true,
      filter: (path) => !/\.(so|dll|pyd|dylib)$/.test(path),
    });
    await bench.openFile('torchvision/models/resnet.py');
    await bench.inExtensionHost((vscode) => {
      const editor = vscode.window.activeTextEditor;
      const at = editor?.document.getText().indexOf('def resnet50(') ?? 0;
      const position = editor?.document.positionAt(at);
      if (editor && position)
        editor.revealRange(new vscode.Range(position, position), vscode.TextEditorRevealType.AtTop);
    });
    const lenses = await bench.codeLenses((each) => each.some((lens) => lens.startsWith('25.6 M params')));
    const resnet50 = lenses.find((lens) => lens.startsWith('25.6 M params')) ?? '';
    assert.match(resnet50, /^25\.6 M params · ~?8\.\d\d GFPO · 97\.7 MiB · .*1×3×224×224$/);
    await bench.screenshot('torchvision');
  });
});
