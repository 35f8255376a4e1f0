// Fields for the sizes that a graph leaves open. They stay on the page while it is drawn anew, so that what is being typed
// is never lost; a number is sent as soon as it is one.

import type { PanelKnob, PanelModel } from '../src/report/panel';
import { element } from './dom';
import { button } from './toolkit';

export type SetKnob = (name: string, value: number | null) => void;

const MOST = 2 ** 31;

interface Field {
  readonly row: HTMLElement;
  readonly input: HTMLInputElement | HTMLSelectElement;
  readonly words: HTMLElement;
  readonly reset: HTMLElement;
}

export class KnobFields {
  readonly section = element('section', { class: 'knobs', 'aria-label': 'Open sizes' });
  private readonly fields = new Map<string, Field>();

  constructor(private readonly set: SetKnob) {}

  /** The section, or nothing where all sizes are fixed. Where the fields are the same as before, none of them moves. */
  update({ knobs }: PanelModel): HTMLElement[] {
    const settable = knobs.filter(({ field }) => field !== undefined);
    if (settable.length === 0) return [];
    const rows = settable.map((knob) => this.field(knob).row);
    const present = [...(this.section.lastElementChild?.children ?? [])];
    if (rows.length !== present.length || rows.some((row, at) => row !== present[at]))
      this.section.replaceChildren(
        element('h2', {}, 'Open sizes'),
        element(
          'p',
          { class: 'what' },
          'The file leaves these open; type another number to reprice the model.',
        ),
        element('div', { class: 'fields' }, ...rows),
      );
    return [this.section];
  }

  private field(knob: PanelKnob): Field {
    const { name = '', value = '', choices } = knob.field ?? {};
    let field = this.fields.get(name);
    if (field === undefined) {
      field = this.make(name, choices);
      this.fields.set(name, field);
    }
    if (document.activeElement !== field.input)
      field.input.value = choices ? String(choices.indexOf(value)) : value;
    field.words.textContent = knob.assumed ? 'assumed' : 'set by you';
    field.row.title = knob.text;
    field.reset.hidden = knob.assumed;
    return field;
  }

  private make(name: string, choices: readonly string[] | undefined): Field {
    const input = choices ? choice(choices) : number();
    input.dataset.knob = name;
    const words = element('span', { class: 'what' });
    const reset = button('Reset', () => this.set(name, null), `Take ${name} as assumed again`);
    const label = element('label', {}, element('span', { class: 'knob-name' }, name), input);
    input.addEventListener('input', () => {
      const value = Number(input.value);
      const fits = input.value !== '' && Number.isInteger(value) && value >= 0 && value < MOST;
      input.setAttribute('aria-invalid', String(!fits));
      if (fits) this.set(name, value);
    });
    return { row: element('div', { class: 'field' }, label, words, reset), input, words, reset };
  }
}

const number = (): HTMLInputElement =>
  element('input', { type: 'number', min: '0', step: '1', inputmode: 'numeric' }) as HTMLInputElement;

const choice = (choices: readonly string[]): HTMLSelectElement =>
  element(
    'select',
    {},
    ...choices.map((text, value) => element('option', { value: String(value) }, text)),
  ) as HTMLSelectElement;
