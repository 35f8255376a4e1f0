// Makes elements. Text becomes text nodes, never markup.

import type { Figure } from '../src/report/panel';

/** An element with attributes and children; strings are text. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElement {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value !== '' || attribute === 'selected') made.setAttribute(attribute, value);
  }
  made.append(...children);
  return made;
}

/** A button that looks like a link: it goes to a place in the source. */
export function link(text: string, title: string, act: () => void): HTMLElement {
  const made = element('button', { class: 'link', type: 'button', title }, text);
  made.addEventListener('click', act);
  return made;
}

/** A cell with a share in words and as a bar; the bar says nothing that the words do not. */
export function shareCell({ value, text }: Figure, role = ''): HTMLElement {
  const fill = element('span', { class: 'fill' });
  fill.style.width = `${Math.max(0, Math.min(1, value)) * 100}%`;
  const bar = element('span', { class: 'bar', 'aria-hidden': 'true' }, fill);
  return element('td', { role, class: 'number share' }, bar, element('span', { class: 'percent' }, text));
}
