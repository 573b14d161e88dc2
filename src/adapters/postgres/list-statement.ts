import type { RequestQuery } from "../../ports/request-store.js";
import { storableText } from "./storable-text.js";

/** The statement of a list, with the conditions that are asked for only; it gives one row more than a page has. */
export function listStatement(schema: string, query: RequestQuery): { readonly text: string; readonly values: readonly string[] } {
  const values: string[] = [];
  const parameter = (value: string): string => `$${values.push(value)}::text`;
  const { requestor, grantee, voter, flow, statuses, after, limit } = query;
  const conditions = [
    requestor === undefined ? null : `requestor = ${parameter(storableText(requestor))}`,
    grantee === undefined ? null : `grantee = ${parameter(storableText(grantee))}`,
    voter === undefined ? null : `voters @> array[${parameter(storableText(voter))}]`,
    flow === undefined ? null : `flow = ${parameter(storableText(flow))}`,
    statuses === undefined ? null : `status = any(string_to_array(${parameter(statuses.join(","))}, ','))`,
    after === undefined ? null : `id > ${parameter(storableText(after))}`,
  ].filter((condition) => condition !== null);
  const text = `select coalesce(json_agg(json_build_object('state', page.state, 'request', s.request) order by page.id), '[]')::text as answer
    from (select id, state from ${schema}.requests
          where ${["true", ...conditions].join(" and ")}
          order by id limit ${parameter(String(limit))}::bigint + 1) page
    join ${schema}.submissions s using (id)`;
  return { text, values };
}
