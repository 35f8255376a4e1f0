// A history from Git as the points that cards and charts show, with the text as it is now as the last one where it
// costs something else than the last commit. Knows nothing of VS Code.

import type { History, HistoryEntry } from '../../check/model';
import type { ModelReport } from '../../price/model-report';
import type { Past, PastPoint } from '../../report/past';

/** The past of a model up to its present report. */
export function pastOf({ entries, more }: History, report: ModelReport | null): Past {
  const points = entries.map(pointOf);
  const now = report && nowOf(report);
  const last = points.at(-1);
  const isSame = now && last && sameValues(now.values, last.values);
  return { points: now && !isSame ? [...points, now] : points, more };
}

const pointOf = ({ commit, subject, time, figures, atLeast }: HistoryEntry): PastPoint => ({
  commit: commit.slice(0, 7),
  subject,
  date: new Date(time * 1000).toISOString().slice(0, 10),
  atLeast,
  values: {
    fpo: figures?.fpo ?? null,
    memory: figures?.memory ?? null,
    params: figures?.params ?? null,
  },
});

const nowOf = ({ fpo, gaps, memory, params }: ModelReport): PastPoint => ({
  atLeast: gaps.length > 0,
  commit: '',
  subject: '',
  date: '',
  values: { fpo: fpo?.total ?? null, memory: memory.inferencePeak, params: params.total },
});

const sameValues = (a: PastPoint['values'], b: PastPoint['values']): boolean =>
  a.fpo === b.fpo && a.memory === b.memory && a.params === b.params;
