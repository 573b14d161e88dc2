import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";

/** The smallest object takes more. */
const nothing = 8;

const root = new URL("../../../", import.meta.url).pathname;

it("R1: isEligible makes no object on its way to an answer, by a measure that sees objects", () => {
  const room = ["--max-semi-space-size=512", "--min-semi-space-size=512"];
  const printed = execFileSync(process.execPath, [...room, "--import", "tsx", `${root}test/core/evaluate/allocation-probe.ts`], {
    encoding: "utf8",
    env: { ...process.env, TSX_TSCONFIG_PATH: `${root}tsconfig.test.json` },
  });
  const { growths, controls, isAnswered } = JSON.parse(printed) as { growths: number[]; controls: number[]; isAnswered: boolean };
  expect(isAnswered).toBe(true);
  for (const growth of growths) expect(growth).toBeLessThan(nothing);
  for (const control of controls) expect(control).toBeGreaterThan(nothing);
});
