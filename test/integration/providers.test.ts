// Lenses, cards and hints of real files, untitled ones, files that are not on a disk, and notebooks.

import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { hints, hover, lenses, open, until, workspaceFile } from './editor';

const NET = `import torch
from torch import nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(10, 20)

    def forward(self, x):
        return self.fc(x)

Net()(torch.randn(1, 10))
`;
const NET_LENS = '220 params · 420 FPO · 880 B · 1×10';

describe('providers', () => {
  it('price the models of a file', async () => {
    const document = await open('resnet.py');
    const found = await lenses(document, 3);
    assert.match(
      found['def resnet50() -> ResNet:'] ?? '',
      /^25\.6 M params · 8\.\d\d GFPO · 97\.7 MiB · 1×3×224×224$/,
    );
    assert.match(found['class Bottleneck(nn.Module):'] ?? '', /^16 in ResNet/);
  });

  it('show a layer at its construction and at its call', async () => {
    const document = await open('resnet.py');
    await lenses(document, 3);
    const made = await hover(document, 'self.conv1 = nn.Conv2d(3, 64, 7', 'Conv2d');
    assert.match(
      made,
      /^\*\*Conv2d\*\* `conv1` — 9,408 parameters \(0\.04 %\) · ~?236 MFPO \(2\.9 %\) ▰▱{9}/,
    );
    assert.match(made, /FPO = 2 × 3 × 7 × 7 × 64 × 112 × 112 \(118 M MACs\)/);
    assert.match(made, /\[Open Report\]\(command:priceTag\.showReport\?/);
    assert.equal(await hover(document, 'self.conv1 = nn.Conv2d(3, 64, 7', 'conv1'), made);
    const called = await hover(document, 'x = self.relu(self.bn1(self.conv1(x)))', 'conv1(x)');
    assert.match(called, /^\*\*Conv2d\*\* `conv1` — 9,408 parameters/);
  });

  it('give hints at the ends of lines', async () => {
    const document = await open('resnet.py');
    await lenses(document, 3);
    const found = await until(
      'hints',
      () => hints(document),
      (each) => Object.keys(each).length > 5,
    );
    assert.match(
      found['x = self.relu(self.bn1(self.conv1(x)))'] ?? '',
      /^→ \(1, 64, 112, 112\) · ~?2\d\d MFPO$/,
    );
    assert.match(found['return self.fc(x)'] ?? '', /^→ \(1, 1000\) · ~?4\.\d\d MFPO$/);
  });

  it('price an untitled file', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'python', content: NET });
    assert.deepEqual(await lenses(document), { 'class Net(nn.Module):': NET_LENS });
  });

  it('price a file that is not on a disk', async () => {
    const provider = vscode.workspace.registerTextDocumentContentProvider('virtual', {
      provideTextDocumentContent: () => NET,
    });
    const document = await vscode.workspace.openTextDocument(
      vscode.Uri.parse('virtual://host/folder/net.py'),
    );
    assert.deepEqual(await lenses(document), { 'class Net(nn.Module):': NET_LENS });
    provider.dispose();
  });

  it('price a notebook cell in the context of the others', async () => {
    const notebook = await vscode.workspace.openNotebookDocument(workspaceFile('cells.ipynb'));
    await vscode.window.showNotebookDocument(notebook);
    const [, , net, use] = notebook.getCells().map((cell) => cell.document);
    assert.ok(net && use);
    assert.deepEqual(await lenses(net), { 'class Net(nn.Module):': NET_LENS });
    assert.match(
      await hover(net, 'nn.Linear(10, 20)', 'Linear'),
      /input from cell 4, line 2: `torch\.randn\(1, 10\)`/,
    );
    assert.match((await hints(net))['return self.fc(x)'] ?? '', /^→ \(1, 20\) · 420 FPO$/);
  });
});
