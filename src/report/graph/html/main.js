// What is shown, and how it is walked through. The address holds it all.

const ids = (name) => document.getElementById(name);
const [main, panel, trail, search, hits] = ["main", "panel", "trail", "search", "hits"].map(ids);
const trees = { crate: growTree(false), component: data.components.length > 0 ? growTree(true) : null };
for (const tree of Object.values(trees)) if (tree) countFaults(tree);

const state = { by: trees.component ? "component" : "crate", focus: null, matrix: false, tests: false, place: null, edge: null };
let view = null;

// Faults between modules inside one place, for its box.
function countFaults(tree) {
  for (const edge of data.edges) {
    if (edge[FAULTS] === 0) continue;
    const [from, to] = [tree.ownOf[edge[FROM]], tree.ownOf[edge[TO]]];
    const above = new Set();
    for (let at = from; at; at = at.parent) above.add(at);
    for (let at = to; at; at = at.parent) if (above.has(at)) at.faultsInside = (at.faultsInside ?? 0) + edge[FAULTS];
  }
}

// A workspace of one crate begins inside of it.
function start(tree) {
  const crates = tree.root.children.filter((at) => !["outside", "tests", "build"].includes(at.kind));
  return crates.length === 1 && crates[0].children.length > 0 ? crates[0] : tree.root;
}

const actions = {
  choosePlace(at) {
    if (state.place === at && at.children.length > 0) return actions.enter(at);
    Object.assign(state, { place: at, edge: null });
    showPlace(panel, view, at, actions);
    mark();
  },
  chooseEdge(edge) {
    Object.assign(state, { place: null, edge });
    showEdge(panel, edge);
    mark();
  },
  enter(at) {
    if (at.children.length > 0) show({ focus: at, place: null, edge: null });
  },
  out() {
    if (state.focus.parent) show({ focus: state.focus.parent, place: state.focus, edge: null });
  },
  point(at) {
    mark(at);
  },
};

function show(change = {}) {
  const keepsFocus = main.contains(document.activeElement);
  Object.assign(state, change);
  const tree = trees[state.by];
  state.focus ??= start(tree);
  const { inner, border } = crossings(tree, state.focus, state.tests);
  view = { focus: state.focus, places: partsOf(state.focus, state.tests), inner, border };
  main.replaceChildren();
  if (state.matrix) {
    drawMatrix(main, view, actions);
  } else {
    drawMap(main, view, actions);
  }
  drawTrail();
  if (state.place && view.places.includes(state.place)) showPlace(panel, view, state.place, actions);
  else showTerritory(panel, view, actions);
  for (const [name, on] of [["by", state.by === "crate"], ["matrix", state.matrix], ["tests", state.tests]]) ids(name).setAttribute("aria-pressed", on);
  if (state.place?.box && keepsFocus) state.place.box.focus();
  mark();
  const address = "#" + new URLSearchParams({ at: pathOf(state.focus), by: state.by, ...(state.matrix && { matrix: 1 }), ...(state.tests && { tests: 1 }) });
  if (location.hash !== address) history.pushState(null, "", address);
}

function drawTrail() {
  const steps = [];
  for (let at = state.focus; at; at = at.parent) steps.unshift(at);
  trail.replaceChildren(...steps.flatMap((at, number) => {
    const last = number === steps.length - 1;
    const step = last ? element("span", { "aria-current": "page" }, at.name) : element("button", { onclick: () => show({ focus: at, place: null, edge: null }) }, at.name);
    return number > 0 ? [" › ", step] : [step];
  }));
  document.title = pathOf(state.focus) + ": map";
}

// Brings out what is chosen or pointed at, and its roads.
function mark(pointed = null) {
  const at = pointed ?? state.place;
  const near = new Set(at ? [at] : []);
  for (const edge of view.inner) {
    const touches = at && (edge.from === at || edge.to === at);
    const chosen = state.edge === edge;
    if (touches) near.add(edge.from).add(edge.to);
    if (edge.road) {
      showRoad(edge, Boolean(touches || chosen));
      const quiet = Boolean((at && !touches) || (!at && state.edge && !chosen));
      for (const part of [edge.road, edge.label]) part.classList.toggle("quiet", quiet);
      edge.road.classList.toggle("chosen", chosen);
    }
    edge.cell?.classList.toggle("chosen", chosen);
    if (chosen) near.add(edge.from).add(edge.to);
  }
  for (const one of view.places) {
    one.box?.classList.toggle("chosen", one === state.place);
    one.box?.classList.toggle("quiet", near.size > 0 && !near.has(one));
  }
}

