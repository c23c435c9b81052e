import { describe, expect, it } from "vitest";
import { inProject } from "@/scripts/launch/paths.mjs";
import { drawMarkSvg } from "./mark-svg";

describe("the app's icon", () => {
  it("is what the generator of latent prints draws; `npx vitest -u` draws it anew", async () => {
    await expect(drawMarkSvg()).toMatchFileSnapshot(inProject("app/icon.svg"));
  });
});
