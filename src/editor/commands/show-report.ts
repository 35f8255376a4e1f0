// “Show Report”: opens the report page for a root, or for the file where no root is meant; an ONNX file in its own tab.

import { graphAimedAt, showGraph } from '../onnx/show';
import type { ReportPanel } from '../panel';
import type { Targets } from '../targets';

/** The command; without arguments it is about the cursor. */
export function showReport(targets: Targets, panel: ReportPanel): (uri?: unknown, root?: unknown) => void {
  return (uri, root) => {
    const graph = graphAimedAt(uri);
    if (graph !== undefined) return void showGraph(graph);
    const aim = targets.aim(uri, root);
    if (aim !== undefined) panel.show(aim);
  };
}
