import { lockFolder } from "../../../src/adapters/pglite/folder-lock.js";

// Locks the folder that is named, says so, and waits to be killed.
await lockFolder(process.argv[2] ?? "");
console.log("locked");
setInterval(() => {}, 1000);
