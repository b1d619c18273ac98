// The page of one party: what it owes, by which chains and law, with what evidence, and what is open.

function partyPage(settings) {
  const party = partyOf.get(settings.get("id"));
  if (!party) return h("div", {}, h("h1", {}, say("party")), h("p", { class: "empty" }, say("missing")));
  const title = h("h1", { tabindex: "-1" }, party.name);
  const graph = h("a", { class: "button", href: hrefOf("chains", { party: party.id }) }, say("show"));
  return h(
    "div",
    { class: "dossier" },
    h("div", { class: "head" }, h("div", {}, title, h("p", { class: "sub" }, subtitle(party))), party.rank ? graph : null),
    notesOf(party),
    h("dl", { class: "facts" }, factsOf(party)),
    owesOf(party, settings.get("finding")),
    questionsOf(party),
    contractsOf(party.above, "customer", say("contracts_above")),
    contractsOf(party.below, "supplier", say("contracts_below")),
  );
}

function subtitle(party) {
  return [party.id === party.name ? null : party.id, party.other, party.operator].filter(Boolean).join(" · ");
}

function notesOf(party) {
  const notes = [
    party.unclear ? say("unclear") : null,
    party.listed ? null : say("implied"),
    party.named ? say("named") : null,
  ].filter(Boolean);
  return notes.map((note) => h("p", { class: "note" }, note));
}

function factsOf(party) {
  const counts = data.statuses.map((status, at) => (party.counts[at] ? [statusMark(status), ` ${party.counts[at]} `] : []));
  return [
    party.rank ? entry(say("rank"), String(party.rank)) : [],
    party.rank ? entry(say("tab_findings"), counts) : [],
    party.open ? entry(say("open"), inWords(party.open)) : [],
    entry(say("criticality"), party.criticality),
    party.facts.map((fact, at) => (fact === null ? [] : entry(data.facts[at], fact))),
  ];
}

/** What a party owes, by chain: what came the same way stands together. */
function owesOf(party, wanted) {
  const head = h("h2", {}, say("owes"));
  if (party.named) return [];
  if (party.findings.length === 0) return [head, h("p", { class: "empty" }, say("nothing"))];
  const groups = Map.groupBy(party.findings, ({ chainAt, operator }) => `${chainAt} ${operator.at}`);
  return [head, [...groups.values()].map((group) => chainGroup(group, wanted))];
}

function chainGroup(group, wanted) {
  const [first] = group;
  const link = h("a", { class: "quiet", href: hrefOfChain(first) }, say("show"));
  return h(
    "section",
    { class: "by-chain" },
    h("div", { class: "head" }, chainLine({ ...first, gap: null }), first.chain?.length ? link : null),
    group.map((finding) => findingCard(finding, finding.obligation.id === wanted)),
  );
}

function findingCard(finding, isWanted) {
  const { obligation, status, binding, step, gap, chain } = finding;
  const isSure = status.id === "applies";
  const duty = step?.duty ? [isSure ? "" : say("if_applies"), step.duty] : [];
  const broken = gap === null ? [] : `${chain?.[gap - 1] ? labelOf(chain[gap - 1]) : ""} (${say("step", { step: gap })})`;
  return h(
    "details",
    { class: `finding status-${status.id}`, open: isWanted, id: `finding-${obligation.id}` },
    h("summary", {}, h("span", { class: "title" }, obligation.title), statusMark(status), h("span", { class: "owed" }, owed(status, binding)), h("span", { class: "proof" }, proofMark(finding))),
    h(
      "dl",
      {},
      entry(say("duty"), duty),
      entry(say("evidence"), finding.evidence),
      entry(say("gap"), broken),
      entry(say("origins"), finding.origins),
      entry(say("accepts"), step?.accepts.length ? bullets(step.accepts) : []),
      entry(say("basis"), step?.basis.length ? bullets(step.basis) : []),
      chain?.length ? entry(say("chain"), chainLine(finding), h("a", { href: hrefOfChain(finding), class: "quiet" }, say("show"))) : [],
    ),
  );
}

function questionsOf(party) {
  if (party.questions.length === 0) return [];
  const item = (question) => {
    const answers = question.answers.map(([label, changes]) => answerLine(label, changes));
    return h("li", {}, h("span", { class: "ask" }, `${question.who}: `), question.question, h("ul", { class: "answers" }, answers));
  };
  return [h("h2", {}, say("asks")), h("ol", { class: "questions" }, party.questions.map(item))];
}

/** The contracts on one side of a party, each with its clauses. */
function contractsOf(contracts, end, title) {
  if (contracts.length === 0) return [];
  const clause = ({ obligation, status, binding, proof, expires }) =>
    h("li", {}, h("span", { class: "title" }, obligation.title), statusMark(status), h("span", { class: "owed" }, owed(status, binding)), h("span", { class: "proof" }, proofMark({ proof, expires })));
  const item = (contract) =>
    h(
      "details",
      { class: "contract" },
      h("summary", {}, h("span", { class: "title" }, labelOf(contract)), h("span", {}, contract[end].name), h("span", { class: "sub" }, say("clauses", { count: contract.clauses.length }))),
      h("p", {}, partyLink(contract[end])),
      h("ul", { class: "clauses" }, contract.clauses.map(clause)),
    );
  return [h("h2", {}, title), contracts.map(item)];
}
