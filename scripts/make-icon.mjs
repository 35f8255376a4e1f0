// Draws the icon that the Marketplace wants: a price tag whose bars are the layers of a network, painted by the
// Chromium of the UI tests.
//
//   npm run icon                        makes media/icon.png

import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { bundleModule } from './bundle-tests.mjs';

const SIZE = 256;

/** The outline of the tag in a square of 256: chamfered at the top, with a hole for the string. */
const TAG = `M 96 22 H 160 Q 168 22 173.500 28 L 206 64 Q 212 70.500 212 79 V 218 Q 212 238 192 238
  H 64 Q 44 238 44 218 V 79 Q 44 70.500 50 64 L 82.500 28 Q 88 22 96 22 Z`;
const HOLE = { x: 128, y: 60, radius: 15 };

/** The bars: where each stands, and how high it rises from the base line. */
const BARS = [
  { x: 80, height: 34 },
  { x: 128, height: 62 },
  { x: 176, height: 92 },
];
const BASE = 212;
const BAR_WIDTH = 26;

const bar = ({ x, height }) =>
  `<rect x="${x - BAR_WIDTH / 2}" y="${BASE - height}" width="${BAR_WIDTH}" height="${height}" rx="5"/>`;
const tops = BARS.map(({ x, height }) => ({ x, y: BASE - height - 22 }));
const path = `M ${tops.map(({ x, y }) => `${x} ${y}`).join(' L ')}`;
const node = ({ x, y }) => `<circle cx="${x}" cy="${y}" r="10"/>`;

function drawing() {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${SIZE}" height="${SIZE}" viewBox="0 0 256 256">
  <defs>
    <linearGradient id="leaf" x1="0" y1="0" x2="1" y2="1">
      <stop offset="0" stop-color="#2fb58a"/><stop offset="1" stop-color="#0b6b6f"/>
    </linearGradient>
    <mask id="hole">
      <rect width="256" height="256" fill="white"/>
      <circle cx="${HOLE.x}" cy="${HOLE.y}" r="${HOLE.radius}" fill="black"/>
    </mask>
  </defs>
  <g transform="rotate(9 128 128)">
    <path d="${TAG}" fill="url(#leaf)" mask="url(#hole)"/>
    <circle cx="${HOLE.x}" cy="${HOLE.y}" r="${HOLE.radius + 3}" fill="none" stroke="#f4d35e" stroke-width="7"/>
    <g fill="#ffffff" fill-opacity="0.94">${BARS.map(bar).join('')}</g>
    <path d="${path}" fill="none" stroke="#f4d35e" stroke-width="6"/>
    <g fill="#f4d35e">${tops.map(node).join('')}</g>
  </g>
</svg>`;
}

/** Chromium as the tests find it: their module is bundled first, because it is written in TypeScript. */
async function findChromium() {
  await bundleModule('test/harness/browser.ts', 'out/harness/browser.cjs');
  const browser = await import('../out/harness/browser.cjs');
  return browser.default.findChromium();
}

async function paint(svg, file) {
  const browser = await chromium.launch({ executablePath: await findChromium() });
  const page = await browser.newPage({ viewport: { width: SIZE, height: SIZE } });
  await page.setContent(`<style>body { margin: 0 }</style>${svg}`);
  await page.screenshot({ path: file, omitBackground: true });
  await browser.close();
}

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
mkdirSync('media', { recursive: true });
await paint(drawing(), 'media/icon.png');
