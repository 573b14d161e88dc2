import { appendFileSync } from "node:fs";
import { declareClassPlugin, PluginKind } from "@stryker-mutator/api/plugin";

/** Appends each change that was not noticed to `reports/survivors.txt` as soon as it is known: a part takes its time. */
class SurvivorsAsTheyCome {
  onMutantTested({ status, fileName, location, mutatorName, replacement }) {
    if (status !== "Survived" && status !== "NoCoverage") return;
    const place = `${fileName}:${location.start.line}:${location.start.column}-${location.end.line}:${location.end.column}`;
    appendFileSync(new URL("reports/survivors.txt", import.meta.url), `${place} ${mutatorName} ${JSON.stringify(replacement)}\n`);
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.Reporter, "survivors-as-they-come", SurvivorsAsTheyCome)];
