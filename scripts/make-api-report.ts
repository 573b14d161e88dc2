// Writes `docs/api/<entry>.api.md`, the report of what each entry exports; with --check, compares instead.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Extractor, ExtractorConfig, ExtractorLogLevel } from "@microsoft/api-extractor";
import { entries } from "./entries.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const check = process.argv.includes("--check");
const reportFolder = join(root, "docs", "api");
mkdirSync(reportFolder, { recursive: true });
mkdirSync(join(root, "temp"), { recursive: true });

let failed = false;
for (const { file: entry } of entries) {
  const config = ExtractorConfig.prepare({
    configObjectFullPath: join(root, "api-extractor.json"),
    packageJsonFullPath: join(root, "package.json"),
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: join(root, "dist", `${entry}.d.ts`),
      compiler: {
        overrideTsconfig: {
          compilerOptions: { target: "es2022", module: "nodenext", moduleResolution: "nodenext", types: [], strict: true },
        },
      },
      apiReport: {
        enabled: true,
        reportFolder,
        reportFileName: `${entry.replaceAll("/", "-")}.api.md`,
        reportTempFolder: join(root, "temp"),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        extractorMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
        tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
      },
    },
  });
  const result = Extractor.invoke(config, { localBuild: !check, showVerboseMessages: false, messageCallback: quiet });
  if (check && result.apiReportChanged) {
    console.error(`docs/api/${entry}.api.md is not what dist/${entry}.d.ts says: run \`npm run docs:api\` and look at the difference`);
    failed = true;
  }
  if (!result.succeeded && !result.apiReportChanged) failed = true;
}
process.exitCode = failed ? 1 : 0;

/** The extractor's own chatter about compiler versions says nothing about the report. */
function quiet(message: { logLevel: ExtractorLogLevel; handled: boolean }): void {
  if (message.logLevel !== ExtractorLogLevel.Error) message.handled = true;
}
