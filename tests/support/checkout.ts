import {
  chownSync,
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { projectFolder } from "@/scripts/launch/paths.mjs";
import { realClusterFolder } from "@/scripts/launch/postgres-account.mjs";

const LEFT_OUT = new Set([".data", ".git", ".next", "node_modules", "playwright-report", "test-results"]);

/**
 * The project as it is now, at another place that only its owner may enter: with the dependencies (as hard links) and the
 * production build, but without data.
 */
export function makeCheckout(owner?: { uid: number; gid: number }): string {
  const folder = mkdtempSync(path.join(tmpdir(), "sunprint-checkout-"));
  for (const name of readdirSync(projectFolder).filter((entry) => !LEFT_OUT.has(entry))) {
    cpSync(path.join(projectFolder, name), path.join(folder, name), { recursive: true });
  }
  linkTree(path.join(projectFolder, "node_modules"), path.join(folder, "node_modules"));
  const build = path.join(".next", "standalone");
  if (existsSync(path.join(projectFolder, build))) {
    cpSync(path.join(projectFolder, build), path.join(folder, build), {
      recursive: true,
      verbatimSymlinks: true,
    });
  }
  if (owner) {
    chownSync(folder, owner.uid, owner.gid);
  }
  return folder;
}

export function removeCheckout(folder: string): void {
  rmSync(realClusterFolder(path.join(folder, ".data", "postgres")), { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
}

function linkTree(from: string, to: string): void {
  mkdirSync(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isDirectory()) {
      linkTree(source, target);
    } else if (entry.isSymbolicLink()) {
      symlinkSync(readlinkSync(source), target);
    } else {
      linkSync(source, target);
    }
  }
}
