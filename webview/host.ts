// The page's end of the conversation with the editor, and the state that survives when the page is hidden.

import type { PanelData, PanelRequest } from '../src/report/panel';
import { FRESH_NODES, type NodeState } from './node-order';
import type { TreeState } from './tree-order';

interface HostApi {
  postMessage(request: PanelRequest): void;
  getState(): unknown;
  setState(state: PageState): void;
}

declare function acquireVsCodeApi(): HostApi;

export interface PageState extends TreeState {
  /** Whether the operators are unfolded; null until the user says: those of a graph are. */
  readonly operators: boolean | null;
  /** What is shown of a graph's nodes. */
  readonly nodes: NodeState;
  /** Whether the table of the history is unfolded. */
  readonly history: boolean;
}

const FRESH: PageState = {
  closed: [],
  open: [],
  sort: null,
  flat: false,
  filter: '',
  operators: null,
  nodes: FRESH_NODES,
  history: false,
};

export class Host {
  private readonly api = acquireVsCodeApi();

  ask(request: PanelRequest): void {
    this.api.postMessage(request);
  }

  /** The state of the page's last life, in parts that fit. */
  restore(): PageState {
    const kept = this.api.getState();
    return typeof kept === 'object' && kept !== null ? { ...FRESH, ...kept } : FRESH;
  }

  keep(state: PageState): void {
    this.api.setState(state);
  }

  /** Gets the data that the editor sends; anything else is left alone. */
  onData(listener: (data: PanelData) => void): void {
    window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (isData(data)) listener(data.data);
    });
  }
}

const isData = (message: unknown): message is { type: 'data'; data: PanelData } =>
  typeof message === 'object' &&
  message !== null &&
  'type' in message &&
  message.type === 'data' &&
  'data' in message;
