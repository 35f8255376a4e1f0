// Trailers in a commit message: `Price-Tag: …`, one line for each model that changed, in the last paragraph, where Git
// looks for them, beside other trailers (`Signed-off-by: …`). Putting them in again replaces those that are there.
// Knows nothing of VS Code.

/** The message with these lines as its trailers of one key; without lines the trailers are taken out. */
export function withTrailers(message: string, key: string, trailers: readonly string[]): string {
  const paragraphs = paragraphsOf(withoutTrailers(message, key));
  const last = paragraphs.at(-1) ?? [];
  if (trailers.length === 0) return textOf(paragraphs);
  if (paragraphs.length > 1 && last.every(isTrailer))
    return textOf([...paragraphs.slice(0, -1), [...last, ...trailers]]);
  // an empty first line is where the subject is to be typed
  return textOf([...(paragraphs.length === 0 ? [['']] : paragraphs), trailers]);
}

/** Whether a line is `Key: value`, or goes on with one. */
const isTrailer = (line: string): boolean => /^[A-Za-z0-9-]+: \S/.test(line) || /^[ \t]+\S/.test(line);

/** The message without trailers of a key, with what remains as it was. */
function withoutTrailers(message: string, key: string): string {
  const lines = message.split(/\r?\n/);
  const isOurs = (line: string) => line.toLowerCase().startsWith(`${key.toLowerCase()}:`);
  return lines.some(isOurs) ? lines.filter((line) => !isOurs(line)).join('\n') : message;
}

/** Lines of the paragraphs; blank lines between them are one. */
function paragraphsOf(message: string): string[][] {
  const lines = message.trimEnd().split(/\r?\n/);
  const paragraphs: string[][] = [[]];
  for (const line of lines) {
    if (line.trim() !== '') paragraphs.at(-1)?.push(line);
    else if (paragraphs.at(-1)?.length) paragraphs.push([]);
  }
  return paragraphs.filter((paragraph) => paragraph.length > 0);
}

const textOf = (paragraphs: readonly (readonly string[])[]): string =>
  paragraphs.map((paragraph) => paragraph.join('\n')).join('\n\n');
