import { describe, expect, it } from "vitest";
import { assertBearer } from "./bearer";

const SECRET = "the secret of the clock";
const withHeader = (authorization?: string) =>
  new Request("http://localhost/", authorization === undefined ? {} : { headers: { authorization } });

describe("a route for whoever holds a token", () => {
  it.for([`Bearer ${SECRET}`, `bearer ${SECRET}`])("is open to %s", (authorization) => {
    expect(() => assertBearer(withHeader(authorization), SECRET)).not.toThrow();
  });

  it.for([
    undefined,
    "Bearer",
    "Bearer ",
    `Bearer ${SECRET} `.repeat(2),
    `Bearer ${SECRET.slice(1)}`,
    SECRET,
  ])("is closed to %s", (authorization) => {
    expect(() => assertBearer(withHeader(authorization), SECRET)).toThrow(/bearer token/);
  });

  it.for([undefined, ""])("is closed to everybody while the token is %s", (token) => {
    for (const authorization of ["Bearer ", "Bearer undefined", undefined]) {
      expect(() => assertBearer(withHeader(authorization), token)).toThrow(/bearer token/);
    }
  });
});
