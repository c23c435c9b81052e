import { describe, expect, it } from "vitest";
import { isJsonObject, type JsonObject, objectField, stringsField } from "@/emulator/core/json.ts";
import { findModel, MODELS, slugOf } from "@/emulator/replicate/models/find-model.ts";
import { listWith } from "./support/matchers.ts";
import { HAS_ORACLE, readOracle } from "./support/oracle.ts";
import { listAt } from "./support/wire.ts";

/** The latest known state of a model's inputs: the last snapshot, then what was observed to change. */
function latestInputs(entry: JsonObject): { required: string[]; properties: JsonObject; output: JsonObject } {
  const snapshot = listAt(entry, "snapshots").filter(isJsonObject).at(-1) ?? {};
  const properties: JsonObject = { ...objectField(snapshot, "properties") };
  for (const change of listAt(entry, "later_changes").filter(isJsonObject)) {
    const { field, evidence: _, ...bounds } = change;
    const name = typeof field === "string" ? field : "";
    properties[name] = { ...objectField(properties, name), ...bounds };
  }
  return {
    required: stringsField(snapshot, "required"),
    properties,
    output: objectField(snapshot, "output") ?? {},
  };
}

/** Where our bounds, defaults and choices are other than those described. */
function differences(slug: string, properties: JsonObject): unknown[] {
  const found: unknown[] = [];
  for (const [name, described] of Object.entries(properties)) {
    const ours = findModel(slug)?.properties[name];
    const theirs = isJsonObject(described) ? described : {};
    for (const word of ["minimum", "maximum", "default", "enum"] as const) {
      if (theirs[word] !== undefined && JSON.stringify(ours?.[word]) !== JSON.stringify(theirs[word])) {
        found.push([name, word, ours?.[word], theirs[word]]);
      }
    }
  }
  return found;
}

describe.runIf(HAS_ORACLE)("the models' inputs against the stored schemas", () => {
  const described = HAS_ORACLE
    ? Object.entries(objectField(readOracle("flux-input-schemas.json"), "models") ?? {})
    : [];

  it("knows every model that is described", () => {
    expect(described.map(([slug]) => slug).filter((slug) => findModel(slug) === undefined)).toEqual([]);
  });

  it.for(described)("%s has exactly the described inputs", ([slug, entry]) => {
    const model = findModel(slug);
    const { required, properties, output } = latestInputs(isJsonObject(entry) ? entry : {});
    expect([...(model?.required ?? [])]).toEqual(required);
    expect(Object.keys(model?.properties ?? {}).toSorted()).toEqual(Object.keys(properties).toSorted());
    expect(differences(slug, properties)).toEqual([]);
    const promised = output.type === "array" ? "uris" : "uri";
    expect(model?.output).toBe(output.type === undefined ? model?.output : promised);
  });
});

describe("the catalogue of models", () => {
  it("has every FLUX model with a price, a latency and a version of its own", () => {
    const versions = MODELS.flatMap(({ versionIds }) => versionIds);
    expect(new Set(versions).size).toBe(versions.length);
    expect(versions.every((id) => /^[0-9a-f]{64}$/.test(id))).toBe(true);
    expect(MODELS.filter(({ priceUsd }) => priceUsd <= 0)).toEqual([]);
    expect(MODELS.map(slugOf)).toEqual(
      listWith("black-forest-labs/flux-schnell", "black-forest-labs/flux-2-klein-9b"),
    );
  });

  it("lets schnell take at most four steps, kontext and ultra no webp", () => {
    expect(findModel("black-forest-labs/flux-schnell")?.properties.num_inference_steps?.maximum).toBe(4);
    for (const slug of ["black-forest-labs/flux-kontext-pro", "black-forest-labs/flux-1.1-pro-ultra"]) {
      expect(findModel(slug)?.properties.output_format?.enum).not.toContain("webp");
    }
  });
});
