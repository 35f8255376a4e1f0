// The entry of the page of changes: asks the editor for the data and draws it anew each time some comes. What is
// unfolded stays so, and what has the focus keeps it.

import type { PageData, PageRequest } from '../../src/check/page-data';
import '../style.css';
import './changes.css';
import { changesPage } from './page';

interface HostApi {
  postMessage(request: PageRequest): void;
}

declare function acquireVsCodeApi(): HostApi;

function start(root: HTMLElement): void {
  const host = acquireVsCodeApi();
  window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (!isData(data)) return;
    draw(root, data.data, (request) => host.postMessage(request));
    if (data.aim !== '')
      root.querySelector<HTMLElement>(`[data-key="${CSS.escape(data.aim)}"]`)?.scrollIntoView();
  });
  host.postMessage({ type: 'ready' });
}

function draw(root: HTMLElement, data: PageData, ask: (request: PageRequest) => void): void {
  const open = new Set([...root.querySelectorAll<HTMLElement>('details[open]')].map(({ id }) => id));
  const focus = document.activeElement instanceof HTMLElement ? document.activeElement.id : '';
  const scroll = window.scrollY;
  root.replaceChildren(...changesPage(data, ask, (id) => open.has(id)));
  root.toggleAttribute('aria-busy', data.isRunning);
  window.scrollTo(0, scroll);
  if (focus !== '') document.getElementById(focus)?.focus({ preventScroll: true });
}

const isData = (message: unknown): message is { type: 'data'; data: PageData; aim: string } =>
  typeof message === 'object' && message !== null && 'type' in message && message.type === 'data';

const root = document.getElementById('page');
if (root !== null) start(root);
