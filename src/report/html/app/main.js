// Which view is shown, and the way between them.

const VIEWS = [
  { id: "report", count: null, make: null },
  { id: "parties", count: parties.filter((party) => !party.named).length, make: partiesTable },
  { id: "findings", count: findings.length, make: findingsTable },
  { id: "contracts", count: clauses.length, make: contractsTable },
  { id: "chains", count: null, make: chainsView },
  { id: "questions", count: questions.length, make: questionsTable },
  { id: "faults", count: data.faults.length, make: faultsTable },
];

const title = document.title;
const report = document.getElementById("report");
const stage = document.getElementById("view");
const links = new Map(
  VIEWS.map(({ id, count }) => {
    const number = count === null ? null : h("span", { class: "number" }, inWords(count));
    return [id, h("a", { href: `#${id}` }, say(`tab_${id}`), number)];
  }),
);

function shown({ view, settings }) {
  if (view === "party") return [partyPage(settings)];
  const { make } = VIEWS.find(({ id }) => id === view);
  return [h("h1", { tabindex: "-1" }, say(`tab_${view}`)), leftOut(view), make(settings)];
}

/** Shows what the address says; what it cannot mean is the report. */
function follow(isFirst) {
  const route = readRoute();
  const isReport = route.view === "report" || (route.view !== "party" && !VIEWS.some(({ id }) => id === route.view));
  const current = isReport ? "report" : route.view;
  links.forEach((link, id) => {
    const isHere = id === current || (id === "parties" && current === "party");
    if (isHere) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  });
  report.hidden = !isReport;
  stage.hidden = isReport;
  leave();
  stage.replaceChildren(...(isReport ? [] : shown(route).flat().filter(Boolean)));
  entered();
  const heading = stage.querySelector("h1")?.textContent;
  document.title = heading ? `${heading} · ${title}` : title;
  if (isReport) document.getElementById(route.place)?.scrollIntoView();
  else if (!isFirst) arrive();
  if (isReport && route.place === "" && !isFirst) scrollTo(0, 0);
}

/** Brings what was asked for into view, and tells a screen reader that something else is there. */
function arrive() {
  scrollTo(0, 0);
  stage.querySelector("h1")?.focus({ preventScroll: true });
  stage.querySelector("details[open]")?.scrollIntoView({ block: "center" });
}

document.documentElement.classList.add("scripted");
document.getElementById("top").replaceWith(
  h(
    "header",
    { class: "top" },
    h("p", { class: "name" }, title, h("span", { class: "sub" }, data.day)),
    h("nav", { "aria-label": say("views") }, [...links.values()]),
    h("button", { type: "button", class: "quiet print", onclick: () => print() }, say("print")),
  ),
);

// The address after # is the view, so the link past the menu must not change it.
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  document.getElementById("content").focus();
});

// Paper has no click: what is folded stands open while it is printed.
const folded = [];
addEventListener("beforeprint", () => {
  folded.push(...stage.querySelectorAll("details:not([open])"));
  folded.forEach((details) => (details.open = true));
});
addEventListener("afterprint", () => folded.splice(0).forEach((details) => (details.open = false)));
addEventListener("hashchange", () => follow(false));
follow(true);
