import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { declareClassPlugin, PluginKind } from "@stryker-mutator/api/plugin";

const { ACCESSFLOW_MUTATE: part = "kernel" } = process.env;

/** Writes down each change that was not noticed as soon as it is known: a part takes its time, and may be stopped. */
class SurvivorsAsTheyCome {
  #file = new URL(`reports/${part}.survivors.txt`, import.meta.url);

  onDryRunCompleted() {
    mkdirSync(new URL(".", this.#file), { recursive: true });
    writeFileSync(this.#file, "");
  }

  onMutantTested({ status, fileName, location, mutatorName, replacement }) {
    if (status !== "Survived" && status !== "NoCoverage") return;
    const place = `${fileName}:${location.start.line}:${location.start.column}-${location.end.line}:${location.end.column}`;
    appendFileSync(this.#file, `${place} ${mutatorName} ${JSON.stringify(replacement)}\n`);
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.Reporter, "survivors-as-they-come", SurvivorsAsTheyCome)];
