// Text of the user in the markup of a view. Names, paths and reasons come from source code that nobody has vetted, so
// every one of them goes through here before it stands in Markdown, LaTeX, CSV or a label that knows `$(icons)`.

/** What marks up text wherever it stands; what does so only at the start; what is made a link without markup. */
const MARKDOWN = /[\\`*_[\]|<>~&$]/g;
const MARKDOWN_START = /^([#+-]|\d+(?=[.)](\s|$)))/;
const LINKED = /(?<=www)\.|:(?=\/\/)|@/gi;

/** Text in a Markdown paragraph or table cell: shown as it is, on one line. */
export function markdown(text: string): string {
  const escaped = oneLine(text).replace(MARKDOWN, '\\$&').replace(LINKED, '\\$&');
  return escaped.replace(MARKDOWN_START, (start) => (/\d/.test(start) ? `${start}\\` : `\\${start}`));
}

/** A Markdown code span, fenced by more backticks than the text holds. */
export function markdownCode(text: string): string {
  const line = oneLine(text);
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `\`${line}\`` : `${fence} ${line} ${fence}`;
}

/** A code span in a table cell, where a pipe would end the cell. */
export const markdownCellCode = (text: string): string => markdownCode(text.replaceAll('|', '\\|'));

/** A label of VS Code (lens, status bar), in which `$(name)` would become an icon. */
export const label = (text: string): string => oneLine(text).replaceAll('$(', '$\u200b(');

const LATEX: Readonly<Record<string, string>> = {
  '#': '\\#',
  $: '\\$',
  '%': '\\%',
  '&': '\\&',
  '\\': '\\textbackslash{}',
  '^': '\\textasciicircum{}',
  _: '\\_',
  '{': '\\{',
  '}': '\\}',
  '~': '\\textasciitilde{}',
  '×': '$\\times$',
  '→': '$\\rightarrow$',
  '≥': '$\\geq$',
  '…': '\\ldots{}',
};

/** Text in a LaTeX paragraph or table cell. */
export const latex = (text: string): string =>
  oneLine(text).replace(
    /[#$%&\\^_{}~\u00d7\u2192\u2265\u2026]/g,
    (character) => LATEX[character] ?? character,
  );

/** A field of a CSV line; what a spreadsheet would run as a formula is quoted with an apostrophe. */
export function csv(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Text without line breaks, control characters and marks that turn the reading direction. */
export const oneLine = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
    .replace(/[\u0000-\u001f\u007f\u2028\u2029]+\s*/g, ' ')
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .trim();

/** Long text cut to a length, with an ellipsis. */
export const clip = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length - 1).trimEnd()}…`;
