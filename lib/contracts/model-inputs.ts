/** One input field of an upstream model, as its own schema has it. */
export type InputField =
  | { type: "string"; enum?: readonly string[] }
  /** An address of a picture; the upstream fetches it. */
  | { type: "uri" }
  | { type: "boolean" }
  | { type: "integer" | "number"; minimum: number; maximum: number };

/** A model's input: which fields it has, and what each may be. `prompt` is required, everything else is not. */
export type InputSchema = Readonly<Record<string, InputField>>;

export type Complaint = { field: string; message: string };

/** Everything in an input that the model would refuse. */
export function checkInput(schema: InputSchema, input: Readonly<Record<string, unknown>>): Complaint[] {
  const complaints = Object.entries(input).flatMap(([name, value]) => {
    const field = Object.hasOwn(schema, name) ? schema[name] : undefined;
    const message = field === undefined ? "is no field of this model" : complain(field, value);
    return message === null ? [] : [{ field: name, message }];
  });
  return input.prompt === undefined
    ? [...complaints, { field: "prompt", message: "is missing" }]
    : complaints;
}

function complain(field: InputField, value: unknown): string | null {
  switch (field.type) {
    case "boolean":
      return typeof value === "boolean" ? null : "must be true or false";
    case "uri":
      return typeof value === "string" && URL.canParse(value) ? null : "must be an address";
    case "string":
      if (typeof value !== "string") {
        return "must be text";
      }
      return field.enum && !field.enum.includes(value) ? `must be one of ${field.enum.join(", ")}` : null;
    case "integer":
    case "number": {
      const isNumber = typeof value === "number" && (field.type === "number" || Number.isInteger(value));
      return isNumber && value >= field.minimum && value <= field.maximum
        ? null
        : `must be ${field.type === "integer" ? "a whole number" : "a number"} from ${field.minimum} to ${field.maximum}`;
    }
  }
}
