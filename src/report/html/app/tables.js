// The tables of the page: parties, findings, contracts, questions, faults.

const byPlace = (all) => (a, b) => all.findIndex(({ id }) => id === a) - all.findIndex(({ id }) => id === b);
const wordOf = (all) => (id) => all.find((word) => word.id === id)?.word ?? id;
const numerically = (a, b) => a - b;

const statusFacet = (of) => ({ id: "status", title: say("status"), value: of, word: wordOf(data.statuses), order: byPlace(data.statuses) });
const tierFacet = (of) => ({ id: "tier", title: say("tier"), value: of, order: numerically });
const bindingFacet = { id: "binding", title: say("binding"), value: (row) => row.binding.id, word: wordOf(data.bindings), order: byPlace(data.bindings) };
const proofFacet = { id: "evidence", title: say("evidence"), value: (row) => row.proof.id, word: wordOf(data.proofs), order: byPlace(data.proofs) };
const obligationWord = (id) => data.obligations.find((known) => known.id === id)?.title ?? id;
const obligationFacet = { id: "obligation", title: say("obligation"), value: (row) => row.obligation.id, word: obligationWord, order: byPlace(data.obligations) };

/** The country of a party as a filter, if the pack knows such a fact. */
function countryFacet(of) {
  if (data.country === null) return [];
  return [{ id: "country", title: data.facts[data.country], value: (row) => of(row).facts[data.country] ?? say("unknown") }];
}

const statusColumn = { id: "status", title: say("status"), value: (row) => data.statuses.indexOf(row.status), cell: (row) => statusMark(row.status) };
const tierColumn = { id: "tier", title: say("tier"), value: (row) => row.tier, isNumber: true };
const owedColumn = { id: "owed", title: say("owed"), value: (row) => owed(row.status, row.binding) };
const proofColumn = { id: "evidence", title: say("evidence"), value: (row) => data.proofs.indexOf(row.proof), cell: (row) => h("span", { class: "proof" }, proofMark(row)) };

function partiesTable(settings) {
  const count = (status) => ({
    id: status.id,
    title: capital(status.word),
    value: (party) => party.counts[data.statuses.indexOf(status)],
    cell: (party) => party.counts[data.statuses.indexOf(status)] || "",
    isNumber: true,
  });
  const columns = [
    { id: "rank", title: say("rank"), value: (party) => party.rank, isNumber: true },
    { id: "party", title: say("party"), value: (party) => party.name, cell: partyCell, isHead: true },
    { id: "role", title: say("role"), value: (party) => say(`role_${roleOf(party)}`) },
    tierColumn,
    ...data.statuses.map(count),
    { id: "open", title: say("open"), value: (party) => party.open, cell: (party) => party.open || "", isNumber: true },
    { id: "criticality", title: say("criticality"), value: (party) => party.criticality },
  ];
  const facets = [
    { id: "role", title: say("role"), value: roleOf, word: (role) => say(`role_${role}`) },
    statusFacet((party) => strongest(party)?.id),
    tierFacet((party) => party.tier),
    ...countryFacet((party) => party),
  ];
  const rows = parties.filter((party) => !party.named);
  const text = (party) => [party.name, party.other, party.id, party.operator, ...party.facts].join(" ");
  return dataTable({ view: "parties", title: say("tab_parties"), rows, columns, facets, text, settings });
}

function partyCell(party) {
  const beside = [party.other, party.id === party.name ? null : party.id].filter(Boolean);
  return [partyLink(party), beside.length ? h("span", { class: "sub" }, beside.join(" · ")) : null];
}

function findingsTable(settings) {
  const columns = [
    { id: "party", title: say("party"), value: (row) => row.party.name, cell: (row) => partyLink(row.party), isHead: true },
    {
      id: "obligation",
      title: say("obligation"),
      value: (row) => data.obligations.indexOf(row.obligation),
      cell: (row) => h("a", { href: hrefOfFinding(row) }, row.obligation.title),
    },
    statusColumn,
    owedColumn,
    tierColumn,
    proofColumn,
    { id: "gap", title: say("gap"), value: (row) => row.gap, cell: gapCell },
    { id: "operator", title: say("operator"), value: (row) => row.operator.name },
    { id: "chain", title: say("chain"), value: (row) => row.chain?.length ?? row.tier, cell: chainCell },
  ];
  const facets = [statusFacet((row) => row.status.id), obligationFacet, bindingFacet, tierFacet((row) => row.tier), proofFacet, ...countryFacet((row) => row.party)];
  const text = (row) => [row.party.name, row.party.other, row.party.id, row.obligation.title, row.obligation.id, row.operator.name, row.evidence].join(" ");
  return dataTable({ view: "findings", title: say("tab_findings"), rows: findings, columns, facets, text, settings });
}

