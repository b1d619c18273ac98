// Where the parties of the graph stand: a column for each tier, in an order that keeps links short; and what their boxes say.

const COLUMN = 250;
const ROW = 58;
/** Parties of a tier that stand below each other; more take a second column beside the first. */
const MOST_IN_COLUMN = 18;
const BESIDE = 200;
/** Letters that two lines in a party's box have room for; a Chinese one counts as two. */
const MOST_SIGNS = 44;
/** How often the order of each column follows that of its neighbours. */
const SWEEPS = 6;

/** The tier of each party as a column, without gaps between the columns. */
function columnsOf(nodes) {
  const tier = (party) => (party.operator ? 0 : (party.tier ?? 0));
  const tiers = [...new Set(nodes.map(tier))].sort(numerically);
  return tiers.map((of) => nodes.filter((party) => tier(party) === of));
}

/**
 * The place of each party, by the mean place of those it is linked with: a few sweeps to the right and back (Sugiyama's
 * method of barycentres). Equal means keep the order of concern, so the same parties always stand the same way.
 */
function placesOf(nodes, edges) {
  const columns = columnsOf(nodes);
  const neighbours = new Map(nodes.map((party) => [party, []]));
  for (const { from, to } of edges) {
    neighbours.get(from).push(to);
    neighbours.get(to).push(from);
  }
  const height = Math.max(0, ...columns.map((column) => column.length));
  const level = new Map();
  const spread = (column) => column.forEach((party, at) => level.set(party, at + (height - column.length) / 2));
  columns.forEach(spread);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const order = sweep % 2 === 0 ? columns : [...columns].reverse();
    for (const column of order) {
      const mean = new Map(
        column.map((party) => {
          const around = neighbours.get(party).map((other) => level.get(other));
          return [party, around.length === 0 ? level.get(party) : around.reduce((sum, at) => sum + at, 0) / around.length];
        }),
      );
      column.sort((a, b) => mean.get(a) - mean.get(b) || a.at - b.at);
      spread(column);
    }
  }
  return standing(columns, level);
}

/** The place of each party at its level; where a tier is too high for one column, it stands in as many as it needs. */
function standing(columns, level) {
  const highest = Math.max(0, ...columns.map(({ length }) => length));
  const height = Math.min(MOST_IN_COLUMN, highest);
  const places = new Map();
  let x = 0;
  for (const column of columns) {
    const beside = Math.ceil(column.length / MOST_IN_COLUMN);
    const rows = Math.ceil(column.length / beside);
    column.forEach((party, at) => {
      const y = highest > MOST_IN_COLUMN ? (at % rows) + (height - rows) / 2 : level.get(party);
      places.set(party, { x: x + Math.floor(at / rows) * BESIDE, y: y * ROW });
    });
    x += (beside - 1) * BESIDE + COLUMN;
  }
  return places;
}

/** What of a name its box has room for, in two lines; words are broken only where they have to be. */
function labelWithin(name) {
  const widthOf = (sign) => (sign.codePointAt(0) < 0x2e80 ? 1 : 2);
  let room = MOST_SIGNS;
  const signs = [...name];
  const end = signs.findIndex((sign) => (room -= widthOf(sign)) < 0);
  const label = end < 0 ? name : `${signs.slice(0, end).join("")}…`;
  const isBroken = label.split(/\s+/).some((word) => [...word].reduce((sum, sign) => sum + widthOf(sign), 0) > MOST_SIGNS / 2);
  return { label, wrap: isBroken ? "anywhere" : "whitespace" };
}
