import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { TEXT_MODELS } from "@/lib/ai-gateway-utils";
import { explainFailure } from "@/lib/monitoring/explain-failure";
import { FAILURES, type FailureKind } from "@/lib/upstream/failure";
import { inProject } from "@/scripts/launch/paths.mjs";

const isKind = (name: string): name is FailureKind => Object.hasOwn(FAILURES, name);
const kinds = Object.keys(FAILURES).filter(isKind);

/** The sentences of a guide's troubleshooting table, in the command's own words. */
function quotesIn(guide: string): Map<string, string[]> {
  const rows = [...guide.matchAll(/^\| (.+?) \| ?(.*?) ?\| .+ \|$/gm)];
  const quotes = new Map<string, string[]>();
  for (const [, said = "", failure = ""] of rows) {
    const sentences = [...said.matchAll(/`([^`]+)`/g)].map(([, text = ""]) => text);
    for (const [, kind = ""] of failure.matchAll(/`(\w+)`/g)) {
      quotes.set(kind, [...(quotes.get(kind) ?? []), ...sentences]);
    }
  }
  return quotes;
}

describe.for(["AI_GATEWAY_SETUP.md", "AI_GATEWAY_SETUP.zh.md"])("%s", (name) => {
  const guide = readFileSync(inProject(name), "utf8");
  const quotes = quotesIn(guide);

  it.for(kinds)("finds %s by the words that the command uses", (kind) => {
    const facts = { kind, detail: "for the test" };
    const said = (["replicate", "gemini"] as const).flatMap((provider) =>
      [true, false].map((hasKey) =>
        explainFailure(facts, { provider, model: null, hasKey, hasGatewayToken: true }),
      ),
    );
    const sentences = quotes.get(kind) ?? [];
    expect(sentences.some((text) => said.some(({ detail }) => detail.includes(text)))).toBe(true);
  });

  it("names each text model with what it asks Google for", () => {
    for (const [id, { upstreamModel }] of Object.entries(TEXT_MODELS)) {
      expect(guide).toMatch(new RegExp(`\\| \`${id}\`.* \\| \`${upstreamModel}\` \\|`));
    }
  });
});

describe("what the command says about a failure", () => {
  it.for(kinds)("%s: a sentence, and what to do", (kind) => {
    const { detail, remedy } = explainFailure(
      { kind, detail: "ENOTFOUND", status: 400, code: "CODE" },
      { provider: "gemini", model: "a-model", hasKey: true, hasGatewayToken: true },
    );
    expect(detail).toMatch(/^[A-Z].*\.$/);
    expect(remedy).toMatch(/^[A-Z].*\.$/);
    expect(`${detail}${remedy}`).not.toMatch(/undefined|null|\(\)/);
  });
});
