import { defineAccessFlow } from "accessflow";
import { memoryFlows } from "accessflow/adapters/memory";
import { describe, expect, it } from "vitest";

const flow = (name: string) =>
  defineAccessFlow({
    name,
    requestors: { conditions: [{ attribute: "group", values: ["staff"] }] },
    targets: [{ kind: "bundle", bundle: "reports" }],
  });

describe("memoryFlows", () => {
  it("gives flows in the order of their ids, whatever the order they came in", async () => {
    const { flows } = await memoryFlows([flow("b"), flow("a")]).flows();
    expect(flows.map(({ id }) => id)).toEqual(["a", "b"]);
  });

  it("changes its version when anything changes, and only then", async () => {
    const source = memoryFlows([flow("a")]);
    const versions = [(await source.flows()).version, (await source.flows()).version];
    source.remove("no such flow");
    versions.push((await source.flows()).version);
    expect(new Set(versions).size).toBe(1);
    source.set({ ...flow("a"), active: false });
    versions.push((await source.flows()).version);
    source.remove("a");
    versions.push((await source.flows()).version);
    expect(new Set(versions).size).toBe(3);
    expect(await source.flow("a")).toBe(null);
  });

  it("TH10: compares ids exactly", async () => {
    const source = memoryFlows([flow("a")]);
    expect([await source.flow("A"), await source.flow("__proto__")]).toEqual([null, null]);
  });

  it("refuses what is no flow, and two of one id", () => {
    expect(() => memoryFlows([{ ...flow("a"), targets: [] as never }])).toThrowError(expect.objectContaining({ name: "AccessFlowError" }));
    expect(() => memoryFlows([flow("a"), flow("a")])).toThrowError(expect.objectContaining({ code: "facts_invalid" }));
  });
});
