// The extension host's end of the bridge: takes { id, code, value } as JSON lines on the socket that TEST_BRIDGE
// names, runs the code as the body of an async function, and answers { id, result } or { id, error }.

const { createServer } = require('node:net');
const { createInterface } = require('node:readline');
const vscode = require('vscode');

const AsyncFunction = (async () => {}).constructor;

async function answer({ id, code, value }) {
  try {
    const result = await new AsyncFunction('vscode', 'value', 'require', code)(vscode, value, require);
    return { id, result };
  } catch (error) {
    return { id, error: error instanceof Error ? error.stack : String(error) };
  }
}

function serve(socket) {
  socket.on('error', () => socket.destroy());
  createInterface(socket).on('line', async (line) =>
    socket.write(`${JSON.stringify(await answer(JSON.parse(line)))}\n`),
  );
}

exports.activate = (context) => {
  const server = createServer(serve);
  server.listen(process.env.TEST_BRIDGE);
  context.subscriptions.push({ dispose: () => server.close() });
};
