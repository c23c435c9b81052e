import { randomInt } from "node:crypto";
import { createServer } from "node:net";
import { LaunchError } from "./launch-error.mjs";

const PORT_MAX = 65_535;
/** Systems hand out higher ones by themselves (Linux from 32768 on, others from 49152 on), for both ends of connections. */
const CHOSEN_MIN = 20_000;
const CHOSEN_MAX = 32_767;
const CHOICES_MAX = 100;
/** A server on any of these would answer for `localhost` in our place, or keep us from listening. */
const ADDRESSES = ["127.0.0.1", "::1", "0.0.0.0", "::"];

/** A port nobody listens on right now, and that the system gives to nobody before it is used. @returns {Promise<number>} */
export async function freePort() {
  for (let choice = 0; choice < CHOICES_MAX; choice += 1) {
    const port = randomInt(CHOSEN_MIN, CHOSEN_MAX + 1);
    if ((await whyPortIsTaken(port)) === undefined) {
      return port;
    }
  }
  throw new LaunchError(`No port from ${CHOSEN_MIN} to ${CHOSEN_MAX} seems to be free.`);
}

/**
 * The first free port from `from` upwards.
 * @param {number} from
 */
export async function nextFreePort(from) {
  for (let port = from; port <= PORT_MAX; port += 1) {
    if ((await whyPortIsTaken(port)) === undefined) {
      return port;
    }
  }
  throw new LaunchError(`No port from ${from} upwards is free.`);
}

/** The preferred port if it is free, any other otherwise. @param {number | undefined} preferred */
export async function preferPort(preferred) {
  const isUsable = preferred !== undefined && (await whyPortIsTaken(preferred)) === undefined;
  return isUsable ? preferred : freePort();
}

/**
 * The error code (`EADDRINUSE`, `EACCES`) that keeps a server from this port, or undefined when it is free.
 * @param {number} port
 * @returns {Promise<string | undefined>}
 */
export async function whyPortIsTaken(port) {
  for (const address of ADDRESSES) {
    const code = await tryToListen(port, address);
    if (code === "EADDRINUSE" || code === "EACCES") {
      return code;
    }
  }
  return undefined;
}

/**
 * @param {number} port
 * @param {string} address
 * @returns {Promise<string | undefined>} undefined when it worked; a machine without IPv6 answers EADDRNOTAVAIL
 */
function tryToListen(port, address) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error) => resolve("code" in error ? String(error.code) : "UNKNOWN"));
    server.listen({ port, host: address, ipv6Only: address === "::" }, () =>
      server.close(() => resolve(undefined)),
    );
  });
}
