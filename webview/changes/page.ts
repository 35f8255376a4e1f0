// The page of changes: what is compared, whether budgets hold, and for each model its price before and after, its
// budgets as bars, and a table of the layers that make the difference. Colours repeat what signs and words say.

import type {
  FigureChange,
  PageChange,
  PageData,
  PageLayer,
  PageRequest,
  PageRoot,
  PageVerdict,
} from '../../src/check/page-data';
import { element, link } from '../dom';

type Ask = (request: PageRequest) => void;
type IsOpen = (id: string) => boolean;

/** The contents of the page. */
export function changesPage(data: PageData, ask: Ask, isOpen: IsOpen): HTMLElement[] {
  const { roots, compared, isRunning } = data;
  const empty = compared !== '' && roots.length === 0;
  return [
    header(data, ask),
    ...banner(data),
    ...messages(data),
    ...(empty ? [element('p', { class: 'message' }, 'No model has changed its price.')] : []),
    ...(compared === '' && isRunning
      ? [element('p', { class: 'message', role: 'status' }, 'Comparing…')]
      : []),
    ...roots.map((root, at) => rootCard(root, `root-${at}`, ask, isOpen)),
  ];
}

function header({ compared, isRunning, roots }: PageData, ask: Ask): HTMLElement {
  const actions = [
    button('Check Again', () => ask({ type: 'check' }), 'Compare again'),
    ...(roots.length > 0
      ? [
          button(
            'Insert into Commit Message',
            () => ask({ type: 'message' }),
            'One line for each changed model',
          ),
          button('Copy as Markdown', () => ask({ type: 'copy' }), 'For a pull request'),
        ]
      : []),
  ];
  const title = element(
    'div',
    { class: 'title' },
    element('h1', {}, 'Changes'),
    element('span', { class: 'file' }, compared),
  );
  if (isRunning && compared !== '')
    title.append(element('span', { class: 'stale', role: 'status' }, 'comparing…'));
  return element('header', {}, title, element('div', { class: 'actions' }, ...actions));
}

/** A button of the page's own: a whole library of widgets for three of them would be too much. */
function button(text: string, act: () => void, title: string): HTMLElement {
  const made = element('button', { class: 'action', type: 'button', title }, text);
  made.id = `action-${text.toLowerCase().replaceAll(' ', '-')}`;
  made.addEventListener('click', act);
  return made;
}

function banner({ verdict, outcome }: PageData): HTMLElement[] {
  if (verdict === '') return [];
  const sign = { broken: '✗', uncertain: '?', holds: '✓' }[outcome];
  const mark = element('span', { class: 'sign', 'aria-hidden': 'true' }, sign);
  return [element('p', { class: `banner ${outcome}`, role: 'status' }, mark, verdict)];
}

function messages({ warnings, notes }: PageData): HTMLElement[] {
  const items = [...warnings, ...notes].map((text) => element('li', {}, text));
  if (items.length === 0) return [];
  const kind = warnings.length > 0 ? 'caveats' : 'notes';
  return [element('section', { class: kind, 'aria-label': 'Notes' }, element('ul', {}, ...items))];
}

function rootCard(root: PageRoot, id: string, ask: Ask, isOpen: IsOpen): HTMLElement {
  const { key, title, file, status, main, others, verdicts, layers } = root;
  const name = link(title, 'Go to the definition', () => ask({ type: 'open', key, of: 'root', part: 0 }));
  name.id = `${id}-name`;
  const chip = status === 'changed' ? [] : [element('span', { class: `chip ${status}` }, STATUS[status])];
  const head = element(
    'div',
    { class: 'title' },
    element('h2', {}, name),
    element('span', { class: 'file' }, file),
    ...chip,
  );
  return element(
    'section',
    { class: 'root', 'aria-labelledby': `${id}-name`, 'data-key': key },
    head,
    ...(status === 'removed' ? [] : [priceTag(main)]),
    ...(verdicts.length > 0 ? [budgets(root, id, ask)] : []),
    ...sentences(root),
    ...(layers.length > 0 ? [layerTable(root, id, ask)] : []),
    ...(others.length > 0 ? [allFigures([...main, ...others], `${id}-figures`, isOpen)] : []),
  );
}

const STATUS: Readonly<Record<PageRoot['status'], string>> = {
  added: 'new',
  changed: '',
  moved: 'moved',
  removed: 'removed',
  renamed: 'renamed',
  unchanged: 'unchanged',
};

function priceTag(figures: readonly FigureChange[]): HTMLElement {
  const parts = figures.map(({ label, before, after, change, percent, direction }) => {
    const differs = before !== '' && after !== '' && before !== after;
    const from = differs ? [element('span', { class: 'before' }, before), arrow()] : [];
    const more =
      change === '' ? (before === '' ? 'new' : 'unchanged') : [change, percent && `(${percent})`].join(' ');
    return element(
      'div',
      { class: 'figure' },
      element('dt', {}, label),
      element('dd', {}, ...from, element('span', { class: 'after' }, after || before)),
      element('dd', { class: `detail ${change === '' ? '' : direction}` }, more.trim()),
    );
  });
  return element('dl', { class: 'tag', 'aria-label': 'Price tag before and after' }, ...parts);
}

