import type { JsonObject, JsonValue } from "../core/json.ts";
import type { InputProperty, ModelData } from "./models/model-data.ts";

/** One refused field, as Replicate reports it. */
export interface InvalidField {
  type: string;
  field: string;
  description: string;
}

/**
 * What is wrong with an input, in the words of the validator Replicate uses: its error types and
 * sentences were observed in 422 bodies (`required`, `enum`, `number_lte`,
 * `additional_property_not_allowed`); the rest of its vocabulary follows the same library.
 */
export function validateInput(model: ModelData, input: JsonObject, refusesUnknown: boolean): InvalidField[] {
  const problems: InvalidField[] = [];
  for (const name of model.required) {
    if (input[name] === undefined) {
      problems.push({ type: "required", field: "input", description: `${name} is required` });
    }
  }
  for (const [name, value] of Object.entries(input)) {
    const property = model.properties[name];
    if (property === undefined) {
      if (refusesUnknown) {
        problems.push({
          type: "additional_property_not_allowed",
          field: "input",
          description: `Additional property ${name} is not allowed`,
        });
      }
    } else {
      problems.push(...problemsOf(name, property, value));
    }
  }
  return problems;
}

/** The inputs a model does not have, which upstream drops without a word. */
export function unknownInputs(model: ModelData, input: JsonObject): string[] {
  return Object.keys(input).filter((name) => model.properties[name] === undefined);
}

/** The input with the model's defaults filled in; null stands for "not given". */
export function completeInput(model: ModelData, input: JsonObject): JsonObject {
  const complete: JsonObject = {};
  for (const [name, property] of Object.entries(model.properties)) {
    const fallback = property.default;
    const value = input[name] ?? (typeof fallback === "object" ? [...fallback] : fallback);
    if (value !== undefined) {
      complete[name] = value;
    }
  }
  return complete;
}

function problemsOf(name: string, property: InputProperty, value: JsonValue): InvalidField[] {
  const field = `input.${name}`;
  const given = typeName(value);
  if (!isOfType(property.type, value)) {
    const description = `Invalid type. Expected: ${property.type}, given: ${given}`;
    return [{ type: "invalid_type", field, description }];
  }
  const problems: InvalidField[] = [];
  const add = (type: string, description: string): void => {
    problems.push({ type, field, description });
  };
  if (property.enum !== undefined && typeof value === "string" && !property.enum.includes(value)) {
    const choices = property.enum.map((choice) => `"${choice}"`).join(", ");
    add("enum", `${name} must be one of the following: ${choices}`);
  }
  if (typeof value === "number") {
    if (property.maximum !== undefined && value > property.maximum) {
      add("number_lte", `Must be less than or equal to ${property.maximum}`);
    }
    if (property.minimum !== undefined && value < property.minimum) {
      add("number_gte", `Must be greater than or equal to ${property.minimum}`);
    }
  }
  if (property.format === "uri" && typeof value === "string" && !/^[a-z][a-z0-9+.-]*:./i.test(value)) {
    add("format", "Does not match format 'uri'");
  }
  if (property.maxItems !== undefined && Array.isArray(value) && value.length > property.maxItems) {
    add("array_max_items", `Array must have at most ${property.maxItems} items`);
  }
  return problems;
}

function isOfType(type: InputProperty["type"], value: JsonValue): boolean {
  switch (type) {
    case "integer":
      return typeof value === "number" && Number.isInteger(value);
    case "array":
      return Array.isArray(value);
    case "string":
    case "number":
    case "boolean":
      return typeof value === type;
  }
}

function typeName(value: JsonValue): string {
  if (value === null) {
    return "null";
  }
  if (Array.isArray(value)) {
    return "array";
  }
  return typeof value === "number" && Number.isInteger(value) ? "integer" : typeof value;
}
