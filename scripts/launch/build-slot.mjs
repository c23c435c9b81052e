import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { inData, inProject } from "./paths.mjs";

/**
 * Next and OpenNext both insist on `.next`. The build for Node and the build for Workers take turns there; the one that is
 * not in it waits under `.data/next`, with its cache.
 * @typedef {"node" | "workers"} SlotOwner
 */

const SLOT = inProject(".next");
/** Who is in it. Not inside of it, where `next build` clears away what is not its own. */
const OWNER = inData("next", "owner");

/** @param {string} target */
const waitingRoom = (target) => inData("next", target);

/** Puts the target's build, finished or not yet begun, into `.next`. @param {SlotOwner} target */
export function takeBuildSlot(target) {
  const owner = existsSync(OWNER) ? readFileSync(OWNER, "utf8") : "node";
  if (owner === target) {
    return;
  }
  mkdirSync(inData("next"), { recursive: true });
  rmSync(waitingRoom(owner), { recursive: true, force: true });
  if (existsSync(SLOT)) {
    renameSync(SLOT, waitingRoom(owner));
  }
  // Killed before this line, `.next` is empty and gets built again; after it, the other build comes in next time.
  writeFileSync(OWNER, target);
  if (existsSync(waitingRoom(target))) {
    renameSync(waitingRoom(target), SLOT);
  }
}
