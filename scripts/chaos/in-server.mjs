// Loaded into the server under test, before it: its failpoints ask the run what should become of them.
import { Agent, request } from "node:http";

const agent = new Agent({ keepAlive: true });
const address = process.env.SUNPRINT_CHAOS_URL ?? "";
const HOOK = Symbol.for("sunprint.failpoint-hook");

/** @param {string} point @returns {Promise<string>} */
function ask(point) {
  return new Promise((resolve) => {
    const asking = request(`${address}/${point}`, { agent, method: "POST" }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk) => {
        text += chunk;
      });
      response.on("end", () => resolve(text));
    });
    // The run is over; the server is about to be stopped.
    asking.on("error", () => resolve("go"));
    asking.end();
  });
}

Object.assign(globalThis, {
  /** @param {string} point */
  async [HOOK](point) {
    const answer = await ask(point);
    if (answer === "die") {
      process.kill(process.pid, "SIGKILL");
      await new Promise(() => {});
    }
    if (answer === "throw") {
      throw new Error(`thrown at ${point}`);
    }
    if (answer === "lose") {
      throw Object.assign(new Error(`cut at ${point}`), { code: "ECONNRESET" });
    }
  },
});
