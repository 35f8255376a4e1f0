// Loaded before a program of Node.js that is measured: reports its processor time and largest resident memory when it ends,
// as lines on standard error that scripts/measure.mjs reads.

process.once('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  process.stderr.write(`\npeak-rss-kib ${maxRSS}\ncpu-us ${userCPUTime + systemCPUTime}\n`);
});
