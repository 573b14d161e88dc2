import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

/*
 * The company is there to show the whole language. Each choice below is looked for in its files; a choice
 * that no file uses fails the test of its name.
 */

type Node = { readonly [key: string]: unknown };

const company = new URL("../../examples/company/", import.meta.url);
const read = (file: string): unknown => JSON.parse(readFileSync(new URL(file, company), "utf8"));
const flows = readdirSync(new URL("flows/", company)).map((file) => read(`flows/${file}`));
const identities = read("identities.json");
const resources = readdirSync(new URL("resources/", company)).flatMap((file) => read(`resources/${file}`) as unknown[]);
const catalog = read("catalog.json");
const queries = objectsIn(catalog).flatMap(({ query }) => (typeof query === "string" ? [query] : []));

const flowObjects = objectsIn(flows);
const catalogObjects = objectsIn(catalog);

/** Every record within a JSON value, itself included. */
function objectsIn(value: unknown): Node[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  if (typeof value !== "object" || value === null) return [];
  return [value as Node, ...Object.values(value).flatMap(objectsIn)];
}

const record = (value: unknown): Node => (typeof value === "object" && value !== null ? (value as Node) : {});
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const inFlows = (test: (node: Node) => boolean) => (): boolean => flowObjects.some(test);
const inFlow = (test: (flow: Node) => boolean) => (): boolean => flows.map(record).some(test);
const inCatalog = (test: (node: Node) => boolean) => (): boolean => catalogObjects.some(test);
const inIdentities = (test: (identity: Node, attributes: Node) => boolean) => (): boolean =>
  (identities as Node[]).some((identity) => test(identity, record(identity["attributes"])));
