// A folder that is not trusted: nothing of it is run, so its models are priced like any other.

import { useWorkbench } from '../harness/workbench';

describe('restricted mode', () => {
  const workbench = useWorkbench({
    file: 'autoencoder.py',
    restricted: true,
    settings: { 'security.workspace.trust.startupPrompt': 'never' },
  });

  it('prices models', async () => {
    await workbench().codeLenses((lenses) => lenses.some((lens) => / params · .*FPO · /.test(lens)));
  });
});
