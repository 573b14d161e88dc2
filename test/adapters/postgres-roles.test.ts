import { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, describe, it } from "vitest";
import { provisionerConformance } from "../../src/testing/provisioner-conformance.js";
import { postgresSubject, roleNamedSubject } from "./support/postgres-subject.js";

const client = new PGlite();
// Its first start compiles a whole database.
beforeAll(() => client.waitReady, 120_000);
afterAll(() => client.close());

describe("postgresRoles on PGlite", () => {
  it.each(provisionerConformance(() => postgresSubject(client), { without: ["changeEnd"] }))("L6: $name", ({ run }) => run());

  const names = provisionerConformance(() => roleNamedSubject(client)).filter(({ name }) => /^the name |^names /.test(name));
  it.each(names)("TH19: of a role: $name", ({ run }) => run());

  const ends = provisionerConformance(() => postgresSubject(client, { validUntil: true })).filter(({ name }) =>
    name.startsWith("another end"),
  );
  it.each(ends)("L6: with validUntil: $name", ({ run }) => run());
});
