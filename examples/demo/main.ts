import { readFolder } from "./flows/read-folder.js";
import { reportOn } from "./flows/report.js";
import { readOptions, usage } from "./options.js";
import { clean } from "./print/clean.js";
import { type Colour, colourFor } from "./print/colour.js";
import { printReport } from "./print/report-text.js";
import { runWeek } from "./run-week.js";

/** Writes the demo and gives the exit code. */
async function main(args: readonly string[], colour: Colour): Promise<number> {
  const options = readOptions(args);
  if ("wrong" in options) {
    process.stderr.write(`${clean(options.wrong)}\n\n${usage}`);
    return 2;
  }
  if (options.show === "help") {
    process.stdout.write(usage);
    return 0;
  }
  if (options.flows === null) {
    const failed = await runWeek(options, colour, (text) => process.stdout.write(text));
    if (failed === null) return 0;
    process.stderr.write(`${clean(failed.wrong)}\n`);
    return 1;
  }
  const folder = readFolder(options.flows);
  if ("wrong" in folder) {
    process.stderr.write(`${clean(folder.wrong)}\n`);
    return 1;
  }
  const report = reportOn(folder);
  process.stdout.write(options.json ? `${JSON.stringify(report, null, 2)}\n` : printReport(report, colour));
  return report.faults === 0 ? 0 : 1;
}

// A reader that has seen enough (`| head`) closes the pipe; that is no fault.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

process.exitCode = await main(process.argv.slice(2), colourFor(process.stdout, process.env["NO_COLOR"]));
