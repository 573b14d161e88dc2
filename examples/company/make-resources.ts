/*
 * Writes the inventory in `resources/`: `npx tsx examples/company/make-resources.ts`, then format the files.
 * The files are committed; a test says when they and this page no longer agree.
 */
import { writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import type { Resource } from "accessflow";

type Environment = "production" | "staging" | "development";
type Service = { readonly name: string; readonly team: string; readonly risk: string; readonly data: string };

const owners: Readonly<Record<string, string>> = {
  payments: "nadia.benali@harbourline.example",
  tracking: "ingrid.solberg@harbourline.example",
  platform: "marcus.whitfield@harbourline.example",
  data: "beatriz.rocha@harbourline.example",
  mobile: "aroha.ngata@fathom.example",
  security: "amara.okafor@harbourline.example",
  support: "deepa.krishnan@harbourline.example",
};

const regions: Readonly<Record<string, string>> = { tracking: "us-east-1", mobile: "ap-southeast-2", support: "ap-south-1" };

const services: readonly Service[] = [
  ...team("payments", "3", "financial", "payments", "ledger", "payouts", "invoicing", "refunds"),
  ...team("tracking", "2", "internal", "tracking", "vessels", "ports", "containers", "customs", "manifests"),
  ...team("platform", "2", "internal", "identity", "gateway", "notifications", "search", "documents"),
  ...team("data", "2", "internal", "analytics", "pricing", "forecasts", "reports"),
  ...team("mobile", "2", "personal", "mobile-api", "driver-app"),
  ...team("security", "3", "restricted", "audit", "vault"),
  ...team("support", "3", "personal", "helpdesk"),
];

/** What every real inventory has somewhere: records that are incomplete, broken or gone. */
const oddities: Readonly<Record<string, (resource: Resource) => Resource>> = {
  "s3-documents-logs-production": ({ tags: _, ...rest }) => rest,
  "s3-helpdesk-data-production": (resource) => ({ ...resource, tags: { ...resource.tags, owner: "" } }),
  "s3-search-data-staging": ({ tags: _, ...rest }) => rest,
  "pg-vault-development": (resource) => ({ ...resource, tags: {} }),
  "pg-refunds-staging": (resource) => ({ ...resource, status: "deleted" }),
  "pg-search-production-replica": ({ permissions: _, ...rest }) => rest,
  "k8s-staging-reports": (resource) => ({ ...resource, status: "error" }),
  "bq-forecasts-raw": (resource) => ({ ...resource, permissions: [] }),
};

/** The inventory by file name. */
export function inventory(): Readonly<Record<string, readonly Resource[]>> {
  const files = { aws: aws(), postgresql: postgresql(), kubernetes: kubernetes(), gcp: gcp(), ssh: ssh() };
  return Object.fromEntries(Object.entries(files).map(([file, list]) => [file, list.map((item) => oddities[item.id]?.(item) ?? item)]));
}

function aws(): readonly Resource[] {
  const bucket = (purpose: string, environment: Environment) => (service: Service) => ({
    ...record("s3", `${service.name}-${purpose}`, environment, "aws-account-s3-bucket", "int-aws", service),
    name: `harbourline-${service.name}-${purpose}-${environment}`,
    sourceId: `arn:aws:s3:::harbourline-${service.name}-${purpose}-${environment}`,
    permissions: ["read", "write", { name: "delete", riskLevel: "3" }],
  });
  return [
    ...services.flatMap((service) => ["data", "logs", "backups"].map((purpose) => bucket(purpose, "production")(service))),
    ...services.flatMap((service) => ["data", "logs"].map((purpose) => bucket(purpose, "staging")(service))),
    ...services.map((service) => ({
      ...record("secret", service.name, "production", "aws-account-secret", "int-aws", service),
      riskLevel: "3",
      permissions: ["read", { name: "rotate", riskLevel: "3" }],
    })),
    ...services.slice(0, 20).map((service) => ({
      ...record("ec2", `${service.name}-worker`, "production", "aws-account-ec2-instance", "int-aws", service),
      permissions: ["connect", "reboot"],
    })),
    ...services.slice(0, 15).map((service) => ({
      ...record("role", `${service.name}-deploy`, "production", "aws-account-iam-role", "int-aws", service),
      permissions: ["assume"],
    })),
  ].map((resource) => ({ ...resource, context: { account: resource.id.endsWith("production") ? "417290385561" : "417290385570" } }));
}

function postgresql(): readonly Resource[] {
  const permissions = [
    { id: "pg:select", name: "read", riskLevel: "1", tags: { personal: "masked" } },
    { id: "pg:write", name: "write", riskLevel: "2", context: { statement: "insert, update, delete" } },
    { id: "pg:admin", name: "admin", riskLevel: "3", context: { statement: "all" } },
  ];
  const database = (environment: Environment) => (service: Service) => ({
    ...record("pg", service.name, environment, "postgresql-database", "int-postgresql", service),
    path: `${environment}/${region(service)}/${service.name}`,
    context: { engine: environment === "development" ? "16.2" : "15.6" },
    permissions,
  });
  return [
    ...services.flatMap((service) =>
      (["production", "staging", "development"] as const).map((environment) => database(environment)(service)),
    ),
    ...services.slice(0, 15).map((service) => {
      const primary = database("production")(service);
      const permission = permissions.slice(0, 1);
      return {
        ...primary,
        id: `${primary.id}-replica`,
        name: `${primary.name}-replica`,
        path: `${primary.path}-replica`,
        permissions: permission,
      };
    }),
  ];
}

function kubernetes(): readonly Resource[] {
  const namespace = (cluster: string, environment: Environment) => (service: Service) => ({
    ...record("k8s", service.name, environment, "k8s-namespace", "int-kubernetes", service),
    id: `k8s-${cluster}-${service.name}`,
    name: `${cluster}/${service.name}`,
    path: `clusters/${cluster}/namespaces/${service.name}`,
    permissions: ["view", "logs", { name: "exec", riskLevel: "3" }],
  });
  return [
    ...services.map(namespace("production-eu", "production")),
    ...services.map(namespace("production-us", "production")),
    ...services.map(namespace("staging", "staging")),
    ...services.map((service) => ({
      ...record("k8s", `deployment-${service.name}`, "production", "k8s-deployment", "int-kubernetes", service),
      name: `production-eu/${service.name}/${service.name}`,
      path: `clusters/production-eu/namespaces/${service.name}/deployments/${service.name}`,
      permissions: ["restart", "scale"],
    })),
  ];
}

function gcp(): readonly Resource[] {
  const dataset = (layer: string) => (service: Service) => ({
    ...record("bq", `${service.name}_${layer}`, "production", "gcp-bigquery-dataset", "int-gcp", service),
    id: `bq-${service.name}-${layer}`,
    name: `${service.name.replace("-", "_")}_${layer}`,
    path: `harbourline-warehouse/${service.name}_${layer}`,
    permissions: [
      { id: "roles/bigquery.dataViewer", name: "viewer", riskLevel: "1" },
      { id: "roles/bigquery.dataEditor", name: "editor", riskLevel: "2" },
    ],
  });
  return [
    ...services.slice(0, 10).map((service) => ({
      ...record("gcp-project", service.name, "production", "gcp-project", "int-gcp", service),
      name: `harbourline-${service.name}`,
      permissions: [
        { id: "roles/viewer", name: "viewer" },
        { id: "roles/editor", name: "editor", riskLevel: "3" },
      ],
    })),
    ...services.slice(0, 20).flatMap((service) => ["raw", "curated"].map((layer) => dataset(layer)(service))),
    ...services.slice(0, 20).map((service) => ({
      ...record("gcs", `${service.name}-exports`, "production", "gcp-storage-bucket", "int-gcp", service),
      permissions: [{ id: "roles/storage.objectViewer", name: "viewer" }],
    })),
  ];
}

/** Hosts as they report themselves: no status, and no owner anybody wrote down. */
function ssh(): readonly Resource[] {
  const host = (id: string, name: string, environment: string, tags: Readonly<Record<string, string>>) => ({
    id,
    name,
    type: "ssh-server",
    integration: "int-ssh",
    path: `${environment}/${name}`,
    riskLevel: environment === "production" ? "2" : "1",
    tags: { env: environment, ...tags },
    permissions: ["user", { name: "root", riskLevel: "3" }],
  });
  return [
    ...["eu-west-1", "us-east-1", "ap-south-1", "ap-southeast-2", "sa-east-1"].map((place) =>
      host(`ssh-bastion-${place}`, `bastion.${place}.harbourline.example`, "production", { role: "bastion", region: place }),
    ),
    ...services.flatMap(({ name, team, ...service }) =>
      [1, 2].map((number) =>
        host(`ssh-${name}-app-${number}`, `${name}-app-${number}.harbourline.example`, number === 1 ? "production" : "staging", {
          team,
          region: region({ name, team, ...service }),
        }),
      ),
    ),
  ];
}

function team(name: string, risk: string, data: string, ...names: readonly string[]): readonly Service[] {
  return names.map((service) => ({ name: service, team: name, risk, data }));
}

function region(service: Service): string {
  return regions[service.team] ?? "eu-west-1";
}

function record(prefix: string, name: string, environment: Environment, type: string, integration: string, service: Service): Resource {
  return {
    id: `${prefix}-${name}-${environment}`,
    name: `${name}-${environment}`,
    type,
    integration,
    status: "active",
    riskLevel: environment === "production" ? service.risk : "1",
    tags: { env: environment, owner: owners[service.team] ?? "", team: service.team, region: region(service), data: service.data },
  };
}

/** One key a line and no deeper: long enough to read, short enough to review. */
function print(resources: readonly Resource[]): string {
  const records = resources.map((resource) => {
    const lines = Object.entries(resource).map(([key, value]) => `    ${JSON.stringify(key)}: ${JSON.stringify(value)}`);
    return `  {\n${lines.join(",\n")}\n  }`;
  });
  return `[\n${records.join(",\n")}\n]\n`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  for (const [file, resources] of Object.entries(inventory())) {
    writeFileSync(new URL(`resources/${file}.json`, import.meta.url), print(resources));
  }
}
