// Modules that import each other by the names of their package.

import assert from 'node:assert/strict';
import { evaluateExpression } from '../../src/python/evaluate';
import { Interpreter } from '../../src/python/interpreter';
import { standardLibrary } from '../../src/python/stdlib';

const FILES: Readonly<Record<string, string>> = {
  '/pack/__init__.py':
    'from .base import *\nfrom .a import *\nfrom .b import *\nfrom .a import *\nfrom .c import C\n',
  '/pack/base.py': 'class Base:\n    size = 3\n',
  '/pack/a.py': 'from pack import Base\nclass A(Base):\n    pass\n',
  '/pack/b.py': 'from pack import Base\nclass B(Base):\n    pass\n',
  '/pack/c.py': 'from pack import A, Base\nclass C(A):\n    pass\n',
};

describe('modules of a package that import from the package', () => {
  for (const expression of [
    'pack.Base.size',
    'pack.A.size',
    'pack.B.size',
    'pack.C.size',
    'pack.b.Base.size',
  ]) {
    it(expression, () => {
      const interpreter = new Interpreter({
        reader: { read: (path) => FILES[path], isFolder: (path) => path === '/pack' },
        searchPaths: [''],
        libraries: [standardLibrary],
      });
      const module = interpreter.modules.add('script', 'script.py', 'import pack');
      interpreter.modules.ensureRun(module);
      assert.equal(evaluateExpression(interpreter, expression, module), 3);
    });
  }
});

describe('a part of a package that imports another part by name', () => {
  const files: Readonly<Record<string, string>> = {
    '/kit/__init__.py': 'from .nets import *\n',
    '/kit/basic.py': 'size = 3\n',
    '/kit/nets.py': 'from . import basic, other\ndef size():\n    return other.size + basic.size\n',
    '/kit/other.py': 'size = 4\n',
  };
  it('gets it though the package has the name from there', () => {
    const interpreter = new Interpreter({
      reader: { read: (path) => files[path], isFolder: (path) => path === '/kit' },
      searchPaths: [''],
      libraries: [standardLibrary],
    });
    const module = interpreter.modules.add('kit.nets', '/kit/nets.py', files['/kit/nets.py'] as string);
    interpreter.modules.ensureRun(module);
    assert.equal(evaluateExpression(interpreter, 'size()', module), 7);
  });
});
