import { Defect } from "../kernel/defect.js";
import type { Instant } from "./instant.js";
import { millisecondsPerDay } from "./local-date.js";

/** A while in which the clocks of a zone run evenly: local time is `instant + offset`, in milliseconds, before `until`. */
export type Stretch = { readonly offset: number; readonly until: Instant };

/** What the clocks on the wall of one zone show. */
export type Zone = {
  /** How far local time is ahead of `at`, in milliseconds. */
  readonly offsetAt: (at: Instant) => number;
  /** The stretch that `at` is in. It may end before the offset changes, never after. */
  readonly stretchAt: (at: Instant) => Stretch;
};

/**
 * Offsets are read every four days, and a change is searched for only between two readings that differ. In
 * the IANA data of 1970 to 2100 (release 2025b) no two changes of a zone are less than 167 hours apart
 * (America/Noronha in October 2000, Asia/Gaza around some Ramadans), so none is missed.
 */
const step = 4 * millisecondsPerDay;

/** Steps of a page are counted by the low nine bits: 512 of them, five and a half years in half a kilobyte. */
const pageBits = 9;
const stepsPerPage = 1 << pageBits;

/** 180 years: 16 kB of readings and a few hundred changes are the most that one zone holds. */
const mostPages = 32;

/**
 * A zone that remembers what it has read. `read` is slow and pure: the offset at an instant on a whole
 * second. What is forgotten is read again, so the table changes no answer.
 */
export function createZoneTable(read: (at: Instant) => number): Zone {
  const offsets: number[] = [];
  /** By step: 1 + the position in `offsets` of what holds at its start, 0 where not read yet. A page ends with the next one's first. */
  let pages: Uint8Array[] = [];
  let pagesHeld = 0;
  let changes = new Map<number, Instant>();

  function pageOf(index: number): Uint8Array {
    const number = index >> pageBits;
    const found = pages[number];
    if (found !== undefined) return found;
    if (pagesHeld === mostPages) {
      pages = [];
      pagesHeld = 0;
      changes = new Map();
    }
    pagesHeld += 1;
    const page = new Uint8Array(stepsPerPage + 1);
    pages[number] = page;
    return page;
  }

  /** Reads the offset at the start of a step into the page, and gives what then stands there. */
  function fill(page: Uint8Array, slot: number, start: Instant): number {
    const offset = read(start);
    const position = offsets.indexOf(offset);
    const code = position < 0 ? offsets.push(offset) : position + 1;
    // A zone has had a dozen offsets at most. Cut to a byte, a 257th would be taken for the first.
    if (code > 255) throw new Defect("a zone of more than 255 offsets");
    page[slot] = code;
    return code;
  }

  function changeWithin(index: number, before: number): Instant {
    const found = changes.get(index) ?? firstChange(read, index * step, before);
    changes.set(index, found);
    return found;
  }

  function stretchAt(at: Instant): Stretch {
    const index = (at / step) | 0;
    const end = (index + 1) * step;
    const page = pageOf(index);
    const slot = index & (stepsPerPage - 1);
    const first = page[slot] || fill(page, slot, index * step);
    const last = page[slot + 1] || fill(page, slot + 1, end);
    const before = offsets[first - 1] ?? 0;
    if (first === last) return { offset: before, until: end };
    const change = changeWithin(index, before);
    return at < change ? { offset: before, until: change } : { offset: offsets[last - 1] ?? 0, until: end };
  }

  // What `stretchAt` says, without making a record: most questions are about this number alone, and need nothing else.
  function offsetAt(at: Instant): number {
    const index = (at / step) | 0;
    const page = pages[index >> pageBits];
    if (page === undefined) return stretchAt(at).offset;
    const slot = index & (stepsPerPage - 1);
    const first = page[slot] ?? 0;
    if (first === 0 || first !== page[slot + 1]) return stretchAt(at).offset;
    return offsets[first - 1] ?? 0;
  }

  return { offsetAt, stretchAt };
}

/** The first instant of the step at which the offset is no longer `before`. Clocks are changed on whole seconds. */
function firstChange(read: (at: Instant) => number, start: Instant, before: number): Instant {
  let same = start / 1000;
  let changed = (start + step) / 1000;
  while (changed - same > 1) {
    const middle = Math.floor((same + changed) / 2);
    if (read(middle * 1000) === before) same = middle;
    else changed = middle;
  }
  return changed * 1000;
}
