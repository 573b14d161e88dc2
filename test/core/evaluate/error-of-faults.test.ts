import { describe, expect, it } from "vitest";
import { errorOfFaults } from "../../../src/core/evaluate/error-of-faults.js";
import { reason } from "../../../src/core/kernel/reason.js";

describe("errorOfFaults", () => {
  it("E3: has the code of the first fault and a line for each", () => {
    const faults = [
      reason("facts_invalid", "C4", [], { argument: "resources", at: [3, "tags"] }),
      reason("instant_invalid", "S8", [], { argument: "at" }),
    ] as const;
    expect(errorOfFaults([...faults])).toMatchObject({
      code: "facts_invalid",
      message: "resources[3].tags is not of the stated shape\nat is no instant of the years 1970 to 9999",
    });
  });

  it("E3: names a fault of any other sort by its code", () => {
    expect(errorOfFaults([reason("flow_inactive", "R2", [])])).toMatchObject({ code: "flow_inactive", message: "flow_inactive" });
  });

  it("TH19: escapes what a caller's key could do to the place where the message is shown", () => {
    const fault = reason("facts_invalid", "C4", [], { argument: "resource", at: ["\u202e`\u001b[2J"] });
    expect(errorOfFaults([fault]).message).toBe('resource["\\u{202e}\\u{60}\\u001b[2J"] is not of the stated shape');
  });
});
