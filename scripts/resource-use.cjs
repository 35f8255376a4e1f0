// Loaded before a program of Node.js that is measured: reports its largest resident memory when it ends, as a line
// on standard error that scripts/measure.mjs reads.

process.once('exit', () => {
  process.stderr.write(`\npeak-rss-kib ${process.resourceUsage().maxRSS}\n`);
});
