// Builds the package unless `dist` is newer than everything it is made of.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

export function buildIfStale() {
  const last = join(root, "dist", "index.d.cts");
  const sources = readdirSync(join(root, "src"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const inputs = [
    ...sources,
    join(root, "tsup.config.ts"),
    join(root, "scripts", "core-file.ts"),
    join(root, "tsconfig.json"),
    join(root, "package.json"),
  ];
  if (existsSync(last) && inputs.every((path) => statSync(path).mtimeMs <= statSync(last).mtimeMs)) return;
  const tsup = join(root, "node_modules", "tsup", "dist", "cli-default.js");
  rmSync(join(root, "dist"), { recursive: true, force: true });
  const build = spawnSync(process.execPath, [tsup, "--silent"], { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
  if (build.status !== 0) process.exit(build.status ?? 1);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) buildIfStale();
