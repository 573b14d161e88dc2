import { readdirSync, readFileSync } from "node:fs";
import { checkAccessFlow, type Identity, parseQuery, type Resource, resolveTargets } from "accessflow";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { inventory } from "../../examples/company/make-resources.js";
import { loadCompany } from "../../examples/demo/company.js";

const root = new URL("../../", import.meta.url);
const read = (file: string): unknown => JSON.parse(readFileSync(new URL(file, root), "utf8"));
const flowFiles = readdirSync(new URL("examples/company/flows/", root));
const company = loadCompany();

describe("the company's flows", () => {
  it("are at least fifteen", () => {
    expect(flowFiles.length).toBeGreaterThanOrEqual(15);
  });

  it.each(flowFiles)("%s has no issue", (file) => {
    expect(checkAccessFlow(read(`examples/company/flows/${file}`)).ok).toBe(true);
  });

  it.each(flowFiles)("%s is valid by the JSON Schema it names", (file) => {
    const flow = read(`examples/company/flows/${file}`) as { $schema: string };
    const schema = read(new URL(flow.$schema, new URL(`examples/company/flows/${file}`, root)).pathname.replace(root.pathname, ""));
    const validate = new Ajv2020({ strict: false }).compile(schema as object);
    expect([validate(flow), validate.errors]).toEqual([true, null]);
  });

  it("have ids of their own", () => {
    expect(new Set([...company.flows.values()].map((flow) => flow.id)).size).toBe(flowFiles.length);
  });

  it.each([...company.flows])("%s gives something, and every reference in it is known", (_file, flow) => {
    const { size, reasons } = resolveTargets(flow, { resources: company.resources, catalog: company.catalog });
    const unknown = reasons.filter(
      (reason) => /_(unknown|ambiguous|nested|clash)$/.test(reason.code) && !/^(tags|permissions)_/.test(reason.code),
    );
    expect([size > 0, unknown]).toEqual([true, []]);
  });
});

describe("the company's facts", () => {
  it("are 80 identities under ids of their own", () => {
    expect(new Set(company.identities.map((identity: Identity) => identity.id)).size).toBe(80);
  });

  it("name only managers who are there", () => {
    const people = new Set(company.identities.flatMap(({ id, emails }) => [id, ...(emails ?? [])]));
    expect(company.identities.filter(({ manager }) => manager && !people.has(manager))).toEqual([]);
  });

  it("are 500 resources under ids of their own, in five integrations", () => {
    const ids = new Set(company.resources.map((resource: Resource) => resource.id));
    const integrations = new Set(company.resources.map((resource) => resource.integration));
    expect([company.resources.length, ids.size, integrations.size]).toEqual([500, 500, 5]);
  });

  it.each(Object.entries(inventory()))("are, in resources/%s.json, what make-resources.ts writes", (file, resources) => {
    expect(read(`examples/company/resources/${file}.json`)).toEqual(resources);
  });

  it.each(company.catalog.accessScopes ?? [])("have an access scope `$name` whose query parses", ({ query }) => {
    expect(parseQuery(query).ok).toBe(true);
  });
});
