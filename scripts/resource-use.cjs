// Loaded before a program of Node.js that is measured: reports its processor time and largest resident memory when it ends,
// as lines on standard error that scripts/measure.mjs reads.

const fs = require('node:fs');

process.once('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  fs.writeSync(2, `\npeak-rss-kib ${maxRSS}\ncpu-us ${userCPUTime + systemCPUTime}\n`);
});
