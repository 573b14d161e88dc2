/*
 * The conditions of B1 in the languages of other libraries. Everyone gets their facts in the form they like best,
 * made before the clock starts. What a peer's types say is not checked: only the bench installs them.
 */
import type { Contender } from "./measure.js";
import type { PlainCondition, Question } from "./one-decision.js";

type Facts = { readonly [attribute: string]: readonly string[] };
type Combinator = "and" | "or";
type Peer = (combinator: Combinator, conditions: readonly PlainCondition[], people: readonly Facts[]) => Promise<Contender>;

const peers: { readonly [name: string]: Peer } = {
  "json-logic-engine (built)": jsonLogicEngine,
  "json-logic-js": jsonLogicJs,
  casl,
  casbin,
  "json-rules-engine": jsonRulesEngine,
  "cedar-wasm": cedar,
};

/** Every peer that can be loaded and asked; of the others, why not. */
export async function peerContenders(
  combinator: Combinator,
  conditions: readonly PlainCondition[],
  questions: readonly Question[],
): Promise<{ readonly peers: readonly Contender[]; readonly notes: readonly string[] }> {
  const found: Contender[] = [];
  const notes: string[] = [];
  const people = questions.map(({ requestor }) => requestor.attributes);
  for (const [name, make] of Object.entries(peers)) {
    try {
      const contender = await make(combinator, conditions, people);
      await contender.run(0);
      found.push({ ...contender, name });
    } catch (error) {
      notes.push(`${name} is missing: ${(error as Error).message.split("\n")[0]}`);
    }
  }
  return { peers: found, notes };
}

/** A rule of JSON logic; also for other workloads. */
export function jsonLogicRule(combinator: Combinator, conditions: readonly PlainCondition[]): unknown {
  const anyListed = (attribute: string, values: readonly string[]): unknown => ({
    some: [{ var: attribute }, { in: [{ var: "" }, values] }],
  });
  return {
    [combinator]: conditions.map(({ attribute, operator, values }) => {
      if (operator === "is") return anyListed(attribute, values);
      if (operator === "isNot") return { "!": [anyListed(attribute, values)] };
      return {
        some: [{ var: attribute }, { or: values.map((value) => ({ "===": [{ substr: [{ var: "" }, 0, value.length] }, value] })) }],
      };
    }),
  };
}

async function jsonLogicEngine(
  combinator: Combinator,
  conditions: readonly PlainCondition[],
  people: readonly Facts[],
): Promise<Contender> {
  const { LogicEngine } = await import("json-logic-engine");
  const decide = new LogicEngine().build(jsonLogicRule(combinator, conditions));
  return { name: "", role: "peer", run: (index) => decide(people[index]) === true };
}

async function jsonLogicJs(combinator: Combinator, conditions: readonly PlainCondition[], people: readonly Facts[]): Promise<Contender> {
  const { default: logic } = await import("json-logic-js");
  const rule = jsonLogicRule(combinator, conditions);
  return { name: "", role: "peer", run: (index) => logic.apply(rule, people[index]) === true };
}

async function casl(combinator: Combinator, conditions: readonly PlainCondition[], people: readonly Facts[]): Promise<Contender> {
  const { createMongoAbility, subject } = await import("@casl/ability");
  const queries = caslConditions(combinator, conditions);
  const ability = createMongoAbility(queries.map((query) => ({ action: "request", subject: "Person", conditions: query })));
  const subjects = people.map((facts) => subject("Person", { ...facts }));
  return { name: "", role: "peer", run: (index) => ability.can("request", subjects[index]) };
}

/** One query where all must hold, one each where one is enough; also for other workloads. */
export function caslConditions(combinator: Combinator, conditions: readonly PlainCondition[]): readonly object[] {
  const tests = conditions.map(({ attribute, operator, values }): readonly [string, object] => {
    if (operator === "is") return [attribute, { $in: values }];
    if (operator === "isNot") return [attribute, { $nin: values }];
    return [attribute, { $regex: `^(?:${values.join("|")})` }];
  });
  if (combinator === "or") return tests.map(([attribute, test]) => ({ [attribute]: test }));
  const together: { [attribute: string]: object } = {};
  for (const [attribute, test] of tests) together[attribute] = { ...together[attribute], ...test };
  return [together];
}

