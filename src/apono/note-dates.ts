import { addNote, type Reading } from "./reading.js";

/** Dates of the server's own records: neither definitions nor catalogues bear any. */
export function noteDates(reading: Reading, draft: { readonly [key: string]: unknown }): void {
  for (const key of ["creation_date", "update_date", "created_date"]) {
    if (Object.hasOwn(draft, key) && draft[key] !== null) addNote(reading, [key], "is left out: definitions bear no dates");
  }
}
