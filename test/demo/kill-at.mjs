import { PGlite } from "@electric-sql/pglite";

/* Loaded before the demo, as `kill-at.mjs?statement=<n>`: this process is killed before it sends its n-th statement. */
const last = Number(new URL(import.meta.url).searchParams.get("statement"));
let sent = 0;

for (const name of ["query", "exec"]) {
  const send = PGlite.prototype[name];
  PGlite.prototype[name] = function (...args) {
    sent += 1;
    if (sent === last) process.kill(process.pid, "SIGKILL");
    return send.apply(this, args);
  };
}
