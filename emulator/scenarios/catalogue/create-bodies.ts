import { rule, type Scenario, scenario } from "./scenario.ts";

const GROUP = "Creating a prediction";
const CREATE = "replicate.create";

/** Creates that were accepted, with an answer that does not say so. */
export const CREATE_BODY_SCENARIOS: readonly Scenario[] = [
  scenario(
    GROUP,
    "create-body-empty",
    "The create is accepted with 201 and an empty body.",
    rule(CREATE, "body", { form: "empty" }),
  ),
  scenario(
    GROUP,
    "create-body-html",
    "The create is accepted, but a page comes back with 201.",
    rule(CREATE, "body", { form: "html" }),
  ),
  scenario(
    GROUP,
    "create-body-malformed",
    "The create is accepted with JSON that does not parse.",
    rule(CREATE, "body", { form: "malformed" }),
  ),
  scenario(
    GROUP,
    "create-body-missing-id",
    "The create is accepted with an object that has no id.",
    rule(CREATE, "body", { form: "missing-id" }),
  ),
  scenario(
    GROUP,
    "create-body-wrong-types",
    "The create is accepted with an object whose fields have other types.",
    rule(CREATE, "body", { form: "wrong-types" }),
  ),
  scenario(
    GROUP,
    "create-body-null",
    "The create is accepted with the body null.",
    rule(CREATE, "body", { form: "null" }),
  ),
  scenario(
    GROUP,
    "create-body-array",
    "The create is accepted with a list around the object.",
    rule(CREATE, "body", { form: "array" }),
  ),
  scenario(
    GROUP,
    "create-body-huge",
    "The create is accepted with fifty megabytes of JSON.",
    rule(CREATE, "body", { form: "huge" }),
  ),
  scenario(
    GROUP,
    "create-body-deep",
    "The create is accepted with JSON nested ten thousand deep.",
    rule(CREATE, "body", { form: "deep" }),
  ),
  scenario(
    GROUP,
    "create-body-not-utf8",
    "The create is accepted with bytes that are not UTF-8.",
    rule(CREATE, "body", { form: "not-utf8" }),
  ),
  scenario(
    GROUP,
    "create-body-proto",
    "The create is accepted with __proto__ and constructor among the keys.",
    rule(CREATE, "body", { form: "proto" }),
  ),
  scenario(
    GROUP,
    "create-unknown-fields",
    "The create is accepted with fields nobody has documented.",
    rule(CREATE, "body", { form: "unknown-fields" }),
  ),
];
