/** Ctrl-C reaches the launcher more than once: from the terminal, from npm, from the Node that re-ran itself. */
const SAME_REQUEST_MS = 1_000;

/**
 * Resolves at the first Ctrl-C, SIGTERM or closed terminal.
 * @param {() => void} onImpatience called when somebody asks again
 * @returns {Promise<void>}
 */
export function onStopRequest(onImpatience) {
  return new Promise((resolve) => {
    let firstAtMs = 0;
    function request() {
      if (firstAtMs === 0) {
        firstAtMs = Date.now();
        resolve();
      } else if (Date.now() - firstAtMs > SAME_REQUEST_MS) {
        onImpatience();
      }
    }
    for (const name of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
      process.on(name, request);
    }
  });
}
