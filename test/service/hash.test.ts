import { createHash, createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "../../src/service/hash/canonical-json.js";
import { hex, hmacSha256, sha256 } from "../../src/service/hash/sha-256.js";
import { utf8 } from "../../src/service/hash/utf-8.js";
import { secretIds } from "../../src/service/secret-ids.js";

const bytes = (most: number) => fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: most });

describe("the hashes of the service", () => {
  it("SHA-256 is that of the standard, at every length around the block", () => {
    for (let length = 0; length <= 200; length += 1) {
      const message = Array.from({ length }, (_, position) => (position * 7 + length) & 0xff);
      expect(hex(sha256(message))).toBe(createHash("sha256").update(Uint8Array.from(message)).digest("hex"));
    }
    fc.assert(
      fc.property(bytes(300), (message) => {
        expect(hex(sha256(message))).toBe(createHash("sha256").update(Uint8Array.from(message)).digest("hex"));
      }),
    );
  });

  it("HMAC is that of the standard, for short and long keys", () => {
    fc.assert(
      fc.property(bytes(150), bytes(150), (key, message) => {
        const expected = createHmac("sha256", Uint8Array.from(key)).update(Uint8Array.from(message)).digest("hex");
        expect(hex(hmacSha256(key, message))).toBe(expected);
      }),
    );
  });

  it("writes UTF-8 as the platform does", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(utf8(text)).toEqual([...new TextEncoder().encode(text)]);
      }),
    );
  });

  it("canonical JSON does not depend on the order of keys, and tells different values apart", () => {
    expect(canonicalJson({ b: [1, { d: 2, c: undefined }], a: "x" })).toBe(canonicalJson({ a: "x", b: [1, { d: 2 }] }));
    expect(canonicalJson({ a: "1" })).not.toBe(canonicalJson({ a: 1 }));
    expect(canonicalJson({ a: null })).not.toBe(canonicalJson({}));
  });
});

describe("secretIds", () => {
  const ids = secretIds("0123456789abcdef");

  it("is a pure function of actor and key, of at least 128 bits, and a valid request id", () => {
    const id = ids.requestId({ actor: "ada", key: "k" });
    expect(id).toBe(secretIds("0123456789abcdef").requestId({ actor: "ada", key: "k" }));
    expect(id).toMatch(/^[0-9a-f]{32,128}$/);
  });

  it("no other actor and key, and no other secret, give the same id", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), fc.string(), (actor, key, otherActor, otherKey) => {
        fc.pre(actor !== otherActor || key !== otherKey);
        expect(ids.requestId({ actor, key })).not.toBe(ids.requestId({ actor: otherActor, key: otherKey }));
        expect(ids.requestId({ actor, key })).not.toBe(secretIds("0123456789abcdeg").requestId({ actor, key }));
      }),
    );
  });

  it("takes a secret of bytes, and refuses a short one", () => {
    expect(secretIds(new TextEncoder().encode("0123456789abcdef")).requestId({ actor: "a", key: "b" })).toBe(
      ids.requestId({ actor: "a", key: "b" }),
    );
    expect(() => secretIds("too short")).toThrow("at least 16 bytes");
  });
});
