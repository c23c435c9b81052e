import "server-only";
import type { Locale } from "@/i18n/routing";

/** The house's blues as a letter needs them, which knows no variables (components/brand/mark-svg.ts has the same). */
const WASH = ["#02203c", "#05345c", "#125080", "#3d7aa8", "#84b1cf", "#dceaf4"] as const;
const FONT = "'Instrument Sans','PingFang SC','Microsoft YaHei',system-ui,-apple-system,sans-serif";

type Letter = {
  locale: Locale;
  /** Who it is from, at the head. */
  house: string;
  title: string;
  before: string[];
  action: { label: string; address: string };
  after: string[];
};

/**
 * A letter with one thing to do, as text and as it looks. Nothing in it is fetched from anywhere, so nobody learns whether it
 * was read, and the address stands there in full.
 */
export function writeLetter({ locale, house, title, before, action, after }: Letter) {
  const text = [title, ...before, `${action.label}:\n${action.address}`, ...after, house].join("\n\n");
  const cells = WASH.map((tone) => `<td height="6" bgcolor="${tone}" style="font-size:0">&nbsp;</td>`).join(
    "",
  );
  const paragraph = (words: string) =>
    `<p style="margin:0 0 16px;font-size:16px;line-height:24px">${toHtml(words)}</p>`;
  const address = toHtml(action.address);
  const html = `<!doctype html>
<html lang="${locale}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${toHtml(title)}</title></head>
<body style="margin:0;background:#f2f4f6;color:#171b21;font-family:${FONT}">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:520px;background:#ffffff">
<tr><td bgcolor="${WASH[0]}" style="padding:20px 24px;color:${WASH[5]};font-size:18px;font-weight:600">${toHtml(house)}</td></tr>
<tr><td><table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr>${cells}</tr></table></td></tr>
<tr><td style="padding:24px">
<h1 style="margin:0 0 16px;font-size:22px;line-height:28px">${toHtml(title)}</h1>
${before.map(paragraph).join("\n")}
<p style="margin:0 0 16px"><a href="${address}" style="display:inline-block;padding:12px 20px;border-radius:6px;background:#0c4a7d;color:#ffffff;font-size:16px;font-weight:600;text-decoration:none">${toHtml(action.label)}</a></p>
<p style="margin:0 0 16px;font-size:14px;line-height:20px;word-break:break-all"><a href="${address}" style="color:#0c4a7d">${address}</a></p>
${after.map(paragraph).join("\n")}
</td></tr></table>
</td></tr></table>
</body>
</html>`;
  return { text, html };
}

const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function toHtml(words: string): string {
  return words.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character);
}
