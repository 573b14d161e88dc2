export type Options = { readonly show: "week" | "flows" | "help"; readonly folder: string | null; readonly json: boolean };

export const usage: string = `Usage: npm run demo -- [options]

Without options: a week of access at an invented company, decided and explained.

  --flows <folder>  read your own .json files instead (one flow, bundle or access scope a file,
                    written for this library or published by the product it models): what is
                    wrong with them, what each flow means, and sample requests decided over it
  --json            the same as JSON
  --help            this text

Exit code: 0, or 1 where a file has a fault or there is nothing to read, or 2 for wrong options.
`;

/** The options, or what is wrong with them. */
export function readOptions(args: readonly string[]): Options | { readonly wrong: string } {
  let folder: string | null = null;
  let json = false;
  let help = false;
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === "--json") json = true;
    else if (arg === "--help" || arg === "-h") help = true;
    else if (arg === "--flows" || arg.startsWith("--flows=")) {
      const value = arg === "--flows" ? rest.shift() : arg.slice("--flows=".length);
      if (value === undefined || value === "" || value.startsWith("-")) return { wrong: "`--flows` needs a folder" };
      if (folder !== null) return { wrong: "`--flows` is given twice" };
      folder = value;
    } else return { wrong: `unknown option \`${arg}\`` };
  }
  return { show: help ? "help" : folder === null ? "week" : "flows", folder, json };
}
