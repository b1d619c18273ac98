// The graph drawn with Cytoscape.js: colours by status, a ring around who is chosen, the chain of a finding lit.

/** The width of a party, and how far a link within a column bows out of it. */
const WIDTH = 176;
const BOW = 44;
/** The width of an A4 sheet between its margins. */
const SHEET = 670;

/** What is to be drawn once its place is in the page; and what is drawn. */
let drawing = null;
let drawn = null;

/** Forgets the graph before its place goes. */
function leave() {
  drawn?.destroy();
  drawn = null;
  drawing = null;
}

/** Draws the graph that the view has asked for. */
function entered() {
  if (drawing === null || drawing.edges.length === 0) return;
  const { canvas, nodes, edges, party, finding } = drawing;
  const places = placesOf(nodes, edges);
  canvas.style.height = heightOf(places);
  drawn = cytoscape({
    container: canvas,
    elements: [...nodes.map((node) => nodeOf(node, places.get(node), party)), ...edges.map((edge) => edgeOf(edge, places))],
    layout: { name: "preset" },
    style: graphStyle(),
    minZoom: 0.05,
    maxZoom: 2.5,
    autoungrabify: true,
    boxSelectionEnabled: false,
  });
  light(finding);
  drawn.on("tap", "node", (event) => {
    location.hash = hrefOf("chains", { party: event.target.data("party") });
  });
  drawn.on("mouseover", "node", (event) => nearby(event.target));
  drawn.on("mouseout", "node", () => {
    drawn.elements().removeClass("far");
    canvas.title = "";
  });
  fitted();
}

/** No higher than the graph needs, nor than the window has. */
function heightOf(places) {
  const across = [...places.values()].map(({ y }) => y);
  const needed = Math.max(...across) - Math.min(...across) + 3 * ROW;
  return `clamp(16rem, ${needed}px, max(24rem, 100vh - 14rem))`;
}

/** All of the graph in its window, and no smaller than can be read. */
function fitted() {
  drawn.fit(undefined, 24);
  const least = 0.6;
  if (drawn.zoom() >= least) {
    if (drawn.zoom() > 1) drawn.zoom(1);
    drawn.center();
    return;
  }
  drawn.zoom(least);
  const wanted = drawn.nodes(".chosen");
  if (wanted.length > 0) drawn.center(wanted);
  else drawn.pan({ x: 24 - drawn.elements().boundingBox().x1 * least, y: 24 - drawn.elements().boundingBox().y1 * least });
}

function nodeOf(party, position, chosen) {
  const status = party.operator ? "operator" : (strongest(party)?.id ?? "none");
  return {
    data: { id: `n${party.at}`, party: party.id, name: party.name, ...labelWithin(party.name) },
    classes: `${status}${party === chosen ? " chosen" : ""}`,
    position,
  };
}

function edgeOf({ key, from, to, carried, status }, places) {
  const width = carried.size > 7 ? 4 : carried.size > 3 ? 3 : carried.size > 1 ? 2 : 1.25;
  return {
    data: { id: key, source: `n${from.at}`, target: `n${to.at}`, width, ...curveOf(places.get(from), places.get(to)) },
    classes: data.statuses[status].id,
  };
}

/** A link that leaves and enters at the sides, bent like an S, so that it crosses no party of its own column. */
function curveOf(from, to) {
  const side = WIDTH / 2;
  const [out, into] = to.x > from.x ? [side, -side] : to.x < from.x ? [-side, side] : [side, side];
  const [start, end] = [{ x: from.x + out, y: from.y }, { x: to.x + into, y: to.y }];
  const middle = to.x === from.x ? start.x + BOW : (start.x + end.x) / 2;
  const [dx, dy] = [end.x - start.x, end.y - start.y];
  const length = Math.hypot(dx, dy) || 1;
  const bends = [{ x: middle, y: start.y }, { x: middle, y: end.y }].map(({ x, y }) => ({
    weight: ((x - start.x) * dx + (y - start.y) * dy) / length ** 2,
    distance: ((y - start.y) * dx - (x - start.x) * dy) / length,
  }));
  return {
    out: `${out} 0`,
    into: `${into} 0`,
    weights: bends.map(({ weight }) => weight.toFixed(4)).join(" "),
    distances: bends.map(({ distance }) => distance.toFixed(2)).join(" "),
  };
}

