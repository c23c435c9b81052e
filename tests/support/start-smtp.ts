import { createServer, type Socket } from "node:net";
import { afterAll } from "vitest";

/** What a server wrote down of one letter: whom the envelope names, and the message. */
type Letter = { from: string; to: string; message: string };

/**
 * A mail server of this machine that speaks as much of RFC 5321 as a letter needs, without encryption. With `refusal` it takes
 * nobody's letters and says that.
 */
export async function startSmtp({ refusal }: { refusal?: string } = {}) {
  const letters: Letter[] = [];
  const server = createServer((socket) => serve(socket, letters, refusal));
  await new Promise<void>((resolve) => {
    server.listen(0, resolve);
  });
  afterAll(() => {
    server.close();
  });
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return { letters, port };
}

function serve(socket: Socket, letters: Letter[], refusal: string | undefined): void {
  const answer = (line: string) => socket.write(`${line}\r\n`);
  let pending = "";
  let isMessage = false;
  let letter: Letter = { from: "", to: "", message: "" };
  const hear = (line: string) => {
    const [, address = ""] = /<(.*?)>/.exec(line) ?? [];
    switch (line.slice(0, 4).toUpperCase()) {
      case "EHLO":
        return answer("250 localhost");
      case "MAIL":
        letter = { from: address, to: "", message: "" };
        return answer("250 ok");
      case "RCPT":
        letter.to = address;
        return answer(refusal ?? "250 ok");
      case "DATA":
        isMessage = true;
        return answer("354 go on");
      case "QUIT":
        answer("221 bye");
        return socket.end();
      default:
        return answer("502 not here");
    }
  };
  socket.setEncoding("utf8").on("error", () => socket.destroy());
  socket.on("data", (chunk) => {
    pending += String(chunk);
    for (;;) {
      const end = pending.indexOf(isMessage ? "\r\n.\r\n" : "\r\n");
      if (end < 0) {
        return;
      }
      const text = pending.slice(0, end);
      pending = pending.slice(end + (isMessage ? 5 : 2));
      if (isMessage) {
        isMessage = false;
        letters.push({ ...letter, message: text });
        answer("250 taken");
      } else {
        hear(text);
      }
    }
  });
  answer("220 localhost");
}
