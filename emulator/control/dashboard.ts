import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { type Reply, textReply } from "../core/reply.ts";

const PAGE = readFileSync(new URL("./dashboard.html", import.meta.url), "utf8");

/** The hash a content security policy knows an inline block by. */
function hashOf(tag: "style" | "script"): string {
  const content = new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(PAGE)?.[1] ?? "";
  return `'sha256-${createHash("sha256").update(content).digest("base64")}'`;
}

const POLICY = [
  "default-src 'none'",
  `style-src ${hashOf("style")}`,
  `script-src ${hashOf("script")}`,
  "connect-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** GET /: the page on which operators watch and rehearse; it loads nothing from anywhere. */
export function dashboardPage(): Reply {
  const reply = textReply(200, PAGE, "text/html; charset=utf-8");
  return {
    ...reply,
    headers: {
      ...reply.headers,
      "content-security-policy": POLICY,
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cache-control": "no-store",
    },
  };
}
