// The rows of the page, as objects that know each other.

const data = JSON.parse(document.getElementById("data").textContent);
const words = Object.fromEntries(data.words);

/** What the page says, with values in the places of its braces. */
function say(name, values = {}) {
  return words[name].replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}

const collator = new Intl.Collator(data.lang === "zh" ? "zh-CN" : "en", { numeric: true });

const inWords = (number) => new Intl.NumberFormat(data.lang).format(number);
const capital = (word) => word.charAt(0).toUpperCase() + word.slice(1);

/** Whether a text holds a word that no column has room for. */
const isUnbroken = (text) => /\S{30}/.test(text);

/** What a party is where the page does not say otherwise. */
const ORDINARY = { other: null, operator: null, unclear: false, implied: false, named: false, rank: null, tier: null, criticality: null, facts: [] };
const parties = data.parties.map((party, at) => ({ ...ORDINARY, ...party, at, findings: [], above: [], below: [], questions: [] }));
const partyOf = new Map(parties.map((party) => [party.id, party]));

/** Rows of which the page holds the columns, each made by `make` from the values at its place. */
function rowsOf(columns, make) {
  const names = Object.keys(columns);
  return columns[names[0]].map((_, at) => make(Object.fromEntries(names.map((name) => [name, columns[name][at]])), at));
}

const relationships = rowsOf(data.relationships, (row, at) => ({
  ...row,
  at,
  customer: parties[row.customer],
  supplier: parties[row.supplier],
  clauses: [],
}));

// A party that is only named stands where the chains that lead over it have it.
for (const chain of data.chains) {
  chain.forEach((step, at) => {
    const { supplier } = relationships[step];
    if (supplier.named && !supplier.operator) supplier.tier = Math.min(supplier.tier ?? Infinity, at + 1);
  });
}

const findings = rowsOf(data.findings, (row, at) => {
  const finding = {
    at,
    party: parties[row.party],
    obligation: data.obligations[row.obligation],
    status: data.statuses[row.status],
    tier: row.tier,
    operator: parties[row.operator],
    origins: row.origins,
    binding: data.bindings[row.binding],
    proof: data.proofs[row.proof],
    expires: row.expires,
    gap: row.gap,
    chain: row.chain === null ? null : data.chains[row.chain].map((step) => relationships[step]),
    chainAt: row.chain,
    evidence: data.sentences[row.evidence],
  };
  finding.step = finding.obligation.steps[Math.min(finding.tier, 2)];
  finding.party.findings.push(finding);
  return finding;
});

const clauses = rowsOf(data.clauses, (row, at) => {
  const clause = {
    at,
    relationship: relationships[row.relationship],
    obligation: data.obligations[row.obligation],
    status: data.statuses[row.status],
    tier: row.tier,
    binding: data.bindings[row.binding],
    proof: data.proofs[row.proof],
    expires: row.expires,
  };
  clause.relationship.clauses.push(clause);
  return clause;
});

for (const relationship of relationships) {
  if (relationship.clauses.length > 0) {
    relationship.customer.below.push(relationship);
    relationship.supplier.above.push(relationship);
  }
}

const questions = data.questions.map((row, at) => {
  const question = { ...row, at, party: row.party === null ? null : parties[row.party] };
  const about = new Set([...row.concerns, ...(row.party === null ? [] : [row.party])]);
  about.forEach((party) => parties[party].questions.push(question));
  return question;
});
questions.sort((a, b) => (a.first ?? Infinity) - (b.first ?? Infinity) || a.at - b.at);

/** How something is owed: with its force only where it applies. */
function owed(status, binding) {
  if (binding.id === "undetermined") return say("undetermined");
  return status.id === "applies" && binding.means !== "" ? binding.means : binding.word;
}

/** A finding in a few words. */
function titleOf(finding) {
  return say("of", { party: finding.party.name, obligation: finding.obligation.title });
}

/** The strongest status of what a party has. */
function strongest(party) {
  const at = party.counts.findIndex((count) => count > 0);
  return at < 0 ? null : data.statuses[at];
}

/** What part a party plays. */
function roleOf(party) {
  if (party.operator) return "operator";
  if (party.rank) return "partner";
  return party.unclear ? "unclear" : "bare";
}

/** What a relationship is called, with its contract. */
function labelOf(relationship) {
  const { label, contract } = relationship;
  return contract && contract !== label ? `${label} · ${contract}` : label;
}
