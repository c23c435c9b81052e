import { describe, expect, it } from "vitest";
import { ReplicateRequests } from "./replicate-requests";

const BASE = "https://gateway.test/v1/account/studio/replicate";

describe("requests to Replicate", () => {
  it("are each their own, however many are written at once", async () => {
    const requests = new ReplicateRequests({ baseUrl: BASE, token: "r8_token" });
    const numbers = Array.from({ length: 50 }, (_, number) => number);
    const written = await Promise.all(
      numbers.map((number) =>
        number % 2 === 0
          ? requests.write("POST", "/predictions", { input: { number } })
          : requests.write("GET", `/predictions/p${number}`),
      ),
    );
    for (const number of numbers) {
      expect(written[number]).toMatchObject({
        method: number % 2 === 0 ? "POST" : "GET",
        url: number % 2 === 0 ? `${BASE}/predictions` : `${BASE}/predictions/p${number}`,
        headers: { authorization: "Bearer r8_token", "content-type": "application/json" },
        body: number % 2 === 0 ? JSON.stringify({ input: { number } }) : undefined,
      });
    }
  });

  it("have headers of their own, which may be added to", async () => {
    const requests = new ReplicateRequests({ baseUrl: BASE, token: "r8_token" });
    const first = await requests.write("GET", "/predictions");
    first.headers["cf-aig-event-id"] = "call_1";
    expect((await requests.write("GET", "/predictions")).headers).not.toHaveProperty("cf-aig-event-id");
  });

  it("leave an input as it is: nothing in it is uploaded, and no file is asked for", async () => {
    const requests = new ReplicateRequests({ baseUrl: BASE, token: "r8_token" });
    const input = { image: "https://people.test/a.png", prompt: "data:image/png;base64,AAAA" };
    const { url, body } = await requests.write("POST", "/predictions", { input });
    expect(url).toBe(`${BASE}/predictions`);
    expect(JSON.parse(body ?? "")).toEqual({ input });
  });
});
