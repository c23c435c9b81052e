import path from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout that this launcher belongs to, whatever the current folder is. */
export const projectFolder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

/** Everything that survives a restart: database, pictures, generated secrets, logs. */
export const dataFolder = path.join(projectFolder, ".data");

export const logFolder = path.join(dataFolder, "logs");

/** @param {...string} parts */
export function inProject(...parts) {
  return path.join(projectFolder, ...parts);
}

/** @param {...string} parts */
export function inData(...parts) {
  return path.join(dataFolder, ...parts);
}
