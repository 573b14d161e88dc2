/* Chapter C, read literally: slow, plain, and sharing no code with the library. */
import type { AttributeConditionDefinition, AttributeValue, ConditionsDefinition, Identity } from "../../../src/index.js";

export type Truth = "holds" | "fails" | "unknown";
/** A value as a condition sees it; a match on a `doubtful` one cannot count (C8). */
type Value = Exclude<AttributeValue, string> & { doubtful?: boolean };

export const nfc = (text: string): string => text.normalize("NFC");
export const same = (left: string, right: string): boolean => nfc(left) === nfc(right);
export const truthOf = (known: boolean): Truth => (known ? "holds" : "fails");
export const not = (truth: Truth): Truth => (truth === "unknown" ? "unknown" : truthOf(truth === "fails"));
export const all = (truths: Truth[]): Truth => (truths.includes("fails") ? "fails" : truths.includes("unknown") ? "unknown" : "holds");
export const some = (truths: Truth[]): Truth => not(all(truths.map(not)));
export const join = (combinator: string | undefined, truths: Truth[]): Truth => (combinator === "or" ? some(truths) : all(truths));

export const conditionsTruth = ({ combinator, conditions }: ConditionsDefinition, identity: Identity): Truth =>
  join(combinator, truthsOf(conditions, identity));
export const truthsOf = (conditions: ConditionsDefinition["conditions"], identity: Identity): Truth[] =>
  conditions.map((condition) => conditionTruth(condition, identity));

export function conditionTruth(condition: AttributeConditionDefinition, identity: Identity): Truth {
  if (condition.operator === "isNot") return not(conditionTruth({ ...condition, operator: "is" }, identity));
  if (condition.operator === "doesNotContain") return not(conditionTruth({ ...condition, operator: "contains" }, identity));
  const values = valuesOf(condition, identity);
  return values === "unknown" ? "unknown" : some(values.map((value) => valueMatches(value, condition)));
}

function read(value: AttributeValue | null): Value | null {
  if (typeof value === "string") return { id: value, name: value };
  return value?.name === "" ? { ...value, name: undefined } : value;
}

/** What the identity has there; null is a value nobody knows (C4), "unknown" that nobody can say what there is (C4, C7, C8). */
function valuesOf({ attribute, source }: AttributeConditionDefinition, identity: Identity): (Value | "some address" | null)[] | "unknown" {
  const asked = source === undefined || (identity.sources ?? []).some((one) => same(one, source));
  const comesFrom = (value: Value) => source === undefined || (value.source !== undefined && same(value.source, source));
  if (attribute === "owner" || (["manager", "user"].includes(attribute) && !asked)) return "unknown";
  if (attribute === "manager" && identity.manager) return [read(identity.manager)];
  if (attribute === "manager") return identity.manager === null ? [] : "unknown";
  if (attribute === "user") {
    const accounts = (identity.accounts ?? []).map(read).filter((one) => one === null || one.source === undefined || comesFrom(one));
    const doubted = accounts.map((one) => one && { ...one, doubtful: source === undefined && one.source !== undefined });
    return [read(identity.id), ...(identity.emails?.map(read) ?? ["some address" as const]), ...doubted];
  }
  // Names that are equal under NFC are one attribute; given twice, nobody knows which is meant (C6).
  const spellings = Object.entries(identity.attributes ?? {}).filter(([name, held]) => held !== undefined && same(name, attribute));
  const held = spellings.length === 1 ? spellings[0]?.[1] : null;
  if (held === undefined || held === null) return "unknown";
  const values = (Array.isArray(held) ? held : [held]).map(read);
  return asked || values.some((one) => one !== null && comesFrom(one)) ? values.filter((one) => one === null || comesFrom(one)) : "unknown";
}

/** Whether one value matches some listed text under `is`, `contains` or `startsWith` (C2, C5, C6). */
function valueMatches(value: Value | "some address" | null, { attribute, operator, values, match }: AttributeConditionDefinition): Truth {
  const exact = operator === undefined || operator === "is";
  if (value === null) return "unknown";
  if (value === "some address") return exact && !values.some((listed) => listed.includes("@")) ? "fails" : "unknown";
  const matches = (text: string): boolean =>
    values.some((listed) => {
      const address = ["user", "manager"].includes(attribute) && (text + listed).includes("@");
      const [left, right] = address ? [lower(text), lower(listed)] : [nfc(text), nfc(listed)];
      return exact ? left === right : operator === "contains" ? left.includes(right) : left.startsWith(right);
    });
  const byIdOnly = exact && match !== "name";
  const texts = byIdOnly || value.name === undefined ? [value.id] : exact ? [value.id, value.name] : [value.name];
  if (texts.some(matches)) return value.doubtful ? "unknown" : "holds";
  return value.name === undefined && !byIdOnly ? "unknown" : "fails";
}

/** ASCII letters only: no locale, no folding of others (C6). */
export const lower = (text: string): string => nfc(nfc(text).replace(/[A-Z]/g, (letter) => letter.toLowerCase()));

/** Whether that text is this person's id or one of their addresses (C10); an unknown address may be any address. */
export function isPerson(text: string | null | undefined, { id, emails }: Identity): Truth {
  if (text === undefined || text === "") return "unknown";
  return text === null ? "fails" : conditionTruth({ attribute: "user", values: [text] }, { id, ...(emails && { emails }) });
}
