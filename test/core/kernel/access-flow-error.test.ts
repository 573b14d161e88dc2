import { describe, expect, it } from "vitest";
import { accessFlowError } from "../../../src/core/kernel/access-flow-error.js";
import { Defect, unreachable } from "../../../src/core/kernel/defect.js";

describe("accessFlowError", () => {
  it("is an error whose name, code and issues are its own and can be seen", () => {
    const error = accessFlowError("empty", "nothing there");
    expect(error).toBeInstanceOf(Error);
    expect([error.message, Object.entries(error)]).toEqual([
      "nothing there",
      [
        ["name", "AccessFlowError"],
        ["code", "empty"],
        ["issues", []],
      ],
    ]);
  });

  it("may be given more, and another name, by whoever wraps it", () => {
    const open = { configurable: true, enumerable: true, writable: true };
    expect(["name", "code", "issues"].map((key) => Object.getOwnPropertyDescriptor(accessFlowError("empty", "x"), key))).toEqual([
      expect.objectContaining(open),
      expect.objectContaining(open),
      expect.objectContaining(open),
    ]);
  });
});

describe("a fault of the library itself", () => {
  it("bears its name, and says what was not to be reached", () => {
    expect(() => unreachable({ kind: "other" } as never)).toThrow(
      expect.objectContaining({ name: "Defect", message: 'unreachable: {"kind":"other"}' }),
    );
    expect(new Defect("x")).toBeInstanceOf(Error);
  });
});
