import pg from "pg";
import { postgresStore } from "../../../src/adapters/postgres/index.js";
import { nextWrite } from "../../../src/testing/store/sample-write.js";

// Tries a number of times to commit to r1 what follows the revision it has read, and prints each that was acknowledged.
// It begins when the others are there: at a line of its input.
const { connection, writer, attempts } = JSON.parse(process.env["RACE"] ?? "{}");
const pool = new pg.Pool({ ...connection, max: 4 });
const store = postgresStore(pool);
await store.migrate();
process.stdout.write("ready\n");
await new Promise((resolve) => process.stdin.once("data", resolve));

// Four at a time also within this process, all of them from the same revision.
for (let attempt = 0; attempt < attempts; attempt += 4) {
  const state = await store.load("r1");
  if (state === null) throw new Error("the request is gone");
  const tries = [0, 1, 2, 3].map(async (place) => {
    const mark = `${writer}-${attempt + place}`;
    const { outcome } = await store.commit(nextWrite(state, {}, { mfa: { id: mark, at: state.lastAt } }));
    if (outcome === "committed") process.stdout.write(`${state.revision + 1} ${mark}\n`);
    else if (outcome !== "conflict") throw new Error(`unexpected outcome ${outcome}`);
  });
  await Promise.all(tries);
}
process.stdin.destroy();
await pool.end();
