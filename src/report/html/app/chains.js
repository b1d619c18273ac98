// The graph of who passes obligations to whom: all, around one party, or the chain of one finding.

/** Parties of the whole graph, and around one party. */
const MOST_NODES = 80;
const MOST_AROUND = 400;

/** The parties on the way to or from one, over the contracts that carry something. */
function around(party, direction) {
  const found = new Set([party]);
  const walk = (next) => {
    const queue = [party];
    const seen = new Set(queue);
    for (const at of queue) {
      for (const other of next(at)) {
        if (seen.has(other) || found.size >= MOST_AROUND) continue;
        seen.add(other);
        found.add(other);
        queue.push(other);
      }
    }
  };
  if (direction !== "down") walk((at) => at.above.map(({ customer }) => customer));
  if (direction !== "up") walk((at) => at.below.map(({ supplier }) => supplier));
  return [...found];
}

/** Those of most concern, each with the parties on its chains. */
function foremost() {
  const shown = new Set();
  for (const party of parties) {
    if (shown.size >= MOST_NODES) break;
    if (party.rank === null) continue;
    shown.add(party);
    const chain = party.findings.find(({ chain }) => chain !== null);
    chain?.chain.forEach(({ customer, supplier }) => shown.add(customer).add(supplier));
  }
  return [...shown];
}

/** One link for all contracts between two parties, with the strongest status that travels there. */
function edgesAmong(nodes) {
  const among = new Set(nodes);
  const edges = new Map();
  for (const from of nodes) {
    for (const contract of from.below) {
      const to = contract.supplier;
      if (!among.has(to) || to === from) continue;
      const key = `${from.at}-${to.at}`;
      const edge = edges.get(key) ?? { key, from, to, contracts: [], carried: new Set(), status: data.statuses.length - 1 };
      edge.contracts.push(contract);
      for (const clause of contract.clauses) {
        edge.carried.add(clause.obligation);
        edge.status = Math.min(edge.status, data.statuses.indexOf(clause.status));
      }
      edges.set(key, edge);
    }
  }
  return [...edges.values()];
}

function chainsView(settings) {
  const party = partyOf.get(settings.get("party"));
  const direction = ["up", "down"].includes(settings.get("show")) ? settings.get("show") : "both";
  const finding = party?.findings.find(({ obligation }) => obligation.id === settings.get("finding"));
  let nodes = party ? around(party, direction) : foremost();
  if (finding?.chain) nodes = [...new Set([...nodes, ...finding.chain.flatMap(({ customer, supplier }) => [customer, supplier])])];
  const edges = edgesAmong(nodes);
  const all = parties.filter(({ rank }) => rank !== null).length;
  const canvas = h("div", { class: "canvas", "aria-hidden": "true" });
  drawing = { canvas, nodes, edges, party, finding };
  const isCut = !party && nodes.length < all;
  return h(
    "div",
    { class: "chains" },
    graphTools(party, direction),
    edges.length === 0 ? null : h("p", { class: "sub" }, isCut ? say("graph_cut", { count: inWords(nodes.length), all: inWords(all) }) : say("graph_hint")),
    finding ? h("p", { class: "lit" }, say("lit", { finding: titleOf(finding) }), chainLine(finding)) : null,
    edges.length === 0 ? h("p", { class: "empty" }, say("graph_none")) : [legend(), h("div", { class: "graph" }, graphButtons(), canvas)],
    party ? partyAside(party, finding) : null,
    edges.length === 0 ? null : graphList(nodes, edges),
  );
}

/** Which party, and which way. */
function graphTools(party, direction) {
  const go = (to, show) => {
    location.hash = hrefOf("chains", { party: to?.id, show: show === "both" ? "" : show });
  };
  const names = new Map(parties.filter(({ rank }) => rank !== null).map((known) => [`${known.name} (${known.id})`, known]));
  const input = h("input", { id: "chains-party", list: "chains-parties", placeholder: say("focus_hint"), autocomplete: "off" });
  if (party) input.value = `${party.name} (${party.id})`;
  const choose = () => {
    const wanted = input.value.trim();
    const lower = wanted.toLowerCase();
    const found = names.get(wanted) ?? partyOf.get(wanted) ?? [...names.values()].find((known) => known.name.toLowerCase().includes(lower));
    if (wanted === "" || found) go(wanted === "" ? null : found, direction);
  };
  input.addEventListener("change", choose);
  const select = h(
    "select",
    { id: "chains-show", disabled: !party, onchange: (event) => go(party, event.target.value) },
    ["both", "up", "down"].map((way) => h("option", { value: way, selected: way === direction }, say(way))),
  );
  return h(
    "form",
    { class: "tools", onsubmit: (event) => (event.preventDefault(), choose()) },
    h("div", { class: "field wide" }, h("label", { for: "chains-party" }, say("focus")), input, h("datalist", { id: "chains-parties" }, [...names.keys()].map((name) => h("option", { value: name })))),
    h("div", { class: "field" }, h("label", { for: "chains-show" }, say("direction")), select),
    party ? h("a", { class: "button quiet", href: "#chains" }, say("whole")) : null,
  );
}

/** What the chosen party has, each with the way to light its chain. */
function partyAside(party, lit) {
  const item = (finding) =>
    h("li", {}, h("a", { href: hrefOfChain(finding), "aria-current": finding === lit ? "true" : null }, finding.obligation.title), statusMark(finding.status));
  return h(
    "section",
    { class: "aside" },
    h("h2", {}, partyLink(party)),
    h("ul", { class: "clauses" }, party.findings.map(item)),
  );
}

/** The graph in words, for those who cannot see or point at it. */
function graphList(nodes, edges) {
  const out = Map.groupBy(edges, ({ from }) => from);
  const item = (from) => {
    const to = (out.get(from) ?? []).map((edge) => h("li", {}, partyLink(edge.to), ` (${edge.contracts.map(({ label }) => label).join(", ")}: `, say("carries", { count: edge.carried.size }), ") ", statusMark(data.statuses[edge.status])));
    return h("li", {}, h("a", { href: hrefOf("chains", { party: from.id }) }, from.name), to.length ? [` ${say("to")}`, h("ul", {}, to)] : null);
  };
  const column = (of) => {
    const title = of[0].operator ? say("operators") : say("tier_of", { tier: of[0].tier });
    return [h("h3", {}, title), h("ul", {}, of.map(item))];
  };
  return h("details", { class: "list" }, h("summary", {}, say("list")), columnsOf(nodes).map(column));
}
