import "server-only";
import { type ResponseSchema, SchemaType } from "@google/generative-ai";

/** A list of phrases, each beside what it stands for; an empty source is something added. */
export const PHRASES_SCHEMA: ResponseSchema = {
  type: SchemaType.OBJECT,
  properties: {
    phrases: {
      type: SchemaType.ARRAY,
      items: {
        type: SchemaType.OBJECT,
        properties: { source: { type: SchemaType.STRING }, target: { type: SchemaType.STRING } },
        required: ["source", "target"],
      },
    },
  },
  required: ["phrases"],
};
