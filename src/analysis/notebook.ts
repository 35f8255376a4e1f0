// Notebooks as text: the code cells joined in order, since each builds on the cells before it. Lines of IPython's own
// (`%magic`, `!shell`, `?help`) are turned into comments of the same length, so that offsets stay.

interface Notebook {
  readonly cells?: readonly { readonly cell_type?: string; readonly source?: string | readonly string[] }[];
}

/** The Python text of an .ipynb file. Throws an Error with a sentence where it is none. */
export function notebookText(json: string): string {
  return codeCells(json).map(pythonOnly).join('\n');
}

function codeCells(json: string): string[] {
  let notebook: Notebook;
  try {
    notebook = JSON.parse(json) as Notebook;
  } catch {
    throw new Error('This is not a notebook: its JSON cannot be read.');
  }
  const cells = notebook.cells ?? [];
  return cells
    .filter((cell) => cell.cell_type === 'code')
    .map(({ source }) => (typeof source === 'string' ? source : (source ?? []).join('')));
}

/** A cell without IPython's own lines; a cell magic takes the whole cell. */
export function pythonOnly(cell: string): string {
  if (/^\s*%%(?!time|capture|prun)/.test(cell)) return cell.replace(/[^\n]/g, ' ');
  return cell.replace(/^(\s*)[%!?](.*)$/gm, (_, indent: string, rest: string) => `${indent}#${rest}`);
}
