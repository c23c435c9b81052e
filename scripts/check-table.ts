import type { CheckRow } from "@/lib/monitoring/check-run";

const COLOURS = { ok: "32", failed: "31", skipped: "2" } as const;
const MARK_WIDTH = 8;
const TIME_WIDTH = 8;
const NAME_WIDTH = 25;
/** Remedies hold commands and addresses, so they get nearly the whole width. */
const FIX_INDENT = 2 + MARK_WIDTH;
const WIDTH_MIN = 72;
const WIDTH_MAX = 120;

export type TableLook = { columns: number; isColourful: boolean };

/** The table of `npm run test:ai-gateway`, row by row, so that it grows while the checks run. */
export function createTable({ columns, isColourful }: TableLook) {
  const paint = (code: string, text: string) => (isColourful ? `\u001b[${code}m${text}\u001b[0m` : text);
  const indent = 2 + MARK_WIDTH + TIME_WIDTH + 2 + NAME_WIDTH;
  const width = Math.min(Math.max(columns, WIDTH_MIN), WIDTH_MAX);

  return {
    head: () =>
      paint(
        "2",
        `  ${"RESULT".padEnd(MARK_WIDTH)}${"TIME".padStart(TIME_WIDTH)}  ${"CHECK".padEnd(NAME_WIDTH)}WHAT WAS SEEN`,
      ),
    row({ state, name, durationMs, detail, remedy }: CheckRow): string {
      const time = state === "skipped" ? "-" : `${durationMs} ms`;
      const [first = "", ...rest] = wrap(detail, width - indent);
      const mark = paint(COLOURS[state], state.padEnd(MARK_WIDTH));
      const lines = [`  ${mark}${time.padStart(TIME_WIDTH)}  ${name.padEnd(NAME_WIDTH)}${first}`];
      const fix = remedy === null ? [] : wrapRemedy(`Fix: ${remedy}`, width - FIX_INDENT);
      for (const line of rest) {
        lines.push(" ".repeat(indent) + line);
      }
      for (const line of fix) {
        lines.push(" ".repeat(FIX_INDENT) + paint("1", line));
      }
      return lines.join("\n");
    },
    foot(rows: readonly CheckRow[]): string {
      const count = (state: CheckRow["state"]) => rows.filter((row) => row.state === state).length;
      const [passed, failed, skipped] = [count("ok"), count("failed"), count("skipped")];
      const left = skipped === 0 ? "" : `, ${skipped} skipped`;
      return failed === 0
        ? paint("32", `  All is well: ${passed} passed${left}.`)
        : paint("31", `  ${failed} failed, ${passed} passed${left}.`);
    },
  };
}

/** Sentences within the width, and each command whole, so that it can be copied. */
function wrapRemedy(remedy: string, width: number): string[] {
  return remedy.split("\n").flatMap((line) => (line.startsWith("curl ") ? line : wrap(line, width)));
}

/** Lines of at most `width` characters, broken at spaces; a longer word keeps a line to itself. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
