// Stands in for @vscode/native-watchdog, a native module, in the code-server of the tests: ends the extension host
// some seconds after the server is gone.

const EVERY_MS = 3000;

exports.start = (pid) => {
  const look = () => {
    try {
      process.kill(pid, 0);
    } catch {
      process.exit(1);
    }
  };
  setInterval(look, EVERY_MS).unref();
};

exports.exit = (code) => process.exit(code ?? 0);
