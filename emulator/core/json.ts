/** JSON as values, and the narrow readers that spare the rest of the emulator from casts. */

export type JsonValue = null | boolean | number | string | JsonValue[] | JsonObject;
export interface JsonObject {
  [key: string]: JsonValue;
}

// JSON.parse can only yield JSON values, so anything but undefined is one.
function isJsonValue(value: unknown): value is JsonValue {
  return value !== undefined;
}

/** The value a JSON text stands for, or undefined when the text is not JSON. */
export function parseJson(text: string): JsonValue | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonValue(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the value is a JSON object: neither null nor an array. */
export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The text of a string member, or undefined. */
export function stringField(object: JsonObject | undefined, name: string): string | undefined {
  const value = object?.[name];
  return typeof value === "string" ? value : undefined;
}

/** The number of a numeric member, or undefined. */
export function numberField(object: JsonObject | undefined, name: string): number | undefined {
  const value = object?.[name];
  return typeof value === "number" ? value : undefined;
}

/** The boolean of a boolean member, or undefined. */
export function booleanField(object: JsonObject | undefined, name: string): boolean | undefined {
  const value = object?.[name];
  return typeof value === "boolean" ? value : undefined;
}

/** The object of an object member, or undefined. */
export function objectField(object: JsonObject | undefined, name: string): JsonObject | undefined {
  const value = object?.[name];
  return isJsonObject(value) ? value : undefined;
}

/** The elements of an array member, or an empty list. */
export function arrayField(object: JsonObject | undefined, name: string): JsonValue[] {
  const value = object?.[name];
  return Array.isArray(value) ? value : [];
}

/** The strings of an array member, or of a single string; other elements are left out. */
export function stringsField(object: JsonObject | undefined, name: string): string[] {
  const value = object?.[name];
  if (typeof value === "string") {
    return [value];
  }
  return arrayField(object, name).filter((element) => typeof element === "string");
}
