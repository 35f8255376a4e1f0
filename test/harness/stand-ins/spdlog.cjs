// Stands in for @vscode/spdlog, a native module, in the code-server of the tests: appends lines to the log file.

const { appendFileSync, mkdirSync } = require('node:fs');
const { dirname } = require('node:path');

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'critical'];

class Logger {
  constructor(_type, _name, file) {
    this.file = file;
    this.level = 0;
    for (const [level, name] of LEVELS.entries()) this[name] = (message) => this.write(level, name, message);
  }

  write(level, name, message) {
    if (level < this.level) return;
    const head = this.plain ? '' : `${new Date().toISOString()} [${name}] `;
    const end = this.plain ? '' : '\n';
    appendFileSync(this.file, `${head}${message}${end}`);
  }

  getLevel() {
    return this.level;
  }

  setLevel(level) {
    this.level = level;
  }

  clearFormatters() {
    this.plain = true;
  }

  setPattern() {}
  flush() {}
  drop() {}
}

async function create(name, file) {
  mkdirSync(dirname(file), { recursive: true });
  return new Logger('rotating', name, file);
}

exports.version = 0;
exports.Logger = Logger;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.createRotatingLogger = create;
exports.createAsyncRotatingLogger = create;
