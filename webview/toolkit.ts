// The widgets of the page: the only file that knows which library they come from.

import {
  type Checkbox,
  type Dropdown,
  provideVSCodeDesignSystem,
  type TextField,
  vsCodeButton,
  vsCodeCheckbox,
  vsCodeDropdown,
  vsCodeOption,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';
import { element } from './dom';

/** Makes the widgets known to the page. */
export function registerWidgets(): void {
  provideVSCodeDesignSystem().register(
    vsCodeButton(),
    vsCodeCheckbox(),
    vsCodeDropdown(),
    vsCodeOption(),
    vsCodeTextField(),
  );
}

export function button(text: string, act: () => void, title = ''): HTMLElement {
  const made = element('vscode-button', { appearance: 'secondary', title }, text);
  made.addEventListener('click', act);
  return made;
}

export function checkbox(text: string, checked: boolean, changed: (checked: boolean) => void): HTMLElement {
  const made = element('vscode-checkbox', {}, text) as Checkbox;
  made.checked = checked;
  made.addEventListener('change', () => changed(made.checked));
  return made;
}

export function textField(placeholder: string, value: string, changed: (value: string) => void): HTMLElement {
  const made = element('vscode-text-field', { placeholder }) as TextField;
  // the widget names itself “Text field” as soon as it is on the page
  queueMicrotask(() => made.setAttribute('aria-label', placeholder));
  made.value = value;
  made.addEventListener('input', () => changed(made.value));
  return made;
}

/** A choice among options; `selected` is the value of one. */
export function dropdown(
  label: string,
  options: readonly { readonly value: string; readonly text: string }[],
  selected: string,
  changed: (value: string) => void,
): HTMLElement {
  const items = options.map(({ value, text }) =>
    element('vscode-option', { value, ...(value === selected ? { selected: '' } : {}) }, text),
  );
  const made = element('vscode-dropdown', { 'aria-label': label }, ...items) as Dropdown;
  made.addEventListener('change', () => changed(made.value));
  return made;
}
