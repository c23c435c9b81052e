import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { Ajv } from "ajv";
import { parse as parseYaml } from "yaml";
import { isJsonObject, type JsonObject, parseJson } from "@/emulator/core/json.ts";

// Descriptions of the providers' interfaces that are kept beside the project, not in it.
const FOLDER = path.resolve(import.meta.dirname, "../../../../shared/oracle");

/** Whether the outside descriptions are here; where they are not, the tests that need them say so and skip. */
export const HAS_ORACLE = existsSync(FOLDER);

if (!HAS_ORACLE) {
  process.stdout.write(
    "The outside descriptions of the providers' interfaces are not here: tests against them are skipped.\n",
  );
}

/** One of the files as JSON; YAML is read too. */
export function readOracle(name: string): JsonObject {
  const text = readFileSync(path.join(FOLDER, name), "utf8");
  const value = /\.ya?ml$/.test(name) ? parseJson(JSON.stringify(parseYaml(text))) : parseJson(text);
  if (!isJsonObject(value)) {
    throw new Error(`${name} is no object`);
  }
  return value;
}

/** A check against one of the schemas of an OpenAPI file: the complaints, empty when the value fits. */
export function schemaOf(file: string, name: string): (value: unknown) => string[] {
  // OpenAPI's own words (nullable, example, int32) are not JSON Schema's; they are let be.
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema(readOracle(file), "oracle");
  const validate = ajv.compile({ $ref: `oracle#/components/schemas/${name}` });
  return (value) => {
    void validate(value);
    return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message ?? ""}`);
  };
}
