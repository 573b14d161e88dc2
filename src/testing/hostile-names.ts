/**
 * Names that mean something to one system or another: SQL, LDAP filters, shells, spreadsheets, markup, terminals.
 * To a port they are data (TH19).
 */
export const hostileNames: readonly string[] = Object.freeze([
  `x"; DROP ROLE bystander; --`,
  `x'); SELECT 1; --`,
  `quo"te`,
  `quo""te`,
  `it's`,
  `back\\slash`,
  `\\'; SELECT 1; --`,
  "$1",
  "$$ $body$",
  `$\{name}`,
  "%I %s %%",
  "*",
  ")(uid=*",
  "a b",
  " padded ",
  "a/b/../c",
  "/* a */ -- b",
  "=1+1",
  "<b>&amp;",
  "line\nbreak",
  "\u001b[31mred",
  "Grüße",
  "管理者",
  "👩‍💻",
  "__proto__",
  "constructor",
  "null",
]);
