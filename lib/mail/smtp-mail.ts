import "server-only";
import { isLoopback } from "@/env.mjs";
import type { SendMail } from "./mail";

const PORTS = { "smtp:": 587, "smtps:": 465 } as const;
/** A server that is slower than this for one step is taken for one that does not answer. */
const STEP_MS_MAX = 15_000;

/** Letters through the server at `address`, each over a connection of its own. */
export function createSmtpMail({ address, from }: { address: string; from: string }): SendMail {
  const url = new URL(address);
  const isSecure = url.protocol === "smtps:";
  const options = {
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: Number(url.port) || PORTS[isSecure ? "smtps:" : "smtp:"],
    secure: isSecure,
    // By itself it would go on in the clear with a server that offers no encryption, or with whoever took the offer out.
    requireTLS: !isLoopback(url),
    ...(url.username === ""
      ? {}
      : { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }),
    connectionTimeout: STEP_MS_MAX,
    greetingTimeout: STEP_MS_MAX,
    socketTimeout: STEP_MS_MAX,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
  return async (mail) => {
    // Loaded by the first letter: most processes send none.
    const { createTransport } = await import("nodemailer");
    await createTransport(options).sendMail({
      ...mail,
      from,
      // An answer that says somebody is on holiday would go to nobody.
      headers: { "Auto-Submitted": "auto-generated" },
    });
  };
}
