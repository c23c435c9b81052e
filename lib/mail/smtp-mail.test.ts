import { describe, expect, it } from "vitest";
import { setTestEnvironment } from "@/tests/support/environment";
import { startSmtp } from "@/tests/support/start-smtp";
import { createSmtpMail } from "./smtp-mail";

setTestEnvironment();

const FROM = "Sunprint <mail@studio.test>";
const LETTER = { to: "ada@example.com", subject: "蓝 blue", text: "as text", html: "<p>as it looks</p>" };

describe("a letter by SMTP", () => {
  it("arrives with both its halves, from whom it says, and asks for no answer by machines", async () => {
    const smtp = await startSmtp();
    await createSmtpMail({ address: `smtp://localhost:${smtp.port}`, from: FROM })(LETTER);
    expect(smtp.letters).toMatchObject([{ from: "mail@studio.test", to: "ada@example.com" }]);
    const [{ message } = { message: "" }] = smtp.letters;
    expect(message).toContain("From: Sunprint <mail@studio.test>");
    expect(message).toMatch(/^Subject: =\?UTF-8\?/m);
    expect(message).toContain("Auto-Submitted: auto-generated");
    expect(message).toMatch(/text\/plain[\s\S]*as text[\s\S]*text\/html[\s\S]*as it looks/);
  });

  it("throws when the server does not take it, or nobody is there", async () => {
    const smtp = await startSmtp({ refusal: "550 5.1.1 no such box" });
    const send = createSmtpMail({ address: `smtp://localhost:${smtp.port}`, from: FROM });
    await expect(send(LETTER)).rejects.toMatchObject({ responseCode: 550 });
    await expect(createSmtpMail({ address: "smtp://127.0.0.1:1", from: FROM })(LETTER)).rejects.toThrow(
      "ECONNREFUSED",
    );
  });

  it("never goes in the clear to another machine", async () => {
    const smtp = await startSmtp();
    // Not one of the names by which a machine is known to be this one.
    const send = createSmtpMail({ address: `smtp://user:password@127.0.0.2:${smtp.port}`, from: FROM });
    await expect(send(LETTER)).rejects.toBeInstanceOf(Error);
    expect(smtp.letters).toEqual([]);
  });
});
