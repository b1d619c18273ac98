// Where the parties of the graph stand: a column for each tier, in an order that keeps links short.

const COLUMN = 250;
const ROW = 58;
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
  const places = new Map();
  columns.forEach((column, x) => column.forEach((party) => places.set(party, { x: x * COLUMN, y: level.get(party) * ROW })));
  return places;
}
