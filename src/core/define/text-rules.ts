import type { IssueCode } from "../kernel/issue.js";
import { codePoints, hasLoneSurrogate } from "../kernel/text.js";
import { isRealDate } from "../time/local-date.js";
import { wallTimeMs } from "../time/wall-time.js";
import { runtimeZones } from "../time/zone.js";
import type { ZoneSource } from "../time/zone-source.js";
import type { TextRule } from "./shape.js";

/** What is wrong with a text: what it must be, as the message goes on after the place. */
type TextFault = { readonly code: IssueCode; readonly must: string; readonly limit?: number };

/** The first thing that is wrong with a text under a rule and a limit of characters, or null. Zones are looked up in `zones`. */
export function faultOfText(text: string, rule: TextRule, max: number | null, zones: ZoneSource = runtimeZones): TextFault | null {
  if (rule !== "any" && rule !== "notEmpty" && hasLoneSurrogate(text)) {
    return { code: "lone_surrogate", must: "be whole characters, without a lone surrogate" };
  }
  return faultOfWholeText(text, rule, max, zones);
}

/** The same for a text that is known to have no lone surrogate, or may have one. */
export function faultOfWholeText(text: string, rule: TextRule, max: number | null, zones: ZoneSource): TextFault | null {
  return faultUnderRule(text, rule, zones) ?? (max === null ? null : faultOfLength("too_long", text, max));
}

function faultUnderRule(text: string, rule: TextRule, zones: ZoneSource): TextFault | null {
  switch (rule) {
    case "any":
    case "wellFormed":
      return null;
    case "notEmpty":
      return text === "" ? blank : null;
    case "filled":
      return text.trim() === "" ? blank : null;
    case "name":
      return faultOfName(text.trim());
    case "id":
      return faultOfId(text);
    case "from":
      return wallTimeMs(text, "from") === null ? { code: "time_invalid", must: "be a time, HH:mm or HH:mm:ss" } : null;
    case "to":
      return wallTimeMs(text, "to") === null ? { code: "time_invalid", must: "be a time, HH:mm or HH:mm:ss or 24:00" } : null;
    case "timeZone":
      return faultOfZone(text, zones);
    case "date":
      return isRealDate(text) ? null : { code: "date_unknown", must: "be a date of the calendar, YYYY-MM-DD" };
  }
}

const blank: TextFault = { code: "blank", must: "say something" };

/** A character is one code unit or two: only texts between the two bounds are counted through. */
function faultOfLength(code: IssueCode, text: string, limit: number): TextFault | null {
  if (text.length <= limit || (text.length <= 2 * limit && codePoints(text) <= limit)) return null;
  return { code, must: `be at most ${limit} characters long`, limit };
}

const longestName = 100;
const longestId = 128;
const nameCharacters = /^[\p{L}\p{M}\p{Nd} .,_\-'()&/:+]*$/u;
const letterOrDigit = /[\p{L}\p{M}\p{Nd}]/u;
const idCharacters = /^[A-Za-z0-9._:-]+$/;

/** D2, after trimming. */
function faultOfName(name: string): TextFault | null {
  const tooLong = faultOfLength("name_invalid", name, longestName);
  if (tooLong !== null) return tooLong;
  if (!nameCharacters.test(name)) return { code: "name_invalid", must: "hold letters, digits, spaces and . , _ - ' ( ) & / : + only" };
  return letterOrDigit.test(name) ? null : { code: "name_invalid", must: "hold a letter or a digit" };
}

function faultOfId(id: string): TextFault | null {
  const tooLong = faultOfLength("id_invalid", id, longestId);
  if (tooLong !== null) return tooLong;
  return idCharacters.test(id) ? null : { code: "id_invalid", must: "hold letters from a to z, digits and . _ : - only" };
}

/** `+02:00`, `-5`, `UTC+2`, `GMT-05:00`, `Z`: an offset, not the name of a place (S5). `GMT+0` is a name. */
const offset = /^(?:UTC|GMT)?[+\-\u2212]\d|^Z$/i;
const bareOffset = /^[+\-\u2212]/;

function faultOfZone(name: string, zones: ZoneSource): TextFault | null {
  if (!bareOffset.test(name) && zones.findZone(name) !== null) return null;
  const code = offset.test(name.trim()) ? "time_zone_offset" : "time_zone_unknown";
  const knower = zones === runtimeZones ? "this runtime knows" : "the given zone tables have";
  const must = `be the name of a time zone that ${knower}, for example \`Europe/Paris\``;
  return { code, must: code === "time_zone_offset" ? `${must} or \`Etc/GMT+5\`` : must };
}

/** The id that a valid name gives (D2), or null where nothing, or too much, remains. */
export function defaultId(name: string): string | null {
  const id = name
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9._:]+/g, "-")
    .replace(/^-|-$/g, "");
  return id === "" || id.length > longestId ? null : id;
}
