export { zoneTables } from "../dist/zones.js";
