import "server-only";
import { spawn } from "node:child_process";
import { REFERENCE_PIXELS_MAX } from "@/lib/contracts/reference";
import { REFERENCE_QUALITY, REFERENCE_SIDE_MAX } from "./workshop";

/** A sound picture of ten megabytes takes two seconds on a slow machine. */
const REMAKE_MS_MAX = 15_000;
const UNDECODABLE = 3;

/**
 * Only the three decoders are there, and nothing of the file but its pixels comes out: no EXIF, no second file behind
 * the first.
 */
const PROGRAM = `
const sharp = require("sharp");
sharp.cache(false);
sharp.concurrency(1);
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({ operation: ["VipsForeignLoadPng", "VipsForeignLoadJpeg", "VipsForeignLoadWebp"] });
const chunks = [];
process.stdin.on("data", (chunk) => chunks.push(chunk)).on("end", async () => {
  try {
    const made = await sharp(Buffer.concat(chunks), { limitInputPixels: ${REFERENCE_PIXELS_MAX}, failOn: "error" })
      .autoOrient()
      .resize({ width: ${REFERENCE_SIDE_MAX}, height: ${REFERENCE_SIDE_MAX}, fit: "inside", withoutEnlargement: true })
      .webp({ quality: ${REFERENCE_QUALITY} })
      .toBuffer();
    process.stdout.write(made);
  } catch {
    process.exitCode = ${UNDECODABLE};
  }
});
`;

/**
 * A stranger's picture, decoded and written anew in a process of its own that lives for this one picture: what a decoder
 * can be made to do then ends with it, and that process knows no secret. Null when it does not decode in time.
 */
export function remakePicture(bytes: Uint8Array): Promise<Uint8Array | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ["--input-type=commonjs", "--max-old-space-size=128", "-e", PROGRAM],
      {
        // The empty environment is the point: NODE_OPTIONS would be obeyed, and every key of ours be known.
        env: { NODE_ENV: "production" },
        stdio: ["pipe", "pipe", "ignore"],
        timeout: REMAKE_MS_MAX,
        killSignal: "SIGKILL",
      },
    );
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    // It may be gone before it has read everything; how it ended says the rest.
    child.stdin.on("error", () => {});
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (code === 0) {
        resolve(Buffer.concat(chunks));
      } else if (code === UNDECODABLE || signal !== null) {
        resolve(null);
      } else {
        reject(new Error(`the process that remakes pictures ended with ${code}`));
      }
    });
    child.stdin.end(bytes);
  });
}
