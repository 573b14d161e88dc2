import { type Catalog, checkAccessFlow, describeFlow, type Issue, parseQuery, printQuery, type TargetDefinition } from "accessflow";
import { type Document, readDocument } from "./read-document.js";
import type { Folder } from "./read-folder.js";
import { missingReferences } from "./references.js";
import { decideSamples, type Sample } from "./samples.js";

export type FlowsReport = {
  readonly format: "accessflow-report/v1";
  readonly folder: string;
  readonly files: readonly FileReport[];
  readonly others: readonly string[];
  /** Files with at least one fault. */
  readonly faults: number;
};

export type FileReport = {
  readonly file: string;
  readonly what: Document["what"] | "unreadable";
  readonly written: "accessflow" | "published" | null;
  readonly name: string | null;
  readonly faults: readonly { readonly code: Issue["code"] | "unreadable"; readonly path: Issue["path"]; readonly message: string }[];
  /** What was carried over with a change, and what the file refers to that the folder lacks. */
  readonly notes: readonly string[];
  /** The flow, bundle or access scope in plain words. */
  readonly meaning: readonly string[];
  readonly samples: readonly Sample[];
};

type Read = { readonly file: string; readonly document: Document | null; readonly wrong: string | null };

/** What the files are, what is wrong with them, what they mean, and what they would decide. */
export function reportOn({ folder, files, others }: Folder): FlowsReport {
  const read = files.map((content): Read => {
    if ("wrong" in content) return { file: content.file, document: null, wrong: content.wrong };
    return { file: content.file, document: readDocument(content.json), wrong: null };
  });
  const catalog = catalogOf(read);
  const reports = read.map((one) => reportOne(one, catalog, read));
  return {
    format: "accessflow-report/v1",
    folder,
    files: reports,
    others,
    faults: reports.filter((report) => report.faults.length > 0).length,
  };
}

function reportOne({ file, document, wrong }: Read, catalog: Catalog, all: readonly Read[]): FileReport {
  if (document === null) {
    const faults = [{ code: "unreadable" as const, path: [], message: wrong ?? "unreadable" }];
    return { file, what: "unreadable", written: null, name: null, faults, notes: [], meaning: [], samples: [] };
  }
  const { what, written, name, issues, flow } = document;
  const faults = issues.map(({ code, path, message }) => ({ code, path, message }));
  const twins = flow === null ? [] : all.filter((other) => other.file !== file && other.document?.flow?.id === flow.id);
  const notes = [
    ...document.notes,
    ...missingReferences(document, catalog),
    ...twins.map((other) => `the id \`${flow?.id}\` is that of ${other.file}, too`),
  ];
  const meaning = flow === null ? entriesOf(document) : describeFlow(flow);
  const samples: readonly Sample[] = flow === null ? [] : decideSamples(flow);
  return { file, what, written, name, faults, notes, meaning, samples };
}

/** What bundles hold and access scopes select, as the library reads them. */
function entriesOf({ catalog, issues }: Document): readonly string[] {
  if (issues.length > 0) return [];
  const bundles = (catalog.bundles ?? []).flatMap(({ name, targets }) => contentsOf(targets).map((each) => `\`${name}\` holds ${each}`));
  const scopes = (catalog.accessScopes ?? []).flatMap(({ name, query }) => {
    const parsed = parseQuery(query);
    return parsed.ok ? [`\`${name}\` selects whatever meets: ${printQuery(parsed.value)}`] : [];
  });
  return [...bundles, ...scopes];
}

/** A flow says what its targets give, so a flow over them is asked. */
function contentsOf(targets: readonly TargetDefinition[]): readonly string[] {
  const checked = checkAccessFlow({ name: "bundle", requestors: { conditions: [{ attribute: "user", values: ["anybody"] }] }, targets });
  const sentences = checked.ok ? describeFlow(checked.value) : [];
  const start = "What: ";
  return sentences.filter((sentence) => sentence.startsWith(start)).map((sentence) => sentence.slice(start.length));
}

/** Bundles and access scopes of the folder are the catalogue that its flows refer to. */
function catalogOf(read: readonly Read[]): Catalog {
  const documents = read.flatMap(({ document }) => (document === null || document.issues.length > 0 ? [] : [document.catalog]));
  return {
    integrations: documents.flatMap((catalog) => catalog.integrations ?? []),
    bundles: documents.flatMap((catalog) => catalog.bundles ?? []),
    accessScopes: documents.flatMap((catalog) => catalog.accessScopes ?? []),
  };
}
