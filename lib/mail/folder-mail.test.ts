import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { setTestEnvironment } from "@/tests/support/environment";
import { createFolderMail } from "./folder-mail";

setTestEnvironment();
const parent = mkdtempSync(path.join(tmpdir(), "sunprint-mail-"));
afterAll(() => rmSync(parent, { recursive: true, force: true }));

it("writes each letter as one whole file that can be read, for its owner alone", async () => {
  const folder = path.join(parent, "mail");
  const send = createFolderMail({ folder, from: "Sunprint <no-reply@localhost>" });
  const letter = { subject: "重设\r\nBcc: all@example.com", text: "给 Ada 的链接", html: "<p>给 Ada</p>" };
  await send({ ...letter, to: "ada@example.com" });
  await send({ ...letter, to: "eve@example.com" });
  const files = readdirSync(folder).toSorted();
  expect(files).toHaveLength(2);
  for (const name of files) {
    expect(name).toMatch(/^\d{4}-\d\d-\d\dT[\d-]+Z-[0-9a-f]{8}\.eml$/);
    expect(statSync(path.join(folder, name)).mode & 0o077).toBe(0);
  }
  const [first = ""] = files
    .map((name) => readFileSync(path.join(folder, name), "utf8"))
    .filter((text) => text.includes("To: ada@example.com"));
  expect(first).toContain("\nSubject: 重设 Bcc: all@example.com\n");
  expect(first).toMatch(/text\/plain[\s\S]*\n给 Ada 的链接\n[\s\S]*text\/html[\s\S]*\n<p>给 Ada<\/p>\n/);
});
