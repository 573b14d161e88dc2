import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The file by which the demo knows a folder as its own. */
const mark = "accessflow-demo.txt";

const about = "Written by `npm run demo`. The demo deletes `data` in this folder whenever it starts afresh.\n";

/** Makes the folder the demo's, or says why not: a folder with anything in it that is not the demo's is left as it is. */
export function claimFolder(folder: string): { readonly wrong: string } | null {
  try {
    mkdirSync(folder, { recursive: true });
    if (existsSync(join(folder, mark))) return null;
    if (readdirSync(folder).length > 0) return { wrong: `${folder} holds something that is not the demo's; it is left as it is` };
    writeFileSync(join(folder, mark), about);
    return null;
  } catch (error) {
    return { wrong: `the demo cannot keep anything in ${folder}: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** Says of a database folder that the database in it was made whole: one that was killed in the making is made anew. */
export function isWhole(folder: string): boolean {
  return existsSync(join(folder, "whole"));
}

export function setWhole(folder: string): void {
  writeFileSync(join(folder, "whole"), "");
}

/** Takes away what an earlier run has left, the sign that it is whole first. */
export function clearFolder(folder: string): void {
  for (const name of ["whole", "data"]) rmSync(join(folder, name), { recursive: true, force: true });
}
