// Small things that many views show: marks, links, chains, texts with their label.

/** A status or a state of evidence: its word, with a sign and a colour. */
function mark(kind, word) {
  return h("span", { class: `mark ${kind}-${word.id}` }, word.word);
}

const statusMark = (status) => mark("status", status);

function proofMark(row) {
  return [mark("proof", row.proof), row.expires ? h("span", { class: "day" }, row.expires) : null];
}

function partyLink(party) {
  return h("a", { href: hrefOfParty(party) }, party.name);
}

/** The parties of a chain from the operator on, with the relationships between them. */
function chainLine(finding) {
  if (finding.chain === null) return h("span", {}, say("long"));
  if (finding.chain.length === 0) return h("span", {}, partyLink(finding.operator), ` (${say("own")})`);
  const steps = finding.chain.map((step, at) =>
    h(
      "li",
      { class: at + 1 === finding.gap ? "broken" : null },
      h("span", { class: "by", title: labelOf(step) }, step.label),
      partyLink(step.supplier),
    ),
  );
  return h("ol", { class: "chain" }, h("li", {}, partyLink(finding.operator)), steps);
}

/** A label and what it labels, for a list of definitions; nothing where there is nothing. */
function entry(label, ...content) {
  const shown = content.flat(Infinity).filter((part) => part !== null && part !== undefined && part !== "");
  return shown.length === 0 ? [] : [h("dt", {}, label), h("dd", {}, shown)];
}

/** An answer and what it would change. */
const answerLine = (label, changes) => h("li", {}, h("strong", {}, label), ` → ${changes}`);

/** A sentence with what stands between back quotes as code; one that quotes such a sign itself is left as it is. */
function coded(sentence) {
  const parts = sentence.split("`");
  return parts.length % 2 === 0 ? sentence : parts.map((part, at) => (at % 2 === 0 ? part : h("code", {}, part)));
}

function bullets(items) {
  return h("ul", {}, items.map((item) => h("li", {}, item)));
}

/** What of a view is not on the page, where something is not. */
function leftOut(view) {
  const told = data.left_out.filter(([of]) => of === view || (of === "parties" && view === "chains"));
  return told.map(([, sentence]) => h("p", { class: "note" }, sentence));
}
