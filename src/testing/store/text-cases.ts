import type { RequestStore, RequestWrite } from "../../ports/request-store.js";
import type { ConformanceCase } from "../conformance-case.js";
import { expectSame } from "../expect-same.js";
import { committed, sampleEffect, sampleState, start, writeOf } from "./sample-write.js";
import { type MakeStore, storeCase } from "./store-under-test.js";

/** Ids that some store, locale or Unicode form takes for one another (TH10). They are all different. */
const lookAlikes: readonly string[] = [
  ...["info", "Info", "INFO", "ınfo", "İnfo", "i\u0307nfo", "info ", " info", "info\u200b", "ｉnfo"],
  ...["\u00e9", "e\u0301", "\u00c9", "E\u0301", "e", "strasse", "stra\u00dfe", "STRASSE", "\u017ftrasse"],
  ...["\u212a", "k", "K", "\ufb01", "fi", "\u2126", "\u03a9", "\u{1d400}", "A", "0", "00", "0.0", "1e0", "null", "undefined", "true", ""],
];

/** Texts that end a quotation, a path, a pattern or a line somewhere (TH19). */
const hostile: readonly string[] = [
  ...["'; drop table requests; --", '"quoted"', "$1", "$$", "$body$", "%", "_%", "\\", "\\'", "\\u0000", "\\x00", "{}", '{"a":1}', "[1,2]"],
  ...[
    "a\nb",
    "a\r\nb",
    "\t",
    "\u001b[31m",
    "\u001a0000",
    "\u202e",
    "\ufeff",
    "\ufffd",
    "\ufffe",
    "\u{1f511}",
    "\u2028",
    "__proto__",
    "toString",
  ],
  ...["a,b", "{a,b}", "NULL", "a:b:c", "../..", "é".repeat(300), "x".repeat(5000)],
];

/** Texts that no UTF-8 says, or some databases refuse: to be kept exactly or refused, never changed. */
const unspeakable: readonly string[] = ["\u0000", "a\u0000b", "a\u0000c", "\ud800", "\udc00", "a\ud83d", "\udc00\ud800"];

/** What becomes of text: nothing. */
export function textCases(make: MakeStore): readonly ConformanceCase[] {
  return [
    storeCase(make, "text: request ids compare byte by byte", async (store) => {
      for (const id of lookAlikes) await committed(store, writeOf(sampleState(id, { justification: `of ${id}` })));
      for (const id of lookAlikes) {
        expectSame(`load of ${id}`, (await store.load(id))?.request.justification, `of ${id}`);
        expectSame(
          `events of ${id}`,
          (await store.events(id, 0)).map(({ request }) => request),
          [id],
        );
      }
      for (const stranger of ["iNFO", "\u00c9 ", "kK"]) expectSame(`load of ${stranger}`, await store.load(stranger), null);
    }),

    storeCase(make, "text: ids of people and flows compare byte by byte", async (store) => {
      for (const [position, id] of lookAlikes.entries()) {
        const people = { requestor: id, grantee: `for ${id}`, voters: [`by ${id}`] };
        await committed(store, writeOf(sampleState(`r${position}`, people)));
      }
      for (const [position, id] of lookAlikes.entries()) {
        const only = [`r${position}`];
        expectSame(`requestor ${id}`, await found(store, { requestor: id }), only);
        expectSame(`grantee ${id}`, await found(store, { grantee: `for ${id}` }), only);
        expectSame(`voter ${id}`, await found(store, { voter: `by ${id}` }), only);
        expectSame(
          `held by ${id}`,
          (await store.held(`for ${id}`)).map(({ request }) => request),
          only,
        );
      }
      // Ids of flows are of a small alphabet (D), so letter case is all that can be mistaken.
      const flows = ["info", "Info", "INFO", "iNFO"];
      for (const flow of flows) await committed(store, writeOf(sampleState(`of-${flow}`, { flow })));
      for (const flow of flows) expectSame(`flow ${flow}`, await found(store, { flow }), [`of-${flow}`]);
    }),

    storeCase(make, "text: command keys, effect keys and lanes compare byte by byte", async (store) => {
      const command = (actor: string, key: string) => ({ actor, key, bodyHash: `${actor}|${key}` });
      for (const [position, text] of lookAlikes.entries()) {
        const effects = [sampleEffect(`e${text}`, `lane ${text}`)];
        await committed(store, writeOf(sampleState(`a${position}`), { command: command(text, "k"), effects }));
        await committed(store, writeOf(sampleState(`k${position}`), { command: command("one and the same", text) }));
      }
      // None waits for another: they are all the first of their lane.
      const claimed = await store.claimEffects({ now: start, leaseMs: 1000, limit: 1000, worker: "w" });
      expectSame(
        "claimed",
        claimed.map(({ effect }) => effect.key),
        lookAlikes.map((text) => `e${text}`),
      );
    }),

    storeCase(make, "text: hostile text is data, in ids and in values", async (store) => {
      for (const text of hostile) await roundTrip(store, text);
      expectSame("every request is there", (await store.list({ limit: 1000 })).items.length, hostile.length);
    }),

    storeCase(make, "text: what a store cannot keep it refuses, changing nothing", async (store) => {
      const kept: string[] = [];
      for (const text of unspeakable) if (await isKept(store, text)) kept.push(text);
      for (const text of kept) expectSame(`load of ${JSON.stringify(text)}`, (await store.load(`r${text}`))?.request.id, `r${text}`);
      expectSame("requests", (await store.list({ limit: 1000 })).items.length, kept.length);
    }),
  ];
}