async function casbin(combinator: Combinator, conditions: readonly PlainCondition[], people: readonly Facts[]): Promise<Contender> {
  const { newEnforcer, newModelFromString } = await import("casbin");
  const tests = conditions.map(({ attribute, operator }, number) =>
    operator === "is"
      ? `hasOne(r.sub.${attribute}, "${number}")`
      : operator === "isNot"
        ? `!hasOne(r.sub.${attribute}, "${number}")`
        : `beginsWithOne(r.sub.${attribute}, "${number}")`,
  );
  const matcher = tests.join(combinator === "and" ? " && " : " || ");
  const enforcer = await newEnforcer(
    newModelFromString(
      `[request_definition]\nr = sub\n[policy_definition]\np = sub\n[policy_effect]\ne = some(where (p.eft == allow))\n[matchers]\nm = ${matcher}`,
    ),
  );
  await enforcer.addPolicy("anyone");
  const listed = (number: string): readonly string[] => conditions[Number(number)]?.values ?? [];
  enforcer.addFunction("hasOne", (values: readonly string[], number: string) => values.some((value) => listed(number).includes(value)));
  enforcer.addFunction("beginsWithOne", (values: readonly string[], number: string) =>
    values.some((value) => listed(number).some((text) => value.startsWith(text))),
  );
  return { name: "", role: "peer", run: (index) => enforcer.enforceSync(people[index]) };
}

async function jsonRulesEngine(
  combinator: Combinator,
  conditions: readonly PlainCondition[],
  people: readonly Facts[],
): Promise<Contender> {
  const { Engine } = await import("json-rules-engine");
  const engine = new Engine([], { allowUndefinedFacts: true });
  const hasOne = (values: readonly string[], listed: readonly string[]): boolean => values.some((value) => listed.includes(value));
  engine.addOperator("is", hasOne);
  engine.addOperator("isNot", (values: readonly string[], listed: readonly string[]) => !hasOne(values, listed));
  engine.addOperator("startsWith", (values: readonly string[], listed: readonly string[]) =>
    values.some((value) => listed.some((text) => value.startsWith(text))),
  );
  const tests = conditions.map(({ attribute, operator, values }) => ({ fact: attribute, operator, value: values }));
  engine.addRule({ conditions: combinator === "and" ? { all: tests } : { any: tests }, event: { type: "allowed" } });
  const run = async (index: number): Promise<boolean> => (await engine.run(people[index])).events.length > 0;
  return { name: "", role: "peer", asynchronous: true, run };
}

async function cedar(combinator: Combinator, conditions: readonly PlainCondition[], people: readonly Facts[]): Promise<Contender> {
  const { isAuthorized } = await import("@cedar-policy/cedar-wasm/nodejs");
  const tests = conditions.map(({ attribute, operator, values }) => {
    const listed = `[${values.map((value) => `"${value}"`).join(", ")}]`;
    if (operator === "is") return `context.${attribute}.containsAny(${listed})`;
    if (operator === "isNot") return `!context.${attribute}.containsAny(${listed})`;
    return `(${values.map((value) => `context.first_${attribute} like "${value}*"`).join(" || ")})`;
  });
  const policy = `permit(principal, action, resource) when { ${tests.join(combinator === "and" ? " && " : " || ")} };`;
  const calls = people.map((facts, number) => ({
    principal: { type: "Person", id: `${number}` },
    action: { type: "Action", id: "request" },
    resource: { type: "Flow", id: "one" },
    context: { ...facts, first_location: facts["location"]?.[0] ?? "" },
    policies: { staticPolicies: policy },
    entities: [],
  }));
  const run = (index: number): boolean => {
    const answer = isAuthorized(calls[index]);
    if (answer.type !== "success") throw new Error(JSON.stringify(answer));
    return answer.response.decision === "allow";
  };
  return { name: "", role: "peer", run };
}
