import { expect, it } from "vitest";
import { listPath } from "./list-path";

it("a list's address asks for what its filter has, and for nothing else", () => {
  expect(listPath("tasks", {})).toBe("/ops/tasks");
  expect(listPath("tasks", { state: null, model: undefined })).toBe("/ops/tasks");
  expect(listPath("tasks", { state: "failed", hours: 24, reason: null })).toBe(
    "/ops/tasks?state=failed&hours=24",
  );
  expect(listPath("webhooks", { task: "gen_1", before: "msg a&b" })).toBe(
    "/ops/webhooks?task=gen_1&before=msg+a%26b",
  );
});
