/*
 * fast-check, with few cases for each property, always the same, and no search for the smallest that fails: a change
 * that only thousands of cases notice has too weak a test. `bundle.mjs` puts it in the place of "fast-check".
 */
import * as fastCheck from "fast-check";

const most = 60;

type Parameters = fastCheck.Parameters<unknown>;

function few({ numRuns = 100, ...others }: Parameters = {}): Parameters {
  return { ...others, numRuns: Math.min(numRuns, most), seed: 7, endOnFailure: true };
}

export * from "fast-check";
export const assert = (property: fastCheck.IRawProperty<unknown>, parameters?: Parameters): unknown =>
  fastCheck.assert(property as never, few(parameters) as never);
export const check = (property: fastCheck.IRawProperty<unknown>, parameters?: Parameters): unknown =>
  fastCheck.check(property as never, { ...parameters, endOnFailure: true } as never);
