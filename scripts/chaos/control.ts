import { createServer } from "node:http";
import type { Failpoint } from "@/failpoint";
import type { Action, Fault } from "./schedule";

/** What the server does next at a failpoint: goes on, dies, throws, or believes that its connection was cut. */
type Answer = "go" | "die" | "throw" | "lose";

export type Strike = { point: Failpoint; action: Action };

/** Does to the world what an action says, besides what the server does to itself. Resolves when the server may go on. */
export type Strikes = (strike: Strike) => Promise<void>;

export type Control = {
  url: string;
  /** Forgets the last run. Leads strike without being counted. */
  arm: (faults: readonly Fault[], leads: readonly Fault[]) => void;
  /** No more strikes. Passings are still answered. */
  calm: () => void;
  /** How many strikes of the armed faults there were, and how many there can be. */
  progress: () => { struck: number; planned: number };
  /** How often each point was passed since it was armed. */
  passings: () => ReadonlyMap<string, number>;
  stop: () => Promise<void>;
};

/** Answers every failpoint of every server process of one lane; it counts, so that restarts do not begin anew. */
export async function startControl(strike: Strikes): Promise<Control> {
  let armed: { fault: Fault; isLead: boolean }[] = [];
  let passings = new Map<string, number>();
  let struck = 0;

  async function pass(point: string): Promise<Answer> {
    const number = (passings.get(point) ?? 0) + 1;
    passings.set(point, number);
    const hit = armed.find(({ fault }) => fault.point === point && fault.passes.includes(number));
    if (!hit) {
      return "go";
    }
    if (!hit.isLead) {
      struck += 1;
    }
    const { action, point: name } = hit.fault;
    await strike({ action, point: name });
    return answerOf(action, name);
  }

  const server = createServer((request, response) => {
    request.resume();
    void pass(request.url?.slice(1) ?? "").then(
      (answer) => response.end(answer),
      (error: unknown) => {
        console.error(error);
        response.end("go");
      },
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    arm(faults, leads) {
      armed = [
        ...faults.map((fault) => ({ fault, isLead: false })),
        ...leads.map((fault) => ({ fault, isLead: true })),
      ];
      passings = new Map();
      struck = 0;
    },
    calm() {
      armed = [];
    },
    progress: () => ({
      struck,
      planned: armed.filter(({ isLead }) => !isLead).flatMap(({ fault }) => fault.passes).length,
    }),
    passings: () => passings,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** What is cut is the connection that is in use: the upstream's or the database's. Elsewhere only idle ones are lost. */
function answerOf(action: Action, point: Failpoint): Answer {
  switch (action) {
    case "kill":
      return "die";
    case "throw":
      return "throw";
    case "cut":
    case "crash":
      return /\.(flying|unheard)$/.test(point) ? "lose" : "go";
    case "delay":
    case "stop":
      return "go";
  }
}
