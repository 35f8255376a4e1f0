// Loaded before a program of Node.js that is measured: reports its largest resident memory when it ends, as a line
// on standard error that scripts/measure.mjs reads.

const fs = require('node:fs');

process.once('exit', () => {
  fs.writeSync(2, `\npeak-rss-kib ${process.resourceUsage().maxRSS}\n`);
});
