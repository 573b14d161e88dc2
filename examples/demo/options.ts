export type Options = {
  readonly show: "week" | "flows" | "help";
  readonly flows: string | null;
  readonly folder: string;
  readonly resume: boolean;
  readonly json: boolean;
};

/** Where the week is kept, in the working directory. */
export const usualFolder = ".accessflow-demo";

export const usage: string = `Usage: npm run demo -- [options]

Without options: a week of access at an invented company, decided and explained, its roles given
and taken in a PostgreSQL within this process. Kill it whenever you like.

  --resume           go on with a week that was killed: nothing is lost, nothing happens twice
  --folder <folder>  where the week is kept; a new one takes its place, unless it is resumed
                     (else ${usualFolder} in the working directory)
  --flows <folder>   read your own .json files instead (one flow, bundle or access scope a file,
                     written for this library or published by the product it models): what is
                     wrong with them, what each flow means, and sample requests decided over it
  --json             the same as JSON
  --help             this text

Exit code: 0, or 1 where a file has a fault, there is nothing to read, or the week cannot be kept,
or 2 for wrong options.
`;

/** The options, or what is wrong with them. */
export function readOptions(args: readonly string[]): Options | { readonly wrong: string } {
  const folders: { flows?: string; folder?: string } = {};
  let json = false;
  let resume = false;
  let help = false;
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    const name = (["flows", "folder"] as const).find((each) => arg === `--${each}` || arg?.startsWith(`--${each}=`));
    if (arg === "--json") json = true;
    else if (arg === "--resume") resume = true;
    else if (arg === "--help" || arg === "-h") help = true;
    else if (name !== undefined) {
      const value = arg === `--${name}` ? rest.shift() : arg.slice(`--${name}=`.length);
      if (value === undefined || value === "" || value.startsWith("-")) return { wrong: `\`--${name}\` needs a folder` };
      if (folders[name] !== undefined) return { wrong: `\`--${name}\` is given twice` };
      folders[name] = value;
    } else return { wrong: `unknown option \`${arg}\`` };
  }
  const { flows = null, folder = usualFolder } = folders;
  if (flows !== null && (resume || folders.folder !== undefined))
    return { wrong: "`--flows` reads files and keeps nothing: no `--folder`, no `--resume`" };
  return { show: help ? "help" : flows === null ? "week" : "flows", flows, folder, resume, json };
}
