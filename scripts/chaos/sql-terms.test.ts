import { expect, it } from "vitest";
import { findTerms } from "./sql-terms";

const termsOf = (text: string) =>
  findTerms(text).map(({ from, to, instead }) => `${text.slice(from, to)} -> ${instead}`);

it("takes each term of a choice of rows away by itself, up to what comes after the choice", () => {
  expect(termsOf("update a set b = 1 where id = p_id and state in ('x', 'and') returning id;")).toEqual([
    "id = p_id -> true",
    "state in ('x', 'and') -> true",
  ]);
  expect(termsOf("select 1 from a where b and not c for update skip locked;")).toEqual([
    "b -> true",
    "not c -> true",
  ]);
});

it("takes each alternative of a branch away by itself, with the terms that are in it", () => {
  expect(termsOf("if not found or (a and b) or c < 2 then\n  return;\nend if;")).toEqual([
    "not found -> false",
    "(a and b) -> false",
    "c < 2 -> false",
  ]);
});

it("looks into what is chosen inside of a term, too", () => {
  expect(termsOf("if exists (select 1 from a where b = 1 and c = 2) then")).toEqual([
    "b = 1 -> true",
    "c = 2 -> true",
  ]);
});

it("leaves whole what is one term: a range, a case, a comment's words", () => {
  expect(termsOf("if a between 1 and 2 then")).toEqual([]);
  expect(termsOf("where a = case when b and c then 1 else 2 end\n -- and nothing else\n;")).toEqual([]);
  expect(termsOf("where a between 1 and 2 and b $$;")).toEqual(["a between 1 and 2 -> true", "b -> true"]);
});