function find(text) {
  const words = text.toLowerCase().split(/[\s:]+/).filter(Boolean);
  if (words.length === 0) return [];
  const found = [];
  data.modules.forEach((module, index) => {
    const path = module[PATH].toLowerCase();
    if (words.every((word) => path.includes(word))) found.push(index);
  });
  return found.sort((a, b) => data.modules[a][PATH].length - data.modules[b][PATH].length).slice(0, 30);
}

function goTo(index) {
  const tree = trees[state.by];
  let at = tree.ownOf[index];
  if (at.kind === "own") at = at.parent;
  search.value = "";
  hits.replaceChildren();
  for (let up = at; up; up = up.parent) if (up.kind === "tests") state.tests = true;
  show({ focus: at.parent, place: at, edge: null });
  at.box?.focus();
  at.box?.scrollIntoView({ block: "center", inline: "center" });
}

search.addEventListener("input", () => {
  const found = find(search.value);
  hits.replaceChildren(...found.map((index, number) =>
    element("li", { class: number === 0 ? "first" : null }, element("button", { onclick: () => goTo(index) }, data.modules[index][PATH]))));
});
search.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && find(search.value).length > 0) goTo(find(search.value)[0]);
  if (event.key === "Escape") {
    search.value = "";
    hits.replaceChildren();
    search.blur();
  }
  if (event.key === "ArrowDown") hits.querySelector("button")?.focus();
});
hits.addEventListener("keydown", (event) => {
  const items = [...hits.querySelectorAll("button")];
  const at = items.indexOf(document.activeElement);
  if (event.key === "ArrowDown") items[Math.min(at + 1, items.length - 1)].focus();
  if (event.key === "ArrowUp") (items[at - 1] ?? search).focus();
});

const toggles = {
  m: () => show({ matrix: !state.matrix, edge: null }),
  t: () => show({ tests: !state.tests, edge: null }),
  g: () => {
    if (!trees.component) return;
    show({ by: state.by === "crate" ? "component" : "crate", focus: null, place: null, edge: null });
  },
  d: () => {
    const dark = document.documentElement.classList.contains("dark") || (!document.documentElement.classList.contains("light") && matchMedia("(prefers-color-scheme: dark)").matches);
    document.documentElement.classList.toggle("dark", !dark);
    document.documentElement.classList.toggle("light", dark);
    ids("shade").setAttribute("aria-pressed", !dark);
  },
};
for (const [name, key] of [["matrix", "m"], ["tests", "t"], ["by", "g"], ["shade", "d"]]) ids(name).addEventListener("click", toggles[key]);
if (!trees.component) ids("by").hidden = true;

// The nearest box in a direction from the one that has the focus.
function walk(key) {
  const from = view.places.find((at) => at.box === document.activeElement);
  if (!from) return (view.places[0]?.box ?? main).focus();
  const ahead = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
  let best = null;
  for (const at of view.places) {
    const [dx, dy] = [at.x - from.x, at.y - from.y];
    const along = dx * ahead[0] + dy * ahead[1];
    const aside = Math.abs(dx * ahead[1]) + Math.abs(dy * ahead[0]);
    if (at !== from && along > 0 && (!best || along + aside * 2 < best.far)) best = { at, far: along + aside * 2 };
  }
  best?.at.box.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.target === search || hits.contains(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/") {
    event.preventDefault();
    search.focus();
  } else if (event.key.startsWith("Arrow") && !state.matrix) {
    event.preventDefault();
    walk(event.key);
  } else if (event.key === "Backspace") {
    event.preventDefault();
    actions.out();
  } else if (event.key === "Escape") {
    if (state.place || state.edge) show({ place: null, edge: null });
    else actions.out();
  } else {
    toggles[event.key]?.();
  }
});

function readAddress() {
  const said = new URLSearchParams(location.hash.slice(1));
  const by = said.get("by") === "component" && trees.component ? "component" : said.has("by") ? "crate" : state.by;
  let focus = null;
  const seek = (at) => {
    if (pathOf(at) === said.get("at") && (at.children.length > 0 || !at.parent)) focus ??= at;
    at.children.forEach(seek);
  };
  seek(trees[by].root);
  show({ by, focus, matrix: said.has("matrix"), tests: said.has("tests"), place: null, edge: null });
}

addEventListener("popstate", readAddress);
let resized = null;
addEventListener("resize", () => {
  clearTimeout(resized);
  resized = setTimeout(() => show(), 150);
});
readAddress();
