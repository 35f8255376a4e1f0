// “Show Report”: opens the report page for a root, or for the file where no root is meant.

import type { ReportPanel } from '../panel';
import type { Targets } from '../targets';

/** The command; without arguments it is about the cursor. */
export function showReport(targets: Targets, panel: ReportPanel): (uri?: unknown, root?: unknown) => void {
  return (uri, root) => {
    const aim = targets.aim(uri, root);
    if (aim !== undefined) panel.show(aim);
  };
}
