// Paths as everything above the file system has them: with slashes, on Windows too.

import path from 'node:path';

export const slashed = (one: string): string => one.split(path.sep).join('/');
