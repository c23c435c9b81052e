import { describe, expect, it } from "vitest";
import { writeResetMail } from "./write-reset-mail";

const ADDRESS = "https://studio.test/reset?token=a&b=c";
const letterIn = (locale: "en" | "zh") =>
  writeResetMail({ to: "ada+<b>@example.com", address: ADDRESS, locale });

describe.for([
  ["en", "Reset your Sunprint password", "The link works for one hour and only once."],
  ["zh", "重置晒蓝的密码", "链接一小时内有效，只能使用一次。"],
] as const)("the letter with the link in %s", ([locale, subject, holds]) => {
  it("says for whom it is, how long it holds and where it leads, in both halves", async () => {
    const letter = await letterIn(locale);
    expect(letter).toMatchObject({ to: "ada+<b>@example.com", subject });
    for (const words of [holds, "ada+<b>@example.com", ADDRESS]) {
      expect(letter.text).toContain(words);
    }
    expect(letter.html).toContain(`<html lang="${locale}">`);
    expect(letter.html).toContain(holds);
    expect(letter.html).toContain('href="https://studio.test/reset?token=a&amp;b=c"');
  });

  it("has no markup of others, and nothing that a program fetches", async () => {
    const { html } = await letterIn(locale);
    expect(html).toContain("ada+&lt;b&gt;@example.com");
    expect(html).not.toMatch(/<img|<link|<script|url\(|@import|src=/i);
    expect(
      [...html.matchAll(/https?:[^"<]*/g)].every(([found]) => found.startsWith("https://studio.test/")),
    ).toBe(true);
  });
});
