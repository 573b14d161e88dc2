import { expect } from "vitest";

/** An example's expression gives what the line behind it says. */
export function expectResult(actual: () => unknown, stated: () => unknown): void {
  expect(actual()).toEqual(stated());
}

/** An example's expression throws an AccessFlowError of the code stated behind it. */
export function expectThrow(run: () => unknown, code: string): void {
  let thrown: unknown = null;
  try {
    run();
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toMatchObject({ name: "AccessFlowError", code });
}
