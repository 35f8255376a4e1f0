// Where the packages of a Python environment are, which are only ever read as text: of the environments that usually
// stand in a project's folder.

import fs from 'node:fs';

const ENVIRONMENTS = ['.venv', 'venv', 'env'];

/** `site-packages` of the environments in a folder. */
export const packageFolders = (folder: string): string[] =>
  ENVIRONMENTS.flatMap((name) => sitePackages(`${folder}/${name}`));

/** `lib/python3.12/site-packages`, or `Lib/site-packages` on Windows; the newest Python's. */
function sitePackages(environment: string): string[] {
  const pythons = names(`${environment}/lib`).filter((name) => /^python3(\.\d+)?$/.test(name));
  const folders = [
    ...pythons
      .sort()
      .reverse()
      .map((name) => `${environment}/lib/${name}`),
    `${environment}/Lib`,
  ];
  const found = folders.map((one) => `${one}/site-packages`).find((one) => fs.existsSync(one));
  return found === undefined ? [] : [found];
}

function names(folder: string): string[] {
  try {
    return fs.readdirSync(folder);
  } catch {
    return [];
  }
}
