import { hasLoneSurrogate } from "../../core/kernel/text.js";

/** A name as an SQL identifier: whatever stands between the quotes is the name. */
export function quotedIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text as an SQL literal. The `E` form reads backslashes in one way, whatever `standard_conforming_strings` says. */
export function quotedLiteral(text: string): string {
  return `E'${text.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
}

/** Whether PostgreSQL can hold such a name: a NUL cannot be sent, and half a surrogate pair would be sent as another name. */
export function canBeName(name: string): boolean {
  return name !== "" && !name.includes("\0") && !hasLoneSurrogate(name);
}