/** Shows the chain of a finding, and everything else pale. */
function light(finding) {
  if (!finding?.chain) return;
  const onChain = new Set(finding.chain.flatMap(({ customer, supplier }) => [`n${customer.at}`, `n${supplier.at}`, `${customer.at}-${supplier.at}`]));
  drawn.elements().forEach((element) => element.addClass(onChain.has(element.id()) ? "lit" : "dim"));
}

function nearby(node) {
  drawing.canvas.title = node.data("name");
  const near = node.closedNeighborhood();
  drawn.elements().difference(near).addClass("far");
}

/** The colours of the page, as they are now. */
function graphStyle() {
  const style = getComputedStyle(document.documentElement);
  const color = (name) => style.getPropertyValue(`--${name}`).trim();
  const node = (name, ground, ink, border) => ({ selector: `node.${name}`, style: { "background-color": color(ground), color: color(ink), "border-color": color(border) } });
  const edge = (name, line) => ({ selector: `edge.${name}`, style: { "line-color": color(name), "target-arrow-color": color(name), "line-style": line } });
  return [
    {
      selector: "node",
      style: {
        shape: "round-rectangle",
        width: WIDTH,
        height: 40,
        label: "data(label)",
        "text-valign": "center",
        "text-halign": "center",
        "text-wrap": "wrap",
        "text-max-width": WIDTH - 12,
        "text-overflow-wrap": "data(wrap)",
        "font-size": 12,
        "font-family": style.fontFamily,
        "border-width": 1.5,
        "background-color": color("paper"),
        color: color("ink"),
        "border-color": color("rule"),
      },
    },
    node("operator", "operator", "on-operator", "operator"),
    node("applies", "applies-pale", "ink", "applies"),
    node("conditional", "conditional-pale", "ink", "conditional"),
    node("unconfirmed", "paper", "muted", "unconfirmed"),
    {
      selector: "edge",
      style: {
        "curve-style": "unbundled-bezier",
        "edge-distances": "endpoints",
        "source-endpoint": "data(out)",
        "target-endpoint": "data(into)",
        "control-point-weights": "data(weights)",
        "control-point-distances": "data(distances)",
        width: "data(width)",
        "target-arrow-shape": "triangle",
        "arrow-scale": 0.9,
        opacity: 0.75,
      },
    },
    edge("applies", "solid"),
    edge("conditional", "dashed"),
    edge("unconfirmed", "dotted"),
    { selector: "node.conditional", style: { "border-style": "dashed" } },
    { selector: "node.unconfirmed", style: { "border-style": "dotted" } },
    { selector: ".dim", style: { opacity: 0.18 } },
    { selector: ".far", style: { opacity: 0.15 } },
    { selector: "edge.lit", style: { opacity: 1, width: 4 } },
    { selector: "node.chosen", style: { "border-width": 4, "border-color": color("accent"), "border-style": "solid" } },
  ];
}

function graphButtons() {
  const zoom = (factor) => () => drawn.zoom({ level: drawn.zoom() * factor, renderedPosition: { x: drawn.width() / 2, y: drawn.height() / 2 } });
  const button = (sign, title, action) => h("button", { type: "button", title, "aria-label": title, onclick: action }, sign);
  return h("div", { class: "buttons" }, button("+", say("closer"), zoom(1.3)), button("−", say("farther"), zoom(1 / 1.3)), button("⤢", say("fit"), () => drawn.fit(undefined, 24)));
}

function legend() {
  const operator = h("span", { class: "mark operator" }, say("role_operator"));
  return h("p", { class: "legend" }, operator, data.statuses.map(statusMark));
}

// A canvas does not flow: on paper it is made as small as the sheet is wide.
addEventListener("beforeprint", () => drawn && (drawing.canvas.style.zoom = Math.min(1, SHEET / drawing.canvas.clientWidth)));
addEventListener("afterprint", () => drawn && (drawing.canvas.style.zoom = ""));
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => drawn?.style(graphStyle()));