const arrow = (): HTMLElement =>
  element('span', { class: 'arrow' }, element('span', { 'aria-hidden': 'true' }, ' → '), hidden(' now '));

/** Words for those who hear the page. */
const hidden = (text: string): HTMLElement => element('span', { class: 'hidden' }, text);

function budgets({ key, verdicts }: PageRoot, id: string, ask: Ask): HTMLElement {
  const rows = verdicts.map((verdict, part) => {
    const go = link(verdict.text, 'Go to the budget in price-tag.json', () =>
      ask({ type: 'open', key, of: 'budget', part }),
    );
    go.id = `${id}-budget-${part}`;
    return element(
      'li',
      { class: verdict.outcome, role: 'listitem', title: verdict.sentence },
      element('span', { class: 'what' }, verdict.label),
      meter(verdict),
      go,
      element('span', { class: 'outcome' }, OUTCOMES[verdict.outcome]),
    );
  });
  return element('ul', { class: 'budgets', role: 'list', 'aria-label': 'Budgets' }, ...rows);
}

const OUTCOMES: Readonly<Record<PageVerdict['outcome'], string>> = {
  broken: '✗ over budget',
  holds: '✓ holds',
  uncertain: '? cannot be judged',
};

/** How much of a budget is used: the line at two thirds is the limit. */
function meter({ ratio }: PageVerdict): HTMLElement {
  const fill = element('span', { class: 'fill' });
  fill.style.width = `${Math.max(0, Math.min(1.5, ratio ?? 0)) * (100 / 1.5)}%`;
  return element(
    'span',
    { class: 'meter', 'aria-hidden': 'true' },
    fill,
    element('span', { class: 'limit' }),
  );
}

function sentences({ notes, caveats, verdicts }: PageRoot): HTMLElement[] {
  const said = verdicts.filter(({ outcome }) => outcome !== 'holds').map(({ sentence }) => sentence);
  const items = [...said, ...notes, ...caveats].map((text) => element('li', {}, text));
  return items.length === 0 ? [] : [element('ul', { class: 'notes' }, ...items)];
}

function layerTable(root: PageRoot, id: string, ask: Ask): HTMLElement {
  const head = ['Layer', 'Parameters', 'FPO', 'Line'].map((title, at) =>
    element('th', { scope: 'col', class: at === 1 || at === 2 ? 'number' : '' }, title),
  );
  const rows = root.layers.map((layer, part) => layerRow(layer, root.key, part, id, ask));
  const table = element(
    'table',
    { class: 'changed' },
    element('caption', { class: 'hidden' }, `Layers of ${root.title} that differ`),
    element('thead', {}, element('tr', {}, ...head)),
    element('tbody', {}, ...rows),
  );
  return element('div', { class: 'scroll' }, table);
}

const SIGNS: Readonly<Record<PageLayer['status'], readonly [sign: string, words: string]>> = {
  added: ['+', 'new'],
  changed: ['~', 'changed'],
  removed: ['−', 'removed'],
  renamed: ['→', 'renamed'],
};

function layerRow(layer: PageLayer, key: string, part: number, id: string, ask: Ask): HTMLElement {
  const [sign, words] = SIGNS[layer.status];
  const place =
    layer.place && link(layer.place, 'Go to the line', () => ask({ type: 'open', key, of: 'layer', part }));
  if (place instanceof HTMLElement) place.id = `${id}-layer-${part}`;
  const name = element(
    'th',
    { scope: 'row', class: 'name' },
    element('span', { class: `sign ${layer.status}`, 'aria-hidden': 'true' }, sign),
    hidden(`${words}: `),
    element('span', { class: 'label' }, layer.path),
    element('span', { class: 'class' }, layer.className),
    ...(layer.arguments === '' ? [] : [element('code', { class: 'arguments' }, layer.arguments)]),
  );
  return element('tr', {}, name, changeCell(layer.params), changeCell(layer.fpo), element('td', {}, place));
}

const changeCell = ({ text, direction }: PageChange): HTMLElement =>
  element('td', { class: `number ${direction}` }, text || '–');

/** Every figure before and after, folded away. */
function allFigures(figures: readonly FigureChange[], id: string, isOpen: IsOpen): HTMLElement {
  const head = ['Figure', 'Before', 'After', 'Change'].map((title, at) =>
    element('th', { scope: 'col', class: at === 0 ? '' : 'number' }, title),
  );
  const rows = figures.map(({ label, before, after, change, percent, direction }) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, label),
      element('td', { class: 'number' }, before || '–'),
      element('td', { class: 'number' }, after || '–'),
      element(
        'td',
        { class: `number ${direction}` },
        [change, percent && `(${percent})`].join(' ').trim() || '–',
      ),
    ),
  );
  const table = element(
    'table',
    {},
    element('thead', {}, element('tr', {}, ...head)),
    element('tbody', {}, ...rows),
  );
  const made = element(
    'details',
    { id },
    element('summary', {}, 'All figures'),
    element('div', { class: 'scroll' }, table),
  );
  (made as HTMLDetailsElement).open = isOpen(id);
  return made;
}
