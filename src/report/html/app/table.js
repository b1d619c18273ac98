// A table to search, filter, sort and page through, whose state stands in the address.

const PAGE_ROWS = 50;

/** Numbers by size, other values as a reader of the language sorts them. */
function compare(a, b) {
  return typeof a === "number" && typeof b === "number" ? a - b : collator.compare(String(a), String(b));
}

/**
 * The table `view`: `columns` are `{ id, title, value, cell, isNumber, isHead }`, of which `value` sorts and `cell` is
 * shown, and a column in which no row shows anything is left out; `facets` are `{ id, title, value, word }`, each a choice among the values that there are; `text` is searched.
 */
function dataTable({ view, title, rows, columns: possible, facets, text, settings, empty }) {
  if (rows.length === 0) return h("p", { class: "empty" }, empty ?? say("empty"));
  const columns = possible.filter((column) => rows.some((row) => shownIn(column, row) !== ""));
  const haystack = new Map(rows.map((row) => [row, text(row).toLowerCase()]));
  const table = makeTable({
    data: rows,
    columns: [
      ...columns.map(({ id, value }) => ({ id, accessorFn: (row) => value(row) ?? undefined })),
      ...facets.map(({ id, value }) => ({ id: `f-${id}`, accessorFn: (row) => value(row) ?? "", enableSorting: false })),
    ].map((column) => ({
      ...column,
      sortFn: (a, b, id) => compare(a.getValue(id), b.getValue(id)),
      sortUndefined: "last",
      filterFn: (row, id, wanted) => String(row.getValue(id)) === wanted,
      enableGlobalFilter: column.id === columns[0].id,
    })),
    globalFilterFn: (row, _id, wanted) => wanted.split(/\s+/).every((word) => haystack.get(row.original).includes(word)),
    getColumnCanGlobalFilter: (column) => column.id === columns[0].id,
    autoResetPageIndex: false,
    initialState: { pagination: { pageIndex: 0, pageSize: PAGE_ROWS } },
  });
  const state = {
    q: settings.get("q") ?? "",
    sort: settings.get("sort") ?? "",
    page: Math.max(1, Number.parseInt(settings.get("page"), 10) || 1),
    ...Object.fromEntries(facets.map(({ id }) => [id, settings.get(id) ?? ""])),
  };
  const parts = tableParts({ view, title, columns, facets, state, change });

  /** Takes over what was changed; anything but the page leads back to the first. */
  function change(changed) {
    Object.assign(state, { page: 1 }, changed);
    keepRoute(view, { ...state, page: state.page > 1 ? state.page : "" });
    draw();
  }

  function draw() {
    table.setGlobalFilter(state.q.trim().toLowerCase() || undefined);
    facets.forEach(({ id }) => table.getColumn(`f-${id}`).setFilterValue(state[id] === "" ? undefined : state[id]));
    const by = state.sort.replace(/^-/, "");
    const isKnown = columns.some(({ id }) => id === by);
    table.setSorting(isKnown ? [{ id: by, desc: state.sort.startsWith("-") }] : []);
    const count = table.getFilteredRowModel().rows.length;
    const pages = Math.max(1, Math.ceil(count / PAGE_ROWS));
    state.page = Math.min(state.page, pages);
    table.setPageIndex(state.page - 1);
    parts.draw(table.getRowModel().rows.map((row) => row.original), { count, pages, all: rows.length });
    facets.forEach((facet) => parts.choices(facet, table.getColumn(`f-${facet.id}`).getFacetedUniqueValues()));
  }

  draw();
  return parts.element;
}

