// What --help says.

export const HELP = `price-tag: what PyTorch code costs, from its text.

  price-tag report TARGET…   price models; a TARGET is a file, a folder, or FILE::EXPRESSION
  price-tag batch            one JSON case a line in, one JSON result a line out
  price-tag --version

price-tag report --help says more. Nothing of the code is run and no network is used.
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