async function found(store: RequestStore, query: Partial<Parameters<RequestStore["list"]>[0]>): Promise<readonly string[]> {
  return (await store.list({ ...query, limit: 100 })).items.map(({ request }) => request.id);
}

function writeWith(text: string): RequestWrite {
  const state = sampleState(`r${text}`, {
    requestor: text,
    voters: [`v${text}`],
    justification: text,
    entitlement: { resource: text, permission: text },
  });
  const effects = [sampleEffect(`e${text}`, `lane ${text}`)];
  return writeOf(state, { effects, command: { actor: text, key: text, bodyHash: text } });
}

/** Writes a text in every place, and finds it again in every place. */
async function roundTrip(store: RequestStore, text: string): Promise<void> {
  const write = writeWith(text);
  const { state, event, command } = write;
  await committed(store, write);
  await readBack(store, text, write);
  expectSame("the command", await store.commit({ ...write, command }), { outcome: "repeated", id: state.request.id, revision: 1 });
  expectSame("the event", await store.events(state.request.id, 0), [event]);
}

async function readBack(store: RequestStore, text: string, { state, effects }: RequestWrite): Promise<void> {
  const { id } = state.request;
  expectSame("the state", await store.load(id), state);
  expectSame("the requestor's", await found(store, { requestor: text }), [id]);
  expectSame("the voter's", await found(store, { voter: `v${text}` }), [id]);
  expectSame("held", await store.held(text), [{ request: id, status: state.status, entitlements: state.request.entitlements }]);
  const claim = async () => (await store.claimEffects({ now: start, leaseMs: 1000, limit: 10, worker: text }))[0];
  const first = await claim();
  const of = { request: first?.request, effect: first?.effect, lane: first?.lane };
  expectSame("the effect", of, { request: id, effect: effects[0]?.effect, lane: effects[0]?.lane });
  const settled = { key: `e${text}`, lease: first?.lease ?? "" };
  expectSame("retried", await store.settleEffect({ ...settled, outcome: { retryAt: start, handle: text } }), "settled");
  const second = await claim();
  expectSame("the handle", second?.handle, text);
  expectSame("done", await store.settleEffect({ ...settled, lease: second?.lease ?? "", outcome: "done" }), "settled");
}

/** Whether a text was taken; if it was, it must come back as it was. */
async function isKept(store: RequestStore, text: string): Promise<boolean> {
  const write = writeWith(text);
  const outcome = await store.commit(write).catch(() => null);
  if (outcome === null) return false;
  expectSame(`commit of ${JSON.stringify(text)}`, outcome, { outcome: "committed" });
  await readBack(store, text, write);
  return true;
}
