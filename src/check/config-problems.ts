// What is wrong with a price-tag.json, for whoever shows it while it is written: the editor knows no analysis.

import { readConfig } from '../analysis/config';
import type { ConfigProblem } from '../analysis/config-text';

export type { ConfigProblem } from '../analysis/config-text';

/** Each problem with its place, in the order of the text. */
export const configProblems = (file: string, text: string): readonly ConfigProblem[] =>
  readConfig(file, text).problems;
