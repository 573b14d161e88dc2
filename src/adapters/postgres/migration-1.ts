/**
 * Tables and the one function that writes. Ids are compared byte by byte, whatever the database's own collation.
 * What is JSON is kept as `json`: it gives back the very text, NUL and lone surrogates included, where `jsonb`
 * would refuse it. Nothing here looks into it; what is asked by has a column of its own.
 */
export function migration1(schema: string): string {
  return `
  -- What was asked: written once, apart from what changes.
  create table ${schema}.submissions (
    id text collate "C" primary key,
    request json not null
  );

  create table ${schema}.requests (
    id text collate "C" primary key,
    revision bigint not null,
    status text collate "C" not null,
    is_over boolean not null,
    requestor text collate "C" not null,
    grantee text collate "C" not null,
    flow text collate "C" not null,
    voters text[] collate "C" not null,
    wake_at bigint,
    state json not null
  );
  create index on ${schema}.requests (requestor, id);
  create index on ${schema}.requests (grantee, id);
  create index on ${schema}.requests (flow, id);
  create index on ${schema}.requests using gin (voters);
  create index on ${schema}.requests (wake_at, id) where wake_at is not null;

  create table ${schema}.events (
    request text collate "C",
    revision bigint,
    event json not null,
    primary key (request, revision)
  );

  -- Effects that are not settled. Settled ones are deleted: the log of events gives them again.
  create table ${schema}.effects (
    position bigint generated always as identity primary key,
    key text collate "C" not null unique,
    request text collate "C" not null,
    lane text collate "C",
    not_before bigint not null,
    lease text collate "C",
    lease_ends bigint,
    attempt integer not null default 0,
    handle text,
    effect json not null
  );
  create index on ${schema}.effects (lane, position) where lane is not null;

  create table ${schema}.commands (
    actor text collate "C",
    key text collate "C",
    body_hash text collate "C" not null,
    request text collate "C" not null,
    revision bigint not null,
    recorded_at timestamptz not null default now(),
    primary key (actor, key)
  );

  -- Everything is looked at, under locks, before anything is written; so an outcome other than \`committed\` has
  -- nothing to undo. Locks are always taken in the same order: command, effect, request, lanes.
  create function ${schema}.commit_write(write json, submission json, state json, event json) returns text
  language plpgsql set search_path = pg_catalog, pg_temp as $function$
  declare
    command json := write->'command';
    settle json := write->'settle';
    earlier record;
    found_revision bigint;
    lane_lock bigint;
  begin
    if command is not null then
      perform pg_advisory_xact_lock(hashtextextended(command->>'actor', hashtextextended(command->>'key', 1)));
      select c.body_hash, c.request, c.revision into earlier
        from ${schema}.commands c where c.actor = command->>'actor' and c.key = command->>'key';
      if found and earlier.body_hash <> command->>'bodyHash' then
        return json_build_object('outcome', 'keyReused');
      elsif found then
        return json_build_object('outcome', 'repeated', 'id', earlier.request, 'revision', earlier.revision);
      end if;
    end if;

    if settle is not null then
      perform 1 from ${schema}.effects e where e.key = settle->>'key' and e.lease = settle->>'lease' for update;
      if not found then return json_build_object('outcome', 'leaseLost'); end if;
    end if;

    if write->>'expected' is null then
      insert into ${schema}.submissions (id, request) values (write->>'id', submission) on conflict do nothing;
      if not found then return json_build_object('outcome', 'conflict'); end if;
      insert into ${schema}.requests (id, revision, status, is_over, requestor, grantee, flow, voters, wake_at, state)
        values (
          write->>'id', (write->>'revision')::bigint, write->>'status', (write->>'isOver')::boolean,
          write->>'requestor', write->>'grantee', write->>'flow',
          array(select json_array_elements_text(write->'voters')), (write->>'wakeAt')::bigint, commit_write.state
        );
    else
      select r.revision into found_revision from ${schema}.requests r where r.id = write->>'id' for update;
      if found_revision is distinct from (write->>'expected')::bigint then
        return json_build_object('outcome', 'conflict');
      end if;
      update ${schema}.requests r set
        revision = (write->>'revision')::bigint,
        status = write->>'status',
        is_over = (write->>'isOver')::boolean,
        voters = array(select json_array_elements_text(write->'voters')),
        wake_at = (write->>'wakeAt')::bigint,
        state = commit_write.state
      where r.id = write->>'id';
    end if;

    if settle is not null then
      delete from ${schema}.effects e where e.key = settle->>'key';
    end if;
    insert into ${schema}.events (request, revision, event) values (write->>'id', (write->>'revision')::bigint, commit_write.event);

    -- Positions are given out before their rows can be seen. Without this, a later position of a lane could be
    -- seen, and claimed, before an earlier one.
    for lane_lock in
      select distinct hashtextextended(e->>'lane', 2) from json_array_elements(write->'effects') e
      where e->>'lane' is not null order by 1
    loop
      perform pg_advisory_xact_lock(lane_lock);
    end loop;
    insert into ${schema}.effects (key, request, lane, not_before, effect)
      select e->>'key', write->>'id', e->>'lane', (e->>'notBefore')::bigint, (e->>'effect')::json
      from json_array_elements(write->'effects') with ordinality as given (e, place) order by place;

    if command is not null then
      insert into ${schema}.commands (actor, key, body_hash, request, revision)
        values (command->>'actor', command->>'key', command->>'bodyHash', write->>'id', (write->>'revision')::bigint);
    end if;
    return json_build_object('outcome', 'committed');
  end
  $function$;
`;
}
