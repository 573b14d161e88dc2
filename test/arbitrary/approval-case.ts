import * as fc from "fast-check";
import type { ApprovalEvent } from "../../src/core/approval/approval-event.js";
import type { Catalog } from "../../src/core/facts/catalog.js";
import type { Identity } from "../../src/core/facts/identity.js";
import type { Resource } from "../../src/core/facts/resource.js";
import type { AccessFlowDefinition } from "../../src/core/flow/definition.js";
import { approvalOfArbitrary } from "../../src/testing/arbitraries/approval-arbitrary.js";
import { integrationArbitrary } from "../../src/testing/arbitraries/catalog-arbitrary.js";
import { crowdArbitrary, identityArbitrary } from "../../src/testing/arbitraries/identity-arbitrary.js";
import { recordOf } from "../../src/testing/arbitraries/name-pools.js";
import { resourceArbitrary } from "../../src/testing/arbitraries/resource-arbitrary.js";
import { voteArbitrary } from "./vote.js";

const minute = 60_000;

/** What an approval starts from, and people around it. */
export type ApprovalCase = {
  readonly definition: AccessFlowDefinition;
  readonly crowd: readonly Identity[];
  readonly input: {
    readonly requestor: Identity;
    readonly grantee?: Identity;
    readonly resources?: readonly Resource[];
    readonly catalog?: Catalog;
    readonly at: number;
  };
};

/** A flow that people approve, and a request under it: requestor and grantee come from the same crowd as the voters. */
export function approvalCaseArbitrary(size = 5): fc.Arbitrary<ApprovalCase> {
  const settings = recordOf<NonNullable<AccessFlowDefinition["settings"]>>(
    { requestorCannotApproveSelf: fc.boolean(), requireApproverReason: fc.constantFrom(false, false, false, true) } as never,
    [],
  );
  const opening = recordOf<{ resources?: Resource[]; catalog?: Catalog }>(
    {
      resources: fc.uniqueArray(resourceArbitrary(), { maxLength: 3, selector: ({ id }) => id }),
      catalog: fc
        .uniqueArray(integrationArbitrary(), { minLength: 1, maxLength: 4, selector: ({ id }) => id })
        .map((integrations) => ({ integrations })),
    } as never,
    [],
  );
  return fc
    .tuple(approvalOfArbitrary(), settings, crowdArbitrary(size), opening, fc.nat({ max: size - 1 }), fc.option(fc.nat({ max: size - 1 })))
    .map(([approval, chosen, crowd, rest, asking, receiving]) => {
      const requestor = crowd[asking];
      const grantee = receiving === null ? undefined : crowd[receiving];
      if (requestor === undefined) throw new Error("the crowd is large enough");
      // One person under one id is one record: which of two would count is no question of these rules.
      const other = grantee === undefined || grantee.id.normalize("NFC") === requestor.id.normalize("NFC") ? {} : { grantee };
      return {
        definition: {
          name: "approval",
          requestors: { conditions: [{ attribute: "group", values: ["ops"] }] },
          targets: [{ kind: "bundle", bundle: "essentials" }],
          approval,
          settings: chosen,
        },
        crowd,
        input: { requestor, ...other, ...rest, at: Date.UTC(2026, 2, 2, 9) },
      };
    });
}

const teams = ["red", "green", "blue"] as const;

/**
 * A request that everything depends on counting for: people who share aliases in chains, teams that overlap,
 * several voters needed, owners of several resources.
 */
export function tangledCaseArbitrary(size = 6): fc.Arbitrary<ApprovalCase> {
  const ids = ["p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8"].slice(0, size);
  const person = (id: string): fc.Arbitrary<Identity> =>
    fc
      .tuple(fc.subarray(["a@x", "b@x", "c@x", "d@x"], { maxLength: 2 }), fc.subarray([...teams], { minLength: 1 }), fc.nat({ max: 2 }))
      .map(([shared, group, alone]) => ({ id, emails: alone > 0 ? [`${id}@x`] : shared, attributes: { group } }));
  // Each shares one address with the next: nobody is alone, and no two of them overlap with the same others.
  const chain = fc
    .tuple(...ids.map(() => fc.subarray([...teams], { minLength: 1, maxLength: 2 })))
    .map((groups) =>
      groups.map((group, index) => ({ id: `p${index + 1}`, emails: [`link-${index}@x`, `link-${index + 1}@x`], attributes: { group } })),
    );
  const member = fc.subarray([...teams], { minLength: 1, maxLength: 2 }).map((values) => ({ attribute: "group", values }));
  const owner = fc.constant({ relation: "owner" as const });
  const anyMember = fc.oneof({ weight: 4, arbitrary: member }, { weight: 1, arbitrary: owner });
  const group = fc
    .tuple(fc.array(anyMember, { minLength: 1, maxLength: 2 }), fc.constantFrom("or" as const, "and" as const), fc.constantFrom(1, 1, 2, 3))
    .map(([conditions, combinator, required]) => ({ combinator, conditions, required }));
  const resource = fc.tuple(fc.constantFrom("r1", "r2", "r3"), fc.constantFrom(...teams, "nobody", null)).map(([id, tag]) => ({
    ...{ id, name: id, type: "db", integration: "i1" },
    tags: tag === null ? {} : { owner: tag },
  }));
  const catalog: Catalog = { integrations: [{ id: "i1", name: "one", ownerMapping: { tagKey: "owner", attribute: "group" } }] };
  return fc
    .tuple(
      fc.oneof({ weight: 3, arbitrary: fc.tuple(...ids.map(person)) }, { weight: 1, arbitrary: chain }),
      fc.array(group, { minLength: 1, maxLength: 3 }),
      fc.constantFrom("anyOf" as const, "allOf" as const, "allOf" as const),
      fc.boolean(),
      fc.boolean(),
      fc.uniqueArray(resource, { minLength: 1, maxLength: 3, selector: ({ id }) => id }),
    )
    .map(([people, approverGroups, groups, different, strict, resources]) => {
      const crowd: readonly Identity[] = people;
      const owners = approverGroups.some(({ conditions }) => conditions.some((condition) => "relation" in condition));
      const distinctApprovers = different && groups === "allOf" && !owners;
      return {
        definition: {
          name: "tangled",
          requestors: { conditions: [{ attribute: "group", values: ["red"] }] },
          targets: [{ kind: "bundle", bundle: "essentials" }],
          approval: { kind: "approvalOf", groups, approverGroups, distinctApprovers },
          settings: { requestorCannotApproveSelf: strict },
        },
        crowd,
        input: { requestor: crowd[0] ?? { id: "p1" }, resources, catalog, at: Date.UTC(2026, 2, 2, 9) },
      };
    });
}

