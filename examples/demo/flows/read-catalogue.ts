import { type Bundle, type Catalog, checkAccessFlow, explain, type Issue, parseQuery, resolveTargets } from "accessflow";

export type Fields = { readonly [key: string]: unknown };

/** A file of integrations, bundles and access scopes, or one bundle: what is wrong with it, and what it adds. */
export type Read = { readonly issues: readonly Issue[]; readonly catalog: Catalog };

export function readCatalogue(fields: Fields): Read {
  const list = (key: string): readonly Fields[] => (Array.isArray(fields[key]) ? fields[key].filter(isFields) : []);
  const bundles = list("bundles").map((bundle, index) => readBundle(bundle, ["bundles", index]));
  const scopes = list("accessScopes").map((scope, index) => readScope(scope, ["accessScopes", index]));
  const inside = [...bundles, ...scopes].flatMap((one) => one.issues);
  return inside.length > 0 ? { issues: inside, catalog: {} } : withShape(fields, []);
}

/** A bundle's targets are written like a flow's, so they are checked as one. */
export function readBundle(fields: Fields, at: Issue["path"] = []): Read {
  const { name, targets } = fields;
  const checked = checkAccessFlow({ name, requestors: anybody, targets });
  if (!checked.ok) return { issues: checked.error.map((issue) => within(at, ".", issue)), catalog: {} };
  return at.length === 0 ? withShape({ bundles: [fields as Bundle] }, ["bundles", 0]) : { issues: [], catalog: {} };
}

function readScope({ query }: Fields, at: Issue["path"]): Read {
  const parsed = typeof query === "string" ? parseQuery(query) : null;
  if (parsed === null || parsed.ok) return { issues: [], catalog: {} };
  return { issues: parsed.error.map((issue) => within([...at, "query"], ", ", issue)), catalog: {} };
}

/**
 * The library checks a catalogue where it is used, so it is used: by a flow over each of its bundles. `own` is
 * the place of the file's content within that catalogue.
 */
function withShape(fields: Fields, own: Issue["path"]): Read {
  const catalog = fields as Catalog;
  const names = Array.isArray(fields["bundles"]) ? fields["bundles"].filter(isFields).map(({ name }) => name) : [];
  const targets = (names.length === 0 ? ["none"] : names).map((bundle) => ({ kind: "bundle", bundle }));
  const flow = checkAccessFlow({ name: "catalogue", requestors: anybody, targets });
  if (!flow.ok) return { issues: flow.error, catalog: {} };
  const issues = resolveTargets(flow.value, { resources: [], catalog }).reasons.flatMap((reason): Issue[] => {
    const [message = reason.code] = explain([reason], { audience: "approver" });
    if (reason.code === "facts_invalid") return [{ code: "wrong_type", path: reason.at.slice(own.length), message }];
    return reason.code === "bundle_nested" ? [{ code: "combination_means_nothing", path: ["targets"], message }] : [];
  });
  return issues.length > 0 ? { issues, catalog: {} } : { issues, catalog };
}

/** An issue of one entry, as an issue of the whole file: `bundles[1].targets[0].kind is …`. */
function within(at: Issue["path"], joint: string, issue: Issue): Issue {
  const place = at.map((step, index) => (typeof step === "number" ? `[${step}]` : index === 0 ? step : `.${step}`)).join("");
  return { ...issue, path: [...at, ...issue.path], message: place === "" ? issue.message : `${place}${joint}${issue.message}` };
}

const anybody = { conditions: [{ attribute: "user", values: ["anybody"] }] };

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
