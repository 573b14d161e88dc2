import { describe, expect, it } from "vitest";
import { wallTimeMs } from "../../../src/core/time/wall-time.js";

describe("wallTimeMs", () => {
  it.each([
    ["00:00", 0],
    ["09:05", 32_700_000],
    ["09:05:07", 32_707_000],
    ["23:59:59", 86_399_000],
  ])("S2: reads %s", (text, ms) => {
    expect([wallTimeMs(text, "from"), wallTimeMs(text, "to")]).toEqual([ms, ms]);
  });

  it("S2: reads 24:00 as an end only", () => {
    expect([wallTimeMs("24:00", "to"), wallTimeMs("24:00", "from")]).toEqual([86_400_000, null]);
  });

  it.each([
    "24:00:00",
    "24:01",
    "9:00",
    "09:60",
    "09:00:60",
    "25:00",
    "0900",
    "09:00Z",
    " 09:00",
    "09:00\n",
    "٠٩:٠٠",
    "09:00:00.5",
    "-1:00",
    "",
  ])("S2: refuses %j", (text) => {
    expect([wallTimeMs(text, "from"), wallTimeMs(text, "to")]).toEqual([null, null]);
  });
});
