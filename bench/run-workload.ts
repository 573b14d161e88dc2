/* Measures one workload in a process of its own, and prints the result as JSON. */
import { pathToFileURL } from "node:url";
import { measureCase, measureGrowth, type Workload } from "./measure.js";

const { workload } = (await import(pathToFileURL(process.argv[2] ?? "").href)) as { workload: Workload };
const cases = [];
for (const each of await workload.cases()) cases.push(await measureCase(each));
const growth = [];
for (const each of workload.growth ?? []) growth.push(await measureGrowth(each));
process.stdout.write(JSON.stringify({ id: workload.id, title: workload.title, cases, growth }));
