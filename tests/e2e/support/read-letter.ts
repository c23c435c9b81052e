import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "@playwright/test";

const { E2E_MAIL_FOLDER: folder = "" } = process.env;

/** The newest letter to an address, as the app has written it into its folder; waits for it. */
export async function readLetter(email: string): Promise<{ subject: string; link: string; html: string }> {
  let text = "";
  await expect(async () => {
    const names = (await readdir(folder)).filter((name) => name.endsWith(".eml")).toSorted();
    const letters = await Promise.all(names.map((name) => readFile(path.join(folder, name), "utf8")));
    text = letters.findLast((letter) => letter.includes(`\nTo: ${email}\n`)) ?? "";
    expect(text).not.toBe("");
  }).toPass({ timeout: 30_000 });
  const [, subject = ""] = /^Subject: (.*)$/m.exec(text) ?? [];
  const [link = ""] = /^http\S+$/m.exec(text) ?? [];
  const [html = ""] = /<!doctype html>[\s\S]*<\/html>/.exec(text) ?? [];
  return { subject, link, html };
}
