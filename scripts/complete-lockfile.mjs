// Adds to package-lock.json the optional packages of other platforms that the registry in use did not offer
// when the file was written. Without their entries `npm ci` calls the lock file out of step, on every platform.
import { readFileSync, writeFileSync } from "node:fs";

const path = new URL("../package-lock.json", import.meta.url);
const lock = JSON.parse(readFileSync(path, "utf8"));
const systems = ["android", "darwin", "freebsd", "openbsd", "netbsd", "linux", "openharmony", "win32", "sunos", "aix"];
const processors = ["arm64", "arm", "x64", "ia32", "loong64", "ppc64", "riscv64", "s390x", "mips64el"];

for (const [place, { optionalDependencies = {} }] of Object.entries({ ...lock.packages })) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    if (!isLocked(place, name)) lock.packages[`node_modules/${name}`] = entryOf(name, version);
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([left], [right]) => (left < right ? -1 : 1)));
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);

/** Whether a package that stands at `place` finds `name` beside or above itself. */
function isLocked(place, name) {
  const parts = place.split("/node_modules/");
  return (
    parts.some((_, index) => `${parts.slice(0, index + 1).join("/node_modules/")}/node_modules/${name}` in lock.packages) ||
    `node_modules/${name}` in lock.packages
  );
}

/** What the name of a platform package says about where it runs, as npm writes it. */
function entryOf(name, version) {
  const words = name.split("/").at(-1).split("-");
  const os = systems.filter((system) => words.includes(system));
  const cpu = processors.filter((processor) => words.includes(processor));
  if (os.length !== 1 || cpu.length !== 1) throw new Error(`${name}: not the name of a platform package`);
  const libc = os[0] === "linux" ? { libc: [words.includes("musl") ? "musl" : "glibc"] } : {};
  return { version, cpu, dev: true, ...libc, optional: true, os };
}
