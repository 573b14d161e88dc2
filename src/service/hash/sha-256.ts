/*
 * SHA-256 (FIPS 180-4) in plain arithmetic. The hashes of this service are made in the middle of synchronous work
 * and on every runtime: WebCrypto answers later, and node's own module is not there on edge runtimes.
 */

const blockBytes = 64;

/** The 32 bytes of the hash of some bytes. */
export function sha256(bytes: readonly number[]): readonly number[] {
  const hash = [...initialHash];
  const words = paddedWords(bytes);
  for (let start = 0; start < words.length; start += 16) addBlock(hash, words.slice(start, start + 16));
  return hash.flatMap((word) => [word >>> 24, (word >>> 16) & 0xff, (word >>> 8) & 0xff, word & 0xff]);
}

/** Keyed hash (HMAC, RFC 2104) over SHA-256. */
export function hmacSha256(key: readonly number[], message: readonly number[]): readonly number[] {
  const short = key.length > blockBytes ? sha256(key) : key;
  const padded = Array.from({ length: blockBytes }, (_, position) => short[position] ?? 0);
  const inner = sha256([...padded.map((byte) => byte ^ 0x36), ...message]);
  return sha256([...padded.map((byte) => byte ^ 0x5c), ...inner]);
}

export function hex(bytes: readonly number[]): string {
  return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Whole blocks of sixteen words: the message, a one bit, zeros, and the length in bits. */
function paddedWords(bytes: readonly number[]): readonly number[] {
  const blocks = Math.ceil((bytes.length + 9) / blockBytes);
  const words = new Array<number>(blocks * 16).fill(0);
  const put = (position: number, byte: number): void => {
    const word = position >> 2;
    words[word] = (words[word] ?? 0) | (byte << (24 - 8 * (position & 3)));
  };
  bytes.forEach((byte, position) => {
    put(position, byte);
  });
  put(bytes.length, 0x80);
  words[words.length - 2] = Math.floor(bytes.length / 0x20000000);
  words[words.length - 1] = (bytes.length << 3) | 0;
  return words;
}

function addBlock(hash: number[], block: readonly number[]): void {
  const w = [...block];
  const at = (list: readonly number[], position: number): number => list[position] ?? 0;
  for (let t = 16; t < 64; t += 1) {
    const [early, late] = [at(w, t - 15), at(w, t - 2)];
    const s0 = turned(early, 7) ^ turned(early, 18) ^ (early >>> 3);
    const s1 = turned(late, 17) ^ turned(late, 19) ^ (late >>> 10);
    w.push((at(w, t - 16) + s0 + at(w, t - 7) + s1) | 0);
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = hash;
  for (let t = 0; t < 64; t += 1) {
    const first = (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + at(roundConstants, t) + at(w, t)) | 0;
    const second = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, position) => {
    hash[position] = (at(hash, position) + word) | 0;
  });
}

function turned(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}

/** The first 32 bits of the fractions of roots of primes, as the standard makes its constants. */
function fractionsOfRoots(count: number, exponent: number): readonly number[] {
  const primes: number[] = [];
  for (let n = 2; primes.length < count; n += 1) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  return primes.map((prime) => {
    const root = prime ** exponent;
    return ((root - Math.floor(root)) * 0x100000000) | 0;
  });
}

const initialHash = fractionsOfRoots(8, 1 / 2);
const roundConstants = fractionsOfRoots(64, 1 / 3);
