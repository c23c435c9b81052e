"use client";

import { Composer } from "@/app/_composer/composer";
import type { StudioFacts } from "@/app/_composer/studio-facts";
import { StartButton } from "./start-button";

/** The composer for whoever comes by: without an account it leads to one. The studio does without what only this needs. */
export function StartComposer({ facts }: { facts: StudioFacts }) {
  return <Composer facts={facts} StartButton={StartButton} />;
}
