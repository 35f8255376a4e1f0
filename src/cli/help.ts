// What --help says.

export const HELP = `price-tag: what PyTorch code costs, from its text.

  price-tag report TARGET…   price models; a TARGET is a file, a folder, or FILE::EXPRESSION
  price-tag check            what a change costs, and whether it keeps its budgets
  price-tag hook install     checks every commit of this repository; hook uninstall takes that back
  price-tag batch            one JSON case a line in, one JSON result a line out
  price-tag --version

price-tag report --help and price-tag check --help say more. Nothing of the code is run and no network is used.
`;

export const REPORT_HELP = `price-tag report TARGET… [options]

A TARGET is
  net.py                     every model class, factory function and instance in a file (.py, .ipynb)
  model.onnx                 an ONNX file; its weights are never read
  models/                    every such file in a folder
  net.py::resnet50()         any Python expression in the file's namespace
  net.py::Net                a class: it is called without arguments

Options
  --input SPEC               1,3,224,224 or 1,128:int64 or mask=1,128:bool; again for each further input.
                             Without one an input is looked for in the file; the report says where it was found
  --knob NAME=NUMBER         batch=8; for ONNX files, any size that the file leaves open
  --format FORMAT            text (default), json, markdown, latex, csv
  --path FOLDER              where imports are looked for, after the file's own package; again for more

FPO counts additions and multiplications one each; a MAC is 2 FPO.
Exit code: 0, 1 = a target could not be priced, 2 = usage.
`;

export const CHECK_HELP = `price-tag check [PATH…] [options]

Compares the prices of all models that a change touches, also through what they import, before and after it, and judges
them by the budgets in price-tag.json. With no budget set it only tells. Only git's own records are read; nothing is
checked out.

  PATH                       files and folders to look at; all where left out
Which change
  --base REVISION            what to compare with: where the change parted from it (default: HEAD)
  --staged                   the change is what is staged for the next commit
  --head REVISION            the change is what a revision has; compared with its parent where --base is left out
                             Without either it is the working tree, with files that git does not know yet
Budgets
  --all                      judge every budget, also of models that did not change
  --strict                   a budget that cannot be judged for sure counts as one that does not hold
Output
  --format FORMAT            text (default), markdown, json, sarif, github (annotations), trailers (for a commit message)
  --out FORMAT=FILE          writes another format to a file as well; again for more
  --path FOLDER              where imports are looked for as well; again for more

Exit code: 0, 1 = a budget does not hold, 2 = usage, no such revision, or errors in price-tag.json.
`;

export const HOOK_HELP = `price-tag hook install
price-tag hook uninstall

Has git run price-tag check --staged before each commit in this repository. Only a budget that does not hold stops a
commit, and git commit --no-verify passes by it. core.hooksPath is respected, hooks that are there already go on working,
and husky's folder is used where husky is; hooks of pre-commit and lefthook are left alone, with a word on what to add to
them. hook uninstall leaves everything as it was before.
`;
