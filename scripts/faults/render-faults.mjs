import { faultGroups } from "./fault-list.mjs";

/** @typedef {import("./tagged-tests.mjs").TaggedTest} TaggedTest */
/** @typedef {import("./read-results.mjs").TestResult} TestResult */

const HEAD = `# Faults

What may go wrong with a generation and its money, what holds all the same, and the tests that show it. Written by
\`npm run docs:faults\` from the titles of the tests and the results of the last whole \`npm test\`; \`npm run check\` tells
when a title is out of date. "Open" has no test yet.
`;

/**
 * The whole of docs/faults.md.
 * @param {readonly TaggedTest[]} tests
 * @param {readonly TestResult[]} results
 */
export function renderFaults(tests, results) {
  const faults = faultGroups.flatMap((group) => group.faults);
  const open = faults.filter(({ id, elsewhere }) => elsewhere === undefined && !hasTest(tests, id));
  const summary =
    `${faults.length} faults: ${faults.length - open.length} with tests or a reason for none, ` +
    `${open.length} open${open.length > 0 ? ` (${open.map(({ id }) => id).join(", ")})` : ""}.\n`;
  const groups = faultGroups.map(
    ({ title, faults: rows }) =>
      `## ${title}\n\n${rows.map((fault) => renderFault(fault, tests, results)).join("\n")}`,
  );
  return [HEAD, summary, ...groups].join("\n");
}

/** @param {import("./fault-list.mjs").Fault} fault @param {readonly TaggedTest[]} tests @param {readonly TestResult[]} results */
function renderFault({ id, fault, guarantee, elsewhere }, tests, results) {
  const own = tests.filter(({ ids }) => ids.includes(id));
  const lines = own.map(
    (test) => `- \`${test.file}\`: ${escapeMarkdown(test.title)} — ${resultOf(test, results)}\n`,
  );
  const none = elsewhere === undefined ? "- Open.\n" : `- No test: ${elsewhere}\n`;
  return `### ${id}: ${fault}\n\n${guarantee}\n\n${lines.length > 0 ? lines.join("") : none}`;
}

/** @param {readonly TaggedTest[]} tests @param {string} id */
function hasTest(tests, id) {
  return tests.some(({ ids }) => ids.includes(id));
}

/** @param {TaggedTest} test @param {readonly TestResult[]} results */
function resultOf({ file, title }, results) {
  // `%s` and `$name` stand for each row of a table of cases.
  const pattern = new RegExp(
    title
      .split(/%[a-z]|\$[\w.]+/)
      .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"))
      .join(".*"),
    "s",
  );
  const own = results.filter((result) => result.file === file && pattern.test(result.fullName));
  const failed = own.filter(({ status }) => status === "failed").length;
  const passed = own.filter(({ status }) => status === "passed").length;
  if (failed > 0) {
    return `${failed} of ${own.length} failed`;
  }
  return passed > 0 ? `${passed} passed` : "not run";
}

const RESULT = / — (?:\d+ of \d+ failed|\d+ passed|not run)$/gm;

/** The text without what the last run did, which every run may change. @param {string} markdown */
export function withoutResults(markdown) {
  return markdown.replaceAll(RESULT, "");
}

/** The text with the results that the same lines had before. @param {string} markdown @param {string} before */
export function keepResults(markdown, before) {
  const known = new Map(before.split("\n").map((line) => [withoutResults(line), line]));
  return markdown
    .split("\n")
    .map((line) => known.get(withoutResults(line)) ?? line)
    .join("\n");
}

/** @param {string} text */
function escapeMarkdown(text) {
  return text.replaceAll(/[<>*_[\]`|]/g, "\\$&");
}
