// The past of a price: a small chart for each figure, and a table that says the same. A chart is a line of steps from
// commit to commit, because a price holds until it is changed; where it was not known the line is broken.

import type { PastChart } from '../src/report/past';
import { element } from './dom';

const [WIDTH, HEIGHT, MARGIN] = [240, 64, 8];

/** The section, or nothing where no past is known. */
export function historySection(
  charts: readonly PastChart[],
  isOpen: boolean,
  changed: (open: boolean) => void,
): HTMLElement[] {
  if (charts.length === 0) return [];
  const figures = charts.map((chart) =>
    element(
      'figure',
      {},
      drawing(chart),
      element('figcaption', {}, element('span', { class: 'what' }, chart.label), chart.span),
    ),
  );
  return [
    element(
      'section',
      { class: 'history', 'aria-label': 'History' },
      element('h2', {}, `History, ${commitsOf(charts)}`),
      element('div', { class: 'charts' }, ...figures),
      asTable(charts, isOpen, changed),
    ),
  ];
}

/** `5 commits`: the last point may be the text as it is now. */
function commitsOf(charts: readonly PastChart[]): string {
  const count = charts[0]?.points.filter(({ name }) => name !== 'now').length ?? 0;
  return count === 1 ? '1 commit' : `${count} commits`;
}

function svg(
  name: string,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly Node[]
): SVGElement {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children);
  return made;
}

function drawing({ points, words }: PastChart): SVGElement {
  const at = placing(points.map(({ value }) => value));
  const dots = points.flatMap(({ value, text, name, subject, date }, index) => {
    if (value === null) return [];
    const title = svg('title', {});
    title.textContent = [`${name}: ${text}`, subject, date].filter((part) => part !== '').join('\n');
    const [x, y] = at(index, value);
    return [svg('circle', { cx: `${x}`, cy: `${y}`, r: '3', class: name === 'now' ? 'now' : 'then' }, title)];
  });
  return svg(
    'svg',
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': words },
    svg('path', {
      d: steps(
        points.map(({ value }) => value),
        at,
      ),
      class: 'line',
    }),
    ...dots,
  );
}

type Placing = (index: number, value: number) => readonly [x: number, y: number];

/** From the lowest to the highest figure; what never changes lies in the middle. */
function placing(values: readonly (number | null)[]): Placing {
  const known = values.filter((value) => value !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const step = (WIDTH - 2 * MARGIN) / Math.max(1, values.length - 1);
  const share = (value: number) => (high > low ? (value - low) / (high - low) : 0.5);
  return (index, value) => [MARGIN + index * step, HEIGHT - MARGIN - share(value) * (HEIGHT - 2 * MARGIN)];
}

/** Along until the next commit, then up or down. */
function steps(values: readonly (number | null)[], at: Placing): string {
  return values
    .map((value, index) => {
      if (value === null) return '';
      const [x, y] = at(index, value);
      return (values[index - 1] ?? null) === null ? `M${x} ${y}` : `H${x}V${y}`;
    })
    .join('');
}

function asTable(
  charts: readonly PastChart[],
  isOpen: boolean,
  changed: (open: boolean) => void,
): HTMLElement {
  const points = charts[0]?.points ?? [];
  const cell = (name: string, text: string, attributes: Readonly<Record<string, string>> = {}) =>
    element(name, attributes, text);
  const head = [
    ...['Commit', 'Date', 'Subject'].map((title) => cell('th', title, { scope: 'col' })),
    ...charts.map(({ label }) => cell('th', label, { scope: 'col', class: 'number' })),
  ];
  const rows = points.map(({ name, date, subject }, index) =>
    element(
      'tr',
      {},
      cell('th', name, { scope: 'row' }),
      cell('td', date),
      cell('td', subject, { class: 'subject' }),
      ...charts.map((chart) => cell('td', chart.points[index]?.text ?? '', { class: 'number' })),
    ),
  );
  const table = element(
    'table',
    {},
    element('thead', {}, element('tr', {}, ...head)),
    element('tbody', {}, ...rows.reverse()),
  );
  const made = element(
    'details',
    {},
    element('summary', {}, 'As a table'),
    element('div', { class: 'scroll' }, table),
  ) as HTMLDetailsElement;
  made.open = isOpen;
  made.addEventListener('toggle', () => {
    if (made.open !== isOpen) changed(made.open);
  });
  return made;
}
