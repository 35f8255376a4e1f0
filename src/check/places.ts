// Paths and URIs of places, for the formats.

/** A path from the top folder; one outside of it stays as it is. */
export const relativePlace = (file: string, top: string): string =>
  file.startsWith(`${top}/`) ? file.slice(top.length + 1) : file;

/** A relative path as a URI reference; what a file name may hold and a URI may not is encoded. */
export const uriReference = (path: string): string => path.split('/').map(encodeURIComponent).join('/');