const inResources = (test: (resource: Node) => boolean) => (): boolean => (resources as Node[]).some(test);
const inQueries = (pattern: RegExp) => (): boolean => queries.some((query) => pattern.test(query.replace(/"[^"]*"/g, '""')));
const setting = (key: string, test: (value: unknown) => boolean) => inFlow((flow) => test(record(flow["settings"])[key]));
const groupsOf = (flow: Node): readonly unknown[] => list(record(flow["approval"])["approverGroups"]);

const choices: { readonly [chapter: string]: { readonly [choice: string]: () => boolean } } = {
  "the definition": {
    "an inactive flow": inFlow((flow) => flow["active"] === false),
    "an automatic trigger": inFlow((flow) => flow["trigger"] === "automatic"),
    "a description": inFlow((flow) => typeof flow["description"] === "string"),
    "defaults left out": inFlow((flow) => !("settings" in flow) && !("approval" in flow)),
    labels: setting("labels", (value) => list(value).length > 0),
    requireMfa: setting("requireMfa", (value) => value === true),
    mfaWithin: setting("mfaWithin", (value) => value !== undefined),
    requireJustification: setting("requireJustification", (value) => value === true),
    requireApproverReason: setting("requireApproverReason", (value) => value === true),
    requestorCannotApproveSelf: setting("requestorCannotApproveSelf", (value) => value === true),
    requireDuration: setting("requireDuration", (value) => value === true),
    activateWithin: setting("activateWithin", (value) => value !== undefined),
    startWithin: setting("startWithin", (value) => value !== undefined && value !== null),
    maxExtensions: setting("maxExtensions", (value) => Number(value) > 0),
    extension: setting("extension", (value) => value !== undefined),
  },
  conditions: {
    ...Object.fromEntries(
      ["is", "isNot", "contains", "doesNotContain", "startsWith"].map((operator) => [
        `operator ${operator}`,
        inFlows((node) => node["operator"] === operator),
      ]),
    ),
    "the default operator": inFlows((node) => "attribute" in node && !("operator" in node)),
    "several values": inFlows((node) => "attribute" in node && list(node["values"]).length > 1),
    "a source": inFlows((node) => "attribute" in node && "source" in node),
    "match by name": inFlows((node) => node["match"] === "name"),
    "the attribute user": inFlows((node) => node["attribute"] === "user"),
    "the attribute manager": inFlows((node) => node["attribute"] === "manager"),
    "the attribute onCall": inFlows((node) => node["attribute"] === "onCall"),
    "requestors joined by and": inFlow((flow) => record(flow["requestors"])["combinator"] === "and"),
    "requestors joined by or": inFlow((flow) => record(flow["requestors"])["combinator"] === "or"),
    "a value that is bare text": inIdentities((_, attributes) => typeof attributes["department"] === "string"),
    "a value with id, name and source": inIdentities((_, attributes) =>
      list(attributes["group"]).some((value) => Object.keys(record(value)).join() === "id,name,source"),
    ),
    "an unknown value in a list": inIdentities((_, attributes) => list(attributes["group"]).includes(null)),
    "an unknown attribute": inIdentities((_, attributes) => attributes["department"] === null),
    "an attribute known to be empty": inIdentities(
      (_, attributes) => Array.isArray(attributes["onCall"]) && attributes["onCall"].length === 0,
    ),
    "linked accounts": inIdentities((identity) => list(identity["accounts"]).length > 1),
    "unknown addresses": inIdentities((identity) => !("emails" in identity)),
    "several addresses": inIdentities((identity) => list(identity["emails"]).length > 1),
    "an inactive leaver": inIdentities((identity) => identity["active"] === false),
    "nobody as manager": inIdentities((identity) => identity["manager"] === null),
    "an unknown manager": inIdentities((identity) => !("manager" in identity)),
    "a manager named by address": inIdentities((identity) => String(identity["manager"]).includes("@")),
    "a second directory": inIdentities((identity) => list(identity["sources"]).includes("google")),
  },
  schedules: {
    always: inFlow((flow) => flow["schedule"] === undefined),
    "one window": inFlow((flow) => "days" in record(flow["schedule"])),
    "several windows": inFlow((flow) => list(record(flow["schedule"])["windows"]).length > 1),
    "excepted dates": inFlow((flow) => list(record(flow["schedule"])["except"]).length > 0),
    "an overnight window": inFlows((node) => "from" in node && String(node["to"]) < String(node["from"])),
    "24:00": inFlows((node) => node["to"] === "24:00"),
    seconds: inFlows((node) => /^\d\d:\d\d:\d\d$/.test(String(node["from"]))),
    "several zones": () => new Set(flowObjects.flatMap((node) => ("timeZone" in node ? [node["timeZone"]] : []))).size >= 3,
  },
  requestors: {
    "scope self": inFlow((flow) => list(record(flow["requestFor"])["scopes"]).includes("self")),
    "scope others with grantees": inFlow(
      (flow) => list(record(flow["requestFor"])["scopes"]).includes("others") && "grantees" in record(flow["requestFor"]),
    ),
    "scope directReports": inFlow((flow) => list(record(flow["requestFor"])["scopes"]).includes("directReports")),
  },
  targets: {
    "an integration": inFlows((node) => node["kind"] === "integration"),
    "an integration by id": inFlows((node) => String(node["integration"]).startsWith("int-")),
    "a bundle": inFlows((node) => node["kind"] === "bundle"),
    "an access scope": inFlows((node) => node["kind"] === "accessScope"),
    "any resource, written": inFlows((node) => node["resources"] === "any"),
    "any resource, by default": inFlows((node) => node["kind"] === "integration" && !("resources" in node)),
    ...Object.fromEntries(
      ["include", "exclude"].flatMap((mode) =>
        ["name", "id", "tag"].map((by) => [
          `${mode} by ${by}`,
          inFlows((node) => list(node[mode]).some((filter) => record(filter)["by"] === by)),
        ]),
      ),
    ),
    "a bundle that holds an access scope": inCatalog(
      (node) => "targets" in node && objectsIn(node["targets"]).some(({ kind }) => kind === "accessScope"),
    ),
    "a tagged owner": inCatalog((node) => "ownerMapping" in node),
    "a tagged owner from one directory": inCatalog((node) => "source" in record(node["ownerMapping"])),
    "an owner to fall back on": inCatalog((node) => "attribute" in record(node["owner"])),
    "an integration without owners": inCatalog((node) => node["name"] === "SSH" && !("owner" in node) && !("ownerMapping" in node)),
    "unknown tags": inResources((resource) => !("tags" in resource)),
    "no tags": inResources((resource) => "tags" in resource && Object.keys(record(resource["tags"])).length === 0),
    "an empty owner tag": inResources((resource) => record(resource["tags"])["owner"] === ""),
    "a deleted resource": inResources((resource) => resource["status"] === "deleted"),
    "a resource in error": inResources((resource) => resource["status"] === "error"),
    "a resource without status": inResources((resource) => !("status" in resource)),
    "unknown permissions": inResources((resource) => !("permissions" in resource)),
    "no permissions": inResources((resource) => list(resource["permissions"]).length === 0 && "permissions" in resource),
    "a permission with id, risk and tags": inResources((resource) =>
      list(resource["permissions"]).some((permission) => ["id", "riskLevel", "tags"].every((key) => key in record(permission))),
    ),
  },
  queries: {
    ...Object.fromEntries(
      ["=", "!=", "contains", "not_contains", "starts_with", "ends_with", "in", "not_in"].map((operator) => [
        `operator ${operator}`,
        inQueries(new RegExp(`[a-z\\]] ${operator} [("]`)),
      ]),
    ),
    and: inQueries(/ and /),
    AND: inQueries(/ AND /),
    or: inQueries(/ or /),
    not: inQueries(/\bnot /),
    parentheses: inQueries(/and \(/),
    ...Object.fromEntries(
      [
        "resource_type resource_name resource_path resource resource_source_id resource_status resource_risk_level",
        "permission permission_name permission_risk_level integration integration_name",
      ]
        .flatMap((fields) => fields.split(" "))
        .map((field) => [`field ${field}`, inQueries(new RegExp(`\\b${field} `))]),
    ),
    ...Object.fromEntries(
      ["resource_tag", "resource_context", "permission_tag", "permission_context"].map((field) => [
        `field ${field}`,
        inQueries(new RegExp(`\\b${field}\\[`)),
      ]),
    ),
  },
  "the grant": {
    ...Object.fromEntries(
      ["minute", "hour", "day", "week"].map((unit) => [
        `fixed, in units of a ${unit}`,
        inFlow((flow) => record(flow["grantFor"])["unit"] === unit),
      ]),
    ),
    "a fraction": inFlow((flow) => !Number.isInteger(record(flow["grantFor"])["amount"] ?? 1)),
    indefinite: inFlow((flow) => record(flow["grantFor"])["kind"] === "indefinite"),
    "endWith schedule": inFlow((flow) => record(flow["grantFor"])["endWith"] === "schedule"),
  },
  approval: {
    automatic: inFlow((flow) => flow["approval"] === undefined),
    anyOf: inFlow((flow) => record(flow["approval"])["groups"] === "anyOf"),
    allOf: inFlow((flow) => record(flow["approval"])["groups"] === "allOf"),
    "several groups": inFlow((flow) => groupsOf(flow).length > 1),
    "a group joined by and": inFlow((flow) => groupsOf(flow).some((group) => record(group)["combinator"] === "and")),
    "a group joined by or": inFlow((flow) => groupsOf(flow).some((group) => record(group)["combinator"] === "or")),
    "required votes": inFlow((flow) => groupsOf(flow).some((group) => Number(record(group)["required"]) > 1)),
    distinctApprovers: inFlow((flow) => record(flow["approval"])["distinctApprovers"] === true),
    "the owner": inFlows((node) => node["relation"] === "owner"),
    "the manager of the requestor": inFlows((node) => node["relation"] === "manager" && node["of"] === undefined),
    "the manager of the grantee": inFlows((node) => node["relation"] === "manager" && node["of"] === "grantee"),
    "an on-call approver": inFlow((flow) =>
      groupsOf(flow).some((group) => objectsIn(group).some(({ attribute }) => attribute === "onCall")),
    ),
    "escalation with an interval and tiers": inFlow((flow) => {
      const { every, tiers } = record(record(flow["approval"])["escalation"]);
      return every !== undefined && list(tiers).length > 1;
    }),
    "a deadline": inFlow((flow) => typeof record(flow["approval"])["expiresAfter"] === "object"),
    "the default deadline": inFlow((flow) => "groups" in record(flow["approval"]) && !("expiresAfter" in record(flow["approval"]))),
    "no deadline": inFlow((flow) => record(flow["approval"])["expiresAfter"] === "never"),
  },
};

describe.each(Object.entries(choices))("the company uses every choice of %s", (_chapter, list) => {
  it.each(Object.entries(list))("%s", (_choice, isUsed) => {
    expect(isUsed()).toBe(true);
  });
});
