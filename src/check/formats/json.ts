// The check for programs: the report as it is. `version` grows when a field changes its meaning.

import type { CheckReport } from '../model';

export const toJson = (report: CheckReport): string =>
  `${JSON.stringify({ version: 1, ...report }, null, 2)}\n`;
