/* Chapter C, read literally: slow, plain, and sharing no code with the library. */
import type { Identity } from "../../../src/core/facts/identity.js";
import type { AttributeConditionDefinition, ConditionsDefinition } from "../../../src/core/flow/definition.js";

export type Truth = "holds" | "fails" | "unknown";
/** null: a value nobody knows (C4). `doubtful`: a match on it cannot count (C8). */
type Value = { id: string; name: string | null; source: string | undefined; doubtful: boolean } | null | "some address";

export const nfc = (text: string): string => text.normalize("NFC");
export const own = (record: object | undefined, key: string): unknown =>
  record !== undefined && Object.hasOwn(record, key) ? (record as Record<string, unknown>)[key] : undefined;

export function all(truths: Truth[]): Truth {
  return truths.includes("fails") ? "fails" : truths.includes("unknown") ? "unknown" : "holds";
}
export function some(truths: Truth[]): Truth {
  return truths.includes("holds") ? "holds" : truths.includes("unknown") ? "unknown" : "fails";
}
export function negated(truth: Truth): Truth {
  return truth === "holds" ? "fails" : truth === "fails" ? "holds" : "unknown";
}
export function join(combinator: "and" | "or" | undefined, truths: Truth[]): Truth {
  return combinator === "or" ? some(truths) : all(truths);
}

export function conditionsTruth(group: ConditionsDefinition, identity: Identity): Truth {
  return join(
    group.combinator,
    group.conditions.map((condition) => conditionTruth(condition, identity)),
  );
}

export function conditionTruth(condition: AttributeConditionDefinition, identity: Identity): Truth {
  if (condition.operator === "isNot") return negated(conditionTruth({ ...condition, operator: "is" }, identity));
  if (condition.operator === "doesNotContain") return negated(conditionTruth({ ...condition, operator: "contains" }, identity));
  const values = valuesOf(condition, identity);
  return values === "unknown" ? "unknown" : some(values.map((value) => valueMatches(value, condition)));
}

/** What the identity has under that attribute and source; "unknown" where nobody can say (C4, C7, C8). */
function valuesOf({ attribute, source }: AttributeConditionDefinition, identity: Identity): Value[] | "unknown" {
  const asked = source !== undefined && (identity.sources ?? []).map(nfc).includes(nfc(source));
  const known = (value: unknown): Value => {
    if (value === null) return null;
    if (typeof value === "string") return { id: value, name: value, source: undefined, doubtful: false };
    const entity = value as { id: string; name?: string; source?: string };
    return {
      id: entity.id,
      name: entity.name === undefined || entity.name === "" ? null : entity.name,
      source: entity.source,
      doubtful: false,
    };
  };
  if (attribute === "owner") return "unknown";
  if (attribute === "manager") {
    // A field that was left empty says nothing (C10).
    if (identity.manager === undefined || identity.manager === "" || (source !== undefined && !asked)) return "unknown";
    return identity.manager === null ? [] : [known(identity.manager)];
  }
  if (attribute === "user") {
    if (source !== undefined && !asked) return "unknown";
    const accounts = (identity.accounts ?? []).map(known).flatMap((account): Value[] => {
      if (account === null || account === "some address" || account.source === undefined) return [account];
      if (source === undefined) return [{ ...account, doubtful: true }];
      return nfc(account.source) === nfc(source) ? [account] : [];
    });
    return [known(identity.id), ...(identity.emails?.map(known) ?? ["some address" as const]), ...accounts];
  }
  // Names that are equal under NFC are one attribute; given twice, nobody knows which is meant (C6).
  const spellings = Object.entries(identity.attributes ?? {}).filter(([name, held]) => held !== undefined && nfc(name) === nfc(attribute));
  const raw = spellings.length === 1 ? spellings[0]?.[1] : null;
  if (raw === undefined || raw === null) return "unknown";
  const values = (Array.isArray(raw) ? raw : [raw]).map(known);
  if (source === undefined) return values;
  const carrying = values.filter(
    (value) => value !== null && value !== "some address" && value.source !== undefined && nfc(value.source) === nfc(source),
  );
  if (carrying.length === 0 && !asked) return "unknown";
  return [...carrying, ...values.filter((value) => value === null)];
}

/** Whether one value matches some listed text under `is`, `contains` or `startsWith` (C2, C5, C6). */
function valueMatches(value: Value, { attribute, operator, values, match }: AttributeConditionDefinition): Truth {
  if (value === null) return "unknown";
  const person = attribute === "user" || attribute === "manager";
  const exact = operator === undefined || operator === "is";
  if (value === "some address") return exact && !values.some((listed) => listed.includes("@")) ? "fails" : "unknown";
  const matches = (text: string): boolean =>
    values.some((listed) => {
      const [left, right] =
        person && (text + listed).includes("@") ? [nfc(lower(nfc(text))), nfc(lower(nfc(listed)))] : [nfc(text), nfc(listed)];
      return exact ? left === right : operator === "contains" ? left.includes(right) : left.startsWith(right);
    });
  let truth: Truth;
  if (exact && match !== "name") truth = matches(value.id) ? "holds" : "fails";
  else if (exact && value.name !== null) truth = matches(value.id) || matches(value.name) ? "holds" : "fails";
  else if (value.name !== null) truth = matches(value.name) ? "holds" : "fails";
  else truth = matches(value.id) ? "holds" : "unknown";
  return truth === "holds" && value.doubtful ? "unknown" : truth;
}

/** ASCII letters only: no locale, no folding of others (C6). */
export function lower(text: string): string {
  return [...text].map((letter) => (letter >= "A" && letter <= "Z" ? letter.toLowerCase() : letter)).join("");
}

/** Whether that text is this person's id or one of their addresses (C10); an unknown address may be any address. */
export function isPerson(text: string | null | undefined, identity: Identity): Truth {
  if (text === undefined || text === "") return "unknown";
  if (text === null) return "fails";
  const { attributes: _a, accounts: _b, sources: _c, ...known } = identity;
  return conditionTruth({ attribute: "user", operator: "is", values: [text] }, known);
}
