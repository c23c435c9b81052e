import { readEnvironment } from "./core/environment.ts";
import { startEmulator } from "./emulator.ts";

/** The process: reads the environment, says in one line of JSON where it listens, ends on SIGTERM or SIGINT. */
async function main(): Promise<void> {
  const emulator = await startEmulator(readEnvironment(process.env));
  process.stdout.write(`${JSON.stringify({ event: "listening", port: emulator.port, url: emulator.url })}\n`);
  const stop = (): void => {
    // Whatever still hangs after half a second is not worth waiting for.
    setTimeout(() => process.exit(0), 500).unref();
    void emulator.stop().then(() => process.exit(0));
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}

try {
  await main();
} catch (error) {
  const detail = error instanceof Error ? error.message : String(error);
  const isBusy = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
  process.stderr.write(`emulator: ${isBusy ? `the port is already in use (${detail})` : detail}\n`);
  process.exit(1);
}
