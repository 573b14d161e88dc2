import { PGlite } from "@electric-sql/pglite";
import { embeddedStore } from "../../../src/adapters/pglite/index.js";
import { nextWrite } from "../../../src/testing/store/sample-write.js";

// Commits one revision of r1 after the other, and prints each when it was acknowledged, until it is killed.
const store = await embeddedStore({ folder: process.argv[2] ?? "", open: (path) => PGlite.create(path) });
for (;;) {
  const state = await store.load("r1");
  if (state === null) throw new Error("the request is gone");
  const write = nextWrite(state);
  const { outcome } = await store.commit(write);
  if (outcome !== "committed") throw new Error(`a commit of the only writer was answered ${outcome}`);
  process.stdout.write(`${write.state.revision}\n`);
}
