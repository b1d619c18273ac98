// What is shown stands in the fragment of the address, so that any view can be linked: `#findings?status=applies&q=bank`.

/** The view and its settings; `#r-…` is a place in the report. */
function readRoute() {
  const fragment = location.hash.slice(1);
  if (fragment === "" || fragment.startsWith("r-") || fragment === "content") {
    return { view: "report", place: fragment, settings: new Map() };
  }
  const [view, query = ""] = fragment.split("?", 2);
  return { view, place: "", settings: new Map(new URLSearchParams(query)) };
}

/** The fragment of a view with settings, of which the empty ones are left out. */
function hrefOf(view, settings = {}) {
  const given = Object.entries(settings).filter(([, value]) => value !== null && value !== undefined && value !== "");
  const query = new URLSearchParams(given).toString();
  return query === "" ? `#${view}` : `#${view}?${query}`;
}

/** Puts changed settings into the address without a new entry in the history. */
function keepRoute(view, settings) {
  history.replaceState(null, "", hrefOf(view, settings));
}

const hrefOfParty = (party) => hrefOf("party", { id: party.id });
const hrefOfFinding = (finding) => hrefOf("party", { id: finding.party.id, finding: finding.obligation.id });
const hrefOfChain = (finding) => hrefOf("chains", { party: finding.party.id, finding: finding.obligation.id });
