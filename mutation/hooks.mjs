/*
 * node --import tsx --import ./mutation/hooks.mjs: where the tests find what they import by name. The library is the
 * copy in which they stand, which Stryker has changed; vitest and fast-check are what stands in for them here.
 */
import { register } from "node:module";
import { isMainThread } from "node:worker_threads";

if (isMainThread) register(import.meta.url);

const standIns = { vitest: "./vitest-on-mocha.ts", "fast-check": "./fast-check-in-few.ts" };

export async function resolve(specifier, context, nextResolve) {
  if (Object.hasOwn(standIns, specifier)) return nextResolve(new URL(standIns[specifier], import.meta.url).href, context);
  const [, entry] = specifier.match(/^accessflow(?:\/(.+))?$/) ?? [null, null];
  const root = context.parentURL?.slice(0, context.parentURL.lastIndexOf("/test/") + 1);
  if (!root || entry === null) return nextResolve(specifier, context);
  return nextResolve(`${root}src/${entry === undefined ? "" : `${entry}/`}index.ts`, context);
}
