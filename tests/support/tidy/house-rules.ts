import path from "node:path";
import { BROWSER_SAFE } from "@/.dependency-cruiser.mjs";
import { filesOf, type Tree } from "./read-tree";

/** Each rule reads the tree and answers with one sentence for each place that breaks it. */
export type HouseRule = (tree: Tree) => string[];

const LINES_MAX = 400;
const ROUTE = /^app\/(.+\/)?route\.ts$/;
const TEST = /\.(test|spec)\.tsx?$/;
/** Set by whoever starts the process, not by a person in a template. */
const NOT_IN_TEMPLATE = new Set(["NODE_ENV"]);

/** env.mjs and the template that explains each variable name the same variables. */
export const templateListsEveryVariable: HouseRule = (tree) => {
  const env = tree.get("env.mjs");
  if (env === undefined) {
    return [];
  }
  const known = new Set(
    [...env.matchAll(/\b(PORT|[A-Z][A-Z0-9]*_[A-Z0-9_]*)\s*: (?=z\b|[a-z])/g)].map((match) => match[1] ?? ""),
  );
  const template = tree.get("env.cloudflare.template") ?? "";
  const listed = new Set([...template.matchAll(/^#? ?([A-Z][A-Z0-9_]*)=/gm)].map((match) => match[1] ?? ""));
  return [
    ...[...known]
      .filter((name) => !listed.has(name) && !NOT_IN_TEMPLATE.has(name))
      .map((name) => `${name} is read by env.mjs and missing in env.cloudflare.template`),
    ...[...listed]
      .filter((name) => !known.has(name))
      .map((name) => `${name} is in env.cloudflare.template and not read by env.mjs`),
  ];
};

/** A route is exercised over its address, or imported, by at least one integration test. */
export const everyRouteHasAnIntegrationTest: HouseRule = (tree) => {
  const tests = filesOf(tree, /^tests\/integration\/.*\.ts$/)
    .map(({ text }) => text)
    .join("\n");
  return filesOf(tree, ROUTE)
    .filter(({ file }) => !tests.includes(file.replace(/\.ts$/, "")) && !addressPattern(file).test(tests))
    .map(({ file }) => `${file} is in no integration test`);
};

/** A method that a route lacks is a 405 in the envelope; left to the framework it would be one with nothing in it. */
export const everyRouteAnswersEveryMethod: HouseRule = (tree) =>
  filesOf(tree, ROUTE)
    .filter(({ text }) => !text.includes("allowOnly(") && !/\bas PATCH\b/.test(text))
    .map(({ file }) => `${file} has no answer to the methods it lacks: allowOnly()`);

/** `app/(group)/api/task/[id]/route.ts` -> the text `/api/task/…`, with nothing further behind it. */
function addressPattern(file: string): RegExp {
  const segments = path.posix
    .dirname(file)
    .split("/")
    .slice(1)
    .filter((segment) => !/^\(.*\)$/.test(segment))
    .map((segment) => {
      if (segment.startsWith("[...")) {
        return "[^\\s\"'`]+";
      }
      return segment.startsWith("[") ? "[^/\\s\"'`]+" : segment.replaceAll(".", "\\.");
    });
  return new RegExp(`/${segments.join("/")}(?![\\w/])`);
}

/** The door to the server is closed for the browser in every module of lib but those that the browser may see. */
export const serverModulesSaySo: HouseRule = (tree) =>
  filesOf(tree, /^lib\/.*\.tsx?$/)
    .filter(({ file }) => !TEST.test(file) && !new RegExp(BROWSER_SAFE).test(file))
    .filter(({ text }) => !/^(\/\*[\s\S]*?\*\/\s*|\/\/.*\n)*import "server-only";/.test(text))
    .map(({ file }) => `${file} does not begin with import "server-only"`);

/** Whoever reads a table's definition learns first what a row means. */
export const everyTableIsExplained: HouseRule = (tree) =>
  filesOf(tree, /^db\/schema\/.*\.ts$/).flatMap(({ file, text }) =>
    [...text.matchAll(/(\*\/\n)?export const (\w+) = pgTable\(/g)]
      .filter((match) => match[1] === undefined)
      .map((match) => `${file}: the table ${match[2]} has no doc comment`),
  );

export const filesAreShort: HouseRule = (tree) =>
  filesOf(tree, /\.(ts|tsx|mjs)$/)
    .map(({ file, text }) => ({ file, lines: text.split("\n").length - 1 }))
    .filter(({ lines }) => lines > LINES_MAX)
    .map(({ file, lines }) => `${file} has ${lines} lines; ${LINES_MAX} are the most`);

/** A way for a request to end that nothing takes, or no test has seen, is a promise on paper. */
export const everyErrorIsRaisedAndTested: HouseRule = (tree) => {
  const table = tree.get("lib/errors.ts") ?? "";
  const reasons = [...table.matchAll(/^ {2}(\w+): \{/gm)].map((match) => match[1] ?? "");
  const isQuotedIn = (reason: string, texts: string[]) =>
    texts.some((text) => new RegExp(`["'\`]${reason}["'\`]`).test(text));
  const product = filesOf(tree, /^(app|lib|db)\/.*\.(ts|tsx|sql)$/)
    .filter(({ file }) => file !== "lib/errors.ts" && !TEST.test(file))
    .map(({ text }) => text);
  const tests = filesOf(tree, TEST).map(({ text }) => text);
  return [
    ...reasons.filter((reason) => !isQuotedIn(reason, product)).map((reason) => `nothing raises ${reason}`),
    ...reasons.filter((reason) => !isQuotedIn(reason, tests)).map((reason) => `no test has seen ${reason}`),
  ];
};

/** Clock, ids and fetch come in as arguments, so there is nothing of ours to mock. */
export const ownModulesAreNotMocked: HouseRule = (tree) =>
  filesOf(tree, TEST).flatMap(({ file, text }) =>
    [...text.matchAll(/\bvi\.(?:do)?[mM]ock\(\s*(?:import\()?["'`]((?:@|\.{1,2})\/[^"'`]*)/g)].map(
      (match) => `${file} mocks ${match[1]}`,
    ),
  );

/** Conditions such as `it.skipIf(…)` say when a test cannot run; these would hide it for good. */
export const noTestIsLeftOut: HouseRule = (tree) =>
  filesOf(tree, TEST).flatMap(({ file, text }) =>
    [
      ...text.matchAll(
        /\b(?:it|test|describe|suite)(?:\.\w+)*\.(?:only|todo|fixme|skip(?=\(\s*(?:["'`)]|true)))\b/g,
      ),
    ].map((match) => `${file} has ${match[0]}`),
  );

/** Relative links in Markdown lead to a file, and a fragment to one of its headings. */
export const linksLeadSomewhere: HouseRule = (tree) =>
  filesOf(tree, /\.md$/).flatMap(({ file, text }) =>
    [...withoutCode(text).matchAll(/\]\(\s*<?([^)\s>]+)>?[^)]*\)/g)]
      .map((match) => match[1] ?? "")
      .filter((target) => !/^[a-z][a-z+.-]*:/i.test(target) && !isLink(tree, file, target))
      .map((target) => `${file} links to ${target}, which is not there`),
  );

function isLink(tree: Tree, from: string, target: string): boolean {
  const [place = "", fragment] = decodeURI(target).split("#");
  const file = place === "" ? from : path.posix.join(path.posix.dirname(from), place).replace(/\/$/, "");
  const text = tree.get(file);
  const exists = text !== undefined || [...tree.keys()].some((other) => other.startsWith(`${file}/`));
  return exists && (fragment === undefined || text === undefined || headingsOf(text).has(fragment));
}

function headingsOf(markdown: string): Set<string> {
  const headings = [...withoutCode(markdown).matchAll(/^#{1,6} +(.+)$/gm)].map((match) => match[1] ?? "");
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, "")
        .trim()
        .replace(/\s/g, "-"),
    ),
  );
}

function withoutCode(markdown: string): string {
  return markdown
    .replace(/^(```|~~~)[\s\S]*?^\1/gm, "")
    .replace(/`[^`\n]*`/g, (code) => code.replace(/[[\]()]/g, ""));
}
