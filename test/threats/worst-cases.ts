import type { AccessFlowDefinition, ActivityRow, Identity } from "../../src/index.js";

type Library = typeof import("../../src/index.js") & typeof import("../../src/apono/index.js");

const at = 1_772_442_000_000;
const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => make(index));

const smallest: AccessFlowDefinition = {
  name: "Worst",
  requestors: { conditions: [{ attribute: "group", values: ["staff"] }] },
  targets: [{ kind: "bundle", bundle: "b" }],
};

/** The largest inputs that are taken, and some beyond: what each comes to. */
export const worst: Record<string, (library: Library) => unknown> = {
  /** A hundred thousand comparisons, one that never ends, and brackets without end. */
  query: ({ parseQuery }) => {
    const long = times(100_000, (index) => `resource_name = "n${index}"`).join(" or ");
    const code = (text: string): unknown => {
      const parsed = parseQuery(text);
      return parsed.ok ? true : parsed.error[0].code;
    };
    return [code(long), code(`resource_name = "${"\\\\".repeat(500_000)}`), code(`${"(".repeat(500_000)}resource_name = "x"`)];
  },

  /** Documents in which nearly every value is wrong: how many faults are named. */
  faults: ({ checkAccessFlow, fromApono }) => {
    const targets = times(90_000, () => ({}));
    const counts = (result: { readonly ok: boolean; readonly error?: readonly unknown[] }): number => result.error?.length ?? 0;
    return [
      counts(checkAccessFlow({ ...smallest, targets })),
      counts(fromApono({ name: "Worst", trigger: "SELF_SERVE", access_targets: targets })),
      counts(fromApono({ name: "Worst", access_targets: targets })),
    ];
  },

  /** Votes without end. */
  votes: ({ defineAccessFlow, startApproval, transitionApproval }) => {
    const group = { conditions: [{ attribute: "group", values: ["staff"] }], required: 5_000 };
    const flow = defineAccessFlow({ ...smallest, approval: { kind: "approvalOf", groups: "anyOf", approverGroups: [group] } });
    const started = startApproval(flow, { requestor: { id: "x" }, at });
    if (!started.ok) return started.error;
    let { state } = started.value;
    for (let index = 0; index < 5_000; index += 1) {
      const voter: Identity = { id: `v${index}`, attributes: { group: ["staff"] } };
      const step = transitionApproval(state, { type: "vote", voter, decision: "approve", at: at + index });
      if (!step.ok) return [state.status, step.error.reasons.map((each) => [each.code, "limit" in each ? each.limit : null])];
      state = step.value.state;
    }
    return "never refused";
  },

  /** Texts that make normal forms, trimming and searching slow where they are done carelessly. */
  texts: ({ checkAccessFlow, defineAccessFlow, evaluateRequestor, isEligible }) => {
    const conditions = ["user", "group"].map((attribute) => ({ attribute, values: ["zo\u00eb"] }));
    const flow = defineAccessFlow({ ...smallest, requestors: { combinator: "or", conditions } });
    const marks = `a${"\u0315\u0300".repeat(500_000)}`;
    const decision = evaluateRequestor(flow, { requestor: { id: marks, attributes: { group: [marks] } }, at });
    const blank = checkAccessFlow({ ...smallest, name: `x${" ".repeat(1_000_000)}y` });
    return [
      decision.outcome === "ineligible",
      !blank.ok,
      !isEligible(flow, { requestor: { id: " ".repeat(1_000_000), attributes: { group: marks } }, at }),
    ];
  },

  /** A cell of the report that is nothing but what could end it. */
  cells: ({ activityColumns, printActivity }) => {
    const row = Object.fromEntries(activityColumns.map((column) => [column, ""])) as ActivityRow;
    return ["; ", "\n", '"', "=", ";\u200b"].every((text) =>
      printActivity([{ ...row, justification: text.repeat(200_000) }]).endsWith("\r\n"),
    );
  },
};
