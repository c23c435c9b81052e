import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

export type TestServer = {
  /** `127.0.0.1:N`. */
  host: string;
  url: string;
  /** Paths that were asked for, in order. */
  asked: string[];
  /** Cuts every connection. */
  hangUp: () => void;
  stop: () => Promise<void>;
};

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A real HTTP server on a free port of loopback, with one answer a path; other paths answer 404. */
export async function startServer(answers: Record<string, Answer>): Promise<TestServer> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    asked.push(pathname);
    const answer = answers[pathname];
    if (answer) {
      answer(request, response);
    } else {
      response.writeHead(404).end("nothing here");
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return {
    host: `127.0.0.1:${port}`,
    url: `http://127.0.0.1:${port}`,
    asked,
    hangUp: () => server.closeAllConnections(),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