/** The elements of a table, and how they follow its state. */
function tableParts({ view, title, columns, facets, state, change }) {
  const search = h("input", { type: "search", id: `${view}-q`, value: state.q, autocomplete: "off", spellcheck: "false" });
  search.addEventListener("input", settled(() => change({ q: search.value })));
  const selects = new Map(
    facets.map(({ id }) => [id, h("select", { id: `${view}-${id}`, onchange: (event) => change({ [id]: event.target.value }) })]),
  );
  const fields = facets.map(({ id, title }) => h("div", { class: "field" }, h("label", { for: `${view}-${id}` }, title), selects.get(id)));
  const reset = h("button", { type: "button", class: "quiet" }, say("reset"));
  reset.addEventListener("click", () => {
    search.value = "";
    change({ q: "", sort: "", ...Object.fromEntries(facets.map(({ id }) => [id, ""])) });
    search.focus();
  });
  const tools = h(
    "form",
    { class: "tools", role: "search", onsubmit: (event) => event.preventDefault() },
    h("div", { class: "field wide" }, h("label", { for: `${view}-q` }, say("search")), search),
    fields,
    reset,
  );
  const counted = h("p", { class: "count", role: "status" });
  const heads = columns.map((column) => headCell(column, state, change));
  const body = h("tbody", { role: "rowgroup" });
  const head = h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, heads));
  const table = h("table", { role: "table", "aria-label": title, class: `rows ${view}` }, head, body);
  const pager = h("nav", { class: "pager", "aria-label": say("pages") });

  function draw(shown, { count, pages, all }) {
    counted.textContent = count === 0 ? say("none") : say("shown", { count: inWords(count), all: inWords(all) });
    heads.forEach((cell, at) => {
      const { id } = columns[at];
      const order = state.sort === id ? "ascending" : state.sort === `-${id}` ? "descending" : "none";
      cell.setAttribute("aria-sort", order);
    });
    reset.hidden = state.q === "" && state.sort === "" && facets.every(({ id }) => state[id] === "");
    body.replaceChildren(...shown.map((row) => h("tr", { role: "row" }, columns.map((column) => bodyCell(column, row)))));
    table.parentElement?.classList.toggle("bare", count === 0);
    drawPager(pager, state.page, pages, change);
  }

  /** The choices of a filter with how many rows each has, given what the other filters leave. */
  function choices({ id, value, word, order }, found) {
    const wanted = state[id];
    const values = [...found.keys()].filter((key) => key !== "");
    if (wanted !== "" && !values.some((key) => String(key) === wanted)) values.push(wanted);
    values.sort(order ?? ((a, b) => compare(word ? word(a) : a, word ? word(b) : b)));
    const options = values.map((key) => {
      const label = `${word ? word(key) : key} (${found.get(key) ?? 0})`;
      return h("option", { value: key, selected: String(key) === wanted }, label);
    });
    const select = selects.get(id);
    select.replaceChildren(h("option", { value: "" }, say("all")), ...options);
    select.value = wanted;
    select.classList.toggle("set", wanted !== "");
  }

  const scroll = h("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": title }, table);
  return { element: h("div", { class: "table" }, tools, counted, scroll, pager), draw, choices };
}

/** A heading that sorts: up, down, then as it was. */
function headCell({ id, title, isNumber }, state, change) {
  const sort = () => change({ sort: state.sort === id ? `-${id}` : state.sort === `-${id}` ? "" : id });
  const button = h("button", { type: "button", title: say("sort", { column: title }), onclick: sort }, title);
  return h("th", { role: "columnheader", scope: "col", class: isNumber ? "number" : null }, button);
}

const shownIn = ({ cell, value }, row) => (cell ? cell(row) : value(row)) ?? "";

function bodyCell(column, row) {
  const { title, isNumber, isHead } = column;
  const shown = shownIn(column, row);
  const content = shown === "" ? [] : h("div", {}, shown);
  if (isUnbroken(content.textContent)) content.className = "unbroken";
  const attributes = { "data-title": title, class: isNumber ? "number" : null };
  if (isHead) return h("th", { role: "rowheader", scope: "row", ...attributes }, content);
  return h("td", { role: "cell", ...attributes }, content);
}

function drawPager(pager, page, pages, change) {
  pager.hidden = pages < 2;
  const button = (word, to) =>
    h("button", { type: "button", disabled: to < 1 || to > pages, onclick: () => (change({ page: to }), scrollTo(0, 0)) }, word);
  pager.replaceChildren(button(say("previous"), page - 1), h("span", {}, say("page", { page, pages })), button(say("next"), page + 1));
}
