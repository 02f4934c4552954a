// A territory as a map, or as a matrix.

const SVG = "http://www.w3.org/2000/svg";
const MOST_ROADS = 90;

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value !== null && value !== false) made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

function drawn(tag, attributes) {
  const made = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function kindOf(edge) {
  if (edge.faults > 0) return "fault";
  if (edge.onCycle) return "cycle";
  return edge.shipped ? "plain" : "tests";
}

function faultsWithin(at, edges) {
  return edges.reduce((sum, edge) => sum + (edge.from === at ? edge.faults : 0), at.faultsInside ?? 0);
}

function landText(at, edges) {
  const words = [];
  if (at.children.length > 0) words.push(plural(countModules(at), at.kind === "outside" ? "crate" : "module"));
  else if (at.kind === "external") words.push("from outside");
  else words.push(at.kind === "own" ? "the module’s own code" : "module");
  const faults = faultsWithin(at, edges);
  const small = element("small", {}, words.join(", "));
  if (faults > 0) small.append(", ", element("span", { class: "fault" }, faults + (faults === 1 ? " fault" : " faults")));
  return [element("b", {}, at.name), small];
}

function drawMap(main, view, actions) {
  const { places, inner } = view;
  const size = layOut(places, inner, main.clientWidth);
  const map = element("div", { class: "map", style: `width:${size.width}px;height:${size.height}px` });
  const svg = drawn("svg", { width: size.width, height: size.height });
  map.append(svg);
  drawArrowheads(svg);
  spread(inner);
  const many = inner.length > MOST_ROADS;
  const bones = many ? skeleton(places, inner) : new Set(inner);
  for (const edge of [...inner].sort((a, b) => a.faults - b.faults || a.onCycle - b.onCycle)) drawRoad(svg, edge, bones.has(edge), actions);
  for (const at of places) {
    const faults = faultsWithin(at, inner);
    const classes = ["land", at.kind === "outside" || at.kind === "external" ? "outside" : "", size.sizeOf(at) > 1 ? "cycle" : "", faults > 0 ? "broken" : ""];
    at.box = element(
      "button",
      {
        class: classes.join(" "),
        title: pathOf(at),
        style: `left:${at.x}px;top:${at.y}px;width:${BOX.width}px;height:${BOX.height}px;--hue:${at.hue}`,
        onclick: () => actions.choosePlace(at),
        ondblclick: () => actions.enter(at),
        onmouseenter: () => actions.point(at),
        onmouseleave: () => actions.point(null),
        onfocus: () => actions.point(at),
      },
      ...landText(at, inner),
    );
    map.append(at.box);
  }
  if (many) main.append(element("p", { class: "note" }, `${inner.length} crossings: drawn are faults, what closes a cycle, and what no chain makes needless; point at a box to see all of its own, or press m for the matrix`));
  main.append(map);
}

function drawRoad(svg, edge, isBone, actions) {
  const kind = kindOf(edge);
  const line = curve(edge);
  const width = Math.min(6, 1 + Math.log10(edge.count) * 1.3) + (kind === "fault" ? 1 : 0);
  edge.road = drawn("path", { d: line.path, class: "road " + kind, "stroke-width": width, "marker-end": `url(#tip-${kind})` });
  edge.road.dataset.hide = (!isBone || edge.to.kind === "outside") && kind !== "fault" && kind !== "cycle" ? "1" : "";
  edge.road.dataset.road = pathOf(edge.from) + " -> " + pathOf(edge.to);
  edge.label = drawn("text", { x: line.x, y: line.y, class: "count " + kind });
  edge.label.textContent = edge.faults > 0 ? `${edge.count} (${edge.faults}!)` : edge.count;
  const grip = drawn("path", { d: line.path, class: "grip" });
  const title = drawn("title", {});
  title.textContent = `${pathOf(edge.from)} uses ${pathOf(edge.to)}: ${edge.count} references`;
  grip.append(title);
  grip.addEventListener("click", () => actions.chooseEdge(edge));
  grip.dataset.hide = edge.road.dataset.hide;
  edge.grip = grip;
  svg.append(edge.road, edge.label, grip);
  showRoad(edge, false);
}

function drawArrowheads(svg) {
  const tips = drawn("defs", {});
  for (const kind of ["plain", "tests", "cycle", "fault"]) {
    const tip = drawn("marker", { id: "tip-" + kind, class: "tip " + kind, viewBox: "0 0 8 8", refX: 3, refY: 4, markerWidth: 9, markerHeight: 9, markerUnits: "userSpaceOnUse", orient: "auto" });
    tip.append(drawn("path", { d: "M0,0 L8,4 L0,8 z" }));
    tips.append(tip);
  }
  svg.append(tips);
}

// Hidden roads appear while their box is pointed at.
function showRoad(edge, shown) {
  const display = edge.road.dataset.hide && !shown ? "none" : "";
  for (const part of [edge.road, edge.label, edge.grip]) part.style.display = display;
}

function curve({ from, to, startX, endX }) {
  const side = Math.sign(endX - startX) || 1;
  if (from.y < to.y) {
    const [top, bottom] = [from.y + BOX.height, to.y - 5];
    const bend = Math.max(22, (bottom - top) / 2);
    return bow(startX, top, top + bend, endX, bottom, bottom - bend, 0.42);
  }
  if (from.y > to.y) {
    const [bottom, top] = [from.y, to.y + BOX.height + 5];
    const bend = Math.max(30, (bottom - top) / 2);
    return bow(startX, bottom, bottom - bend, endX, top, top + bend, 0.42);
  }
  const reach = 30 + Math.abs(endX - startX) / 14;
  const under = side < 0;
  const y = under ? from.y + BOX.height : from.y;
  const bent = under ? y + reach : y - reach;
  return bow(startX, y, bent, endX, under ? y + 5 : y - 5, bent, 0.5);
}

// A curve that leaves and arrives upright, and the point at `share` of it.
function bow(x1, y1, c1, x2, y2, c2, share) {
  const rest = 1 - share;
  const at = (a, b, c, d) => rest ** 3 * a + 3 * rest ** 2 * share * b + 3 * rest * share ** 2 * c + share ** 3 * d;
  return { path: `M${x1},${y1} C${x1},${c1} ${x2},${c2} ${x2},${y2}`, x: at(x1, x1, x2, x2), y: at(y1, c1, c2, y2) + 4 };
}

function drawMatrix(main, view, actions) {
  const places = inOrder(view.places, view.inner);
  const byEnds = new Map(view.inner.map((edge) => [edge.key, edge]));
  const head = element("tr", {}, element("th", {}, "uses →"));
  places.forEach((at, number) => head.append(element("th", { title: pathOf(at) }, String(number + 1))));
  const body = element("tbody");
  places.forEach((from, number) => {
    const name = element("button", { title: pathOf(from), onclick: () => actions.choosePlace(from), ondblclick: () => actions.enter(from) }, `${from.name}  ${number + 1}`);
    const row = element("tr", {}, element("th", { scope: "row" }, name));
    from.box = name;
    for (const to of places) row.append(cell(byEnds.get(numberOf(from) + ">" + numberOf(to)), from === to, actions));
    body.append(row);
  });
  main.append(element("p", { class: "note" }, "A row uses its columns. What stands left of the diagonal leads back up and closes a cycle."));
  main.append(element("table", { class: "matrix" }, element("thead", {}, head), body));
}

function cell(edge, isSelf, actions) {
  if (!edge) return element("td", { class: isSelf ? "self" : null });
  const title = `${pathOf(edge.from)} uses ${pathOf(edge.to)}: ${edge.count} references`;
  const button = element("button", { title, onclick: () => actions.chooseEdge(edge) }, String(edge.count));
  edge.cell = button;
  return element("td", { class: kindOf(edge) }, button);
}