function gapCell(finding) {
  if (finding.gap === null) return "";
  return finding.chain?.[finding.gap - 1]?.label ?? say("step", { step: finding.gap });
}

function chainCell(finding) {
  if (finding.chain === null) return say("long");
  const steps = finding.chain.map((step) => step.label).join(" → ");
  return h("a", { href: hrefOfChain(finding), title: say("show"), class: steps === "" ? null : "steps" }, steps === "" ? say("own") : steps);
}

function contractsTable(settings) {
  const end = (id) => ({
    id,
    title: say(id),
    value: (row) => row.relationship[id].name,
    cell: (row) => partyLink(row.relationship[id]),
  });
  const columns = [
    { id: "contract", title: say("contract"), value: (row) => row.relationship.label, cell: (row) => labelOf(row.relationship), isHead: true },
    end("customer"),
    end("supplier"),
    { id: "obligation", title: say("obligation"), value: (row) => data.obligations.indexOf(row.obligation), cell: (row) => row.obligation.title },
    statusColumn,
    owedColumn,
    tierColumn,
    proofColumn,
  ];
  const facets = [statusFacet((row) => row.status.id), obligationFacet, bindingFacet, tierFacet((row) => row.tier), proofFacet];
  const text = ({ relationship: { label, contract, customer, supplier }, obligation }) =>
    [label, contract, customer.name, customer.other, customer.id, supplier.name, supplier.other, supplier.id, obligation.title].join(" ");
  return dataTable({ view: "contracts", title: say("tab_contracts"), rows: clauses, columns, facets, text, settings });
}

function questionsTable(settings) {
  const who = (question) => (question.party ? partyLink(question.party) : question.who);
  const answer = ([label, changes]) => answerLine(label, changes);
  const columns = [
    { id: "first", title: say("first"), value: (row) => row.first, isNumber: true },
    { id: "ask", title: say("ask"), value: (row) => row.who, cell: who },
    { id: "question", title: say("question"), value: (row) => row.question, isHead: true },
    { id: "about", title: say("about"), value: (row) => row.about, cell: (row) => [h("code", {}, row.column), " ", row.about] },
    { id: "changes", title: say("changes"), value: (row) => row.findings, isNumber: true },
    { id: "answers", title: say("answers"), value: (row) => row.answers.length, cell: (row) => h("ul", { class: "answers" }, row.answers.map(answer)) },
  ];
  const facets = [
    { id: "who", title: say("ask"), value: (row) => row.who },
    { id: "column", title: say("column"), value: (row) => row.column },
  ];
  const text = (row) => [row.who, row.about, row.column, row.question].join(" ");
  return dataTable({ view: "questions", title: say("tab_questions"), rows: questions, columns, facets, text, settings, empty: say("no_questions") });
}

function faultsTable(settings) {
  const columns = [
    { id: "file", title: say("file"), value: (row) => row.file },
    { id: "row", title: say("row"), value: (row) => row.row, isNumber: true },
    { id: "column", title: say("column"), value: (row) => row.column },
    { id: "severity", title: say("severity"), value: (row) => say(row.severity) },
    { id: "text", title: say("text"), value: (row) => row.text, cell: (row) => h("code", {}, row.text) },
    { id: "message", title: say("message"), value: (row) => row.message, cell: (row) => coded(row.message), isHead: true },
    { id: "help", title: say("help"), value: (row) => row.help, cell: (row) => (row.help ? coded(row.help) : "") },
  ];
  const facets = [
    { id: "severity", title: say("severity"), value: (row) => row.severity, word: say },
    { id: "code", title: say("code"), value: (row) => row.code },
    { id: "file", title: say("file"), value: (row) => row.file },
  ];
  const text = (row) => [row.file, row.column, row.code, row.text, row.message, row.help].join(" ");
  return dataTable({ view: "faults", title: say("tab_faults"), rows: data.faults, columns, facets, text, settings });
}
