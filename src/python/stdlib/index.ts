// The standard library, as far as model code uses it: modules in TypeScript, modules in Python, and modules of which it
// is only known that they are there. Names that begin with an underscore are halves of modules written in Python.

import type { Interpreter } from '../interpreter';
import type { Library, ModuleDefinition } from '../library';
import type { Namespace } from '../values';
import { abcModule } from './abc';
import abc from './abc.py';
import argparse from './argparse.py';
import bisect from './bisect.py';
import { collectionsModule } from './collections';
import collections from './collections.py';
import collectionsAbc from './collections_abc.py';
import contextlib from './contextlib.py';
import { copyModule } from './copy';
import { dataclassesModule } from './dataclasses';
import distutilsVersion from './distutils_version.py';
import { enumModule } from './enum';
import fnmatch from './fnmatch.py';
import { functoolsModule } from './functools';
import functools from './functools.py';
import glob from './glob.py';
import heapq from './heapq.py';
import {
  astNames,
  atexitNames,
  gcNames,
  importsModule,
  osModule,
  platformNames,
  printNames,
  randomNames,
  timeNames,
  tracebackNames,
} from './host';
import importlib from './importlib.py';
import importlibUtil from './importlib_util.py';
import { inspectModule, typesModule } from './inspect';
import inspect from './inspect.py';
import io from './io.py';
import { itertoolsModule } from './itertools';
import { jsonModule } from './json';
import json from './json.py';
import logging from './logging.py';
import { mathModule } from './math';
import numbers from './numbers.py';
import { operatorModule } from './operator';
import os from './os.py';
import pathlib from './pathlib.py';
import pkgutil from './pkgutil.py';
import posixpath from './posixpath.py';
import queue from './queue.py';
import { reModule } from './re';
import statistics from './statistics.py';
import string from './string.py';
import { sysModule } from './sys';
import textwrap from './textwrap.py';
import threading from './threading.py';
import types from './types.py';
import typing from './typing.py';
import { opaque, unknownModule } from './unknown';
import warnings from './warnings.py';
import weakref from './weakref.py';
import { yamlNames } from './yaml';

type Build = (interpreter: Interpreter) => Namespace;

const PYTHON: Readonly<Record<string, string>> = {
  abc,
  argparse,
  bisect,
  collections,
  'collections.abc': collectionsAbc,
  contextlib,
  'distutils.version': distutilsVersion,
  fnmatch,
  functools,
  glob,
  heapq,
  importlib,
  'importlib.util': importlibUtil,
  inspect,
  io,
  json,
  logging,
  numbers,
  os,
  'os.path': posixpath,
  pathlib,
  pkgutil,
  posixpath,
  queue,
  statistics,
  string,
  textwrap,
  threading,
  types,
  typing,
  typing_extensions: typing,
  warnings,
  weakref,
};

const NATIVE: Readonly<Record<string, Build>> = {
  _abc: abcModule,
  _collections: collectionsModule,
  _functools: functoolsModule,
  _imports: importsModule,
  _inspect: inspectModule,
  _json: jsonModule,
  _os: osModule,
  _types: typesModule,
  _unknown: unknownModule,
  ast: opaque('ast', 'syntax trees are not followed', astNames),
  atexit: opaque('atexit', 'nothing ends here', atexitNames),
  builtins: (interpreter) => new Map(interpreter.builtins),
  copy: copyModule,
  dataclasses: dataclassesModule,
  enum: enumModule,
  gc: opaque('gc', 'nothing is collected', gcNames),
  itertools: itertoolsModule,
  math: mathModule,
  operator: operatorModule,
  platform: opaque('platform', 'nothing is known of the machine', platformNames),
  pprint: opaque('pprint', 'nothing is printed', printNames),
  random: opaque('random', 'nothing random is known', randomNames),
  re: reModule,
  sys: sysModule,
  time: opaque('time', 'what time it is is not known', timeNames),
  traceback: opaque('traceback', 'nothing is printed', tracebackNames),
  yaml: yamlNames,
};

/** Modules that are there, and of which nothing more is known. */
const OPAQUE: ReadonlySet<string> = new Set(
  `__future__ array asyncio base64 binascii bz2 calendar cmath codecs colorsys concurrent concurrent.futures configparser
  contextvars cProfile csv ctypes curses datetime decimal difflib dis distutils email errno faulthandler fractions ftplib
  getpass gettext gzip hashlib hmac html http http.client http.server imp importlib.abc importlib.machinery
  importlib.metadata importlib.resources json.decoder json.encoder keyword linecache locale logging.config
  logging.handlers lzma mimetypes mmap multiprocessing multiprocessing.pool multiprocessing.shared_memory netrc optparse
  os.environ pdb pickle pickletools posix profile pstats readline reprlib resource runpy sched secrets
  select selectors shelve shlex shutil signal site smtplib socket sqlite3 ssl stat struct subprocess symtable sysconfig
  syslog tarfile telnetlib tempfile termios timeit tkinter token tokenize tomllib trace tracemalloc tty turtle unicodedata
  unittest unittest.mock urllib urllib.error urllib.parse urllib.request uuid venv wave webbrowser winreg wsgiref xml
  xml.dom xml.etree xml.etree.ElementTree zipfile zipimport zlib zoneinfo`.split(/\s+/),
);

/** Modules with modules in them. */
const PACKAGES: ReadonlySet<string> = new Set(['collections', 'importlib', 'json', 'logging', 'os']);

export const standardLibrary: Library = {
  find(name: string): ModuleDefinition | undefined {
    const text = PYTHON[name];
    if (text !== undefined) {
      return {
        kind: 'python',
        file: `<python>/${name.replaceAll('.', '_')}.py`,
        text,
        isPackage: PACKAGES.has(name),
      };
    }
    const build =
      NATIVE[name] ?? (OPAQUE.has(name) ? opaque(name, 'this module is not followed') : undefined);
    return build && { kind: 'native', build };
  },
};
