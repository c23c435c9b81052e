const TEST_FILE = /\.(test|spec)\.tsx?$/;
/** Its strings in the form of such titles are what it plants. */
const PLANTS_TITLES = "tests/tidy.test.ts";
/** A string that begins with ids: `"[F-04] [F-05] while …"`. */
const TITLE = /(["'`])((?:\[F-\d\d\] )+(?:\\.|(?!\1)[^\\\n])*)\1/g;

/**
 * @typedef {object} TaggedTest
 * @property {string} file relative to the project, with slashes
 * @property {string} title of a test or of a group, as it stands in the source without its ids
 * @property {string[]} ids
 */

/**
 * The tests that say which faults they show, in the order of their files.
 * @param {ReadonlyMap<string, string>} tree texts by relative path
 * @returns {TaggedTest[]}
 */
export function findTaggedTests(tree) {
  return [...tree]
    .filter(([file]) => TEST_FILE.test(file) && file !== PLANTS_TITLES)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([file, text]) =>
      [...text.matchAll(TITLE)].map((match) => {
        const words = match[2] ?? "";
        return {
          file,
          ids: [...words.matchAll(/\[(F-\d\d)\]/g)].map((id) => id[1] ?? ""),
          title: words.replace(/^(?:\[F-\d\d\] )+/, "").replaceAll(/\\(.)/g, "$1"),
        };
      }),
    );
}