/** What is read again about requestor and grantee: aliases more, another manager, or none that is known. */
export type News = { readonly aliases: readonly string[]; readonly manager: "as before" | "not known" | string | null };

/** What happens next, and how much later. */
export type Happening = { readonly after: number } & (
  | {
      readonly type: "vote";
      readonly voter: Identity;
      readonly decision: "approve" | "reject";
      readonly reason?: string;
      readonly fresher: News | null;
    }
  | { readonly type: "withdraw"; readonly by: { readonly id: string; readonly administrator?: boolean } }
  | { readonly type: "timeReached" }
);

/** Facts read again: the same person, with more aliases, and perhaps another manager. */
function fresher(identity: Identity, { aliases, manager }: News): Identity {
  const { manager: before, ...rest } = identity;
  const emails = aliases.filter((alias) => alias.includes("@"));
  const accounts = aliases.filter((alias) => !alias.includes("@"));
  const now = manager === "as before" ? before : manager;
  return {
    ...rest,
    ...(now === "not known" || now === undefined ? {} : { manager: now }),
    ...(emails.length > 0 ? { emails: [...(identity.emails ?? []), ...emails] } : {}),
    ...(accounts.length > 0 ? { accounts: [...(identity.accounts ?? []), ...accounts] } : {}),
  };
}

/** What happens, as events of that approval. */
export function approvalEventsOf(
  input: ApprovalCase["input"],
  happenings: readonly Happening[],
): (ApprovalEvent & { readonly at: number })[] {
  let { at } = input;
  return happenings.map((happening) => {
    at += happening.after;
    if (happening.type === "withdraw") return { type: "withdraw", by: happening.by, at };
    if (happening.type === "timeReached") return { type: "timeReached", at };
    const { voter, decision, reason, fresher: news } = happening;
    return {
      ...{ type: "vote", voter, decision, at },
      ...(reason === undefined ? {} : { reason }),
      ...(news === null ? {} : { requestor: fresher(input.requestor, news) }),
      ...(news === null || input.grantee === undefined ? {} : { grantee: fresher(input.grantee, news) }),
    };
  });
}

/** Up to eight events of one approval: mostly votes of its crowd, at and beside the openings of tiers and the deadline. */
export function happeningsArbitrary(crowd: readonly Identity[]): fc.Arbitrary<Happening[]> {
  const after = fc.constantFrom(0, 0, 0, 1, minute, 5 * minute, 10 * minute, 10 * minute - 1, 20 * minute, 25 * minute, -1);
  const voter = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...crowd) }, { weight: 1, arbitrary: identityArbitrary() });
  const news = fc.record(
    {
      aliases: fc.constantFrom([], ["gh-new"], ["ada@corp.com"], ["bob", "EVE@corp.com"]),
      manager: fc.constantFrom("as before", "not known", null, ...crowd.map(({ id }) => id)),
    },
    { noNullPrototype: true },
  );
  const fresher = fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: news });
  const vote = fc
    .tuple(after, voteArbitrary(voter), fresher)
    .map(([later, cast, told]): Happening => ({ after: later, type: "vote", ...cast, fresher: told }));
  const by = fc.tuple(fc.constantFrom(...crowd), fc.constantFrom(undefined, true, false)).map(([{ id }, administrator]) => ({
    id,
    ...(administrator === undefined ? {} : { administrator }),
  }));
  const withdraw = fc.tuple(after, by).map(([later, actor]): Happening => ({ after: later, type: "withdraw", by: actor }));
  const timeReached = after.map((later): Happening => ({ after: later, type: "timeReached" }));
  return fc.array(fc.oneof({ weight: 12, arbitrary: vote }, { weight: 1, arbitrary: withdraw }, { weight: 3, arbitrary: timeReached }), {
    minLength: 1,
    maxLength: 8,
  });
}
