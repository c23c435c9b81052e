import { existsSync } from "node:fs";
import { registerHooks } from "node:module";
import { pathToFileURL } from "node:url";
import { inProject } from "../launch/paths.mjs";

/*
 * Lets Node run the sources as they are, by its own stripping of types. tsx names every function again each time that one is
 * made, which the product's build does not, and for calls of this size that is half of what would be measured.
 */
registerHooks({
  resolve(specifier, context, next) {
    const asked = specifier.startsWith("@/") ? pathToFileURL(inProject(specifier.slice(2))).href : specifier;
    const isOurs = asked.startsWith("file:") || (asked.startsWith(".") && isSource(context.parentURL));
    const source = isOurs ? new URL(`${asked}.ts`, context.parentURL) : null;
    return next(source && existsSync(source) ? source.href : asked, context);
  },
});

/** @param {string | undefined} url */
function isSource(url) {
  return url !== undefined && !url.includes("/node_modules/");
}
