// What is known of the place or crossing that was chosen, down to the lines.

const MOST_SHOWN = 200;

function plural(count, word) {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}

function nameOf(at) {
  return at.kind === "own" ? at.parent.name + " itself" : at.name;
}

function showTerritory(panel, view, actions) {
  const at = view.focus;
  const faulty = [...view.inner, ...view.border].filter((edge) => edge.faults > 0);
  panel.replaceChildren(
    element("h2", {}, at.parent ? pathOf(at) : "The workspace"),
    element("p", {}, `${plural(view.places.length, "part")}, ${plural(view.inner.length, "crossing")} between them`),
    ...list("Breaks a rule", faulty, (edge) => crossing(edge, actions)),
    ...list("Cycles", cyclesOf(view), (members) => element("span", {}, members.map(nameOf).join(" ↔ "))),
    ...borders(view, actions),
  );
}

function cyclesOf(view) {
  return circles(view.places, view.inner).filter((members) => members.length > 1);
}

function borders(view, actions) {
  const uses = view.border.filter((edge) => edge.from.parent === view.focus);
  const used = view.border.filter((edge) => edge.to.parent === view.focus);
  return [
    ...list("Uses, beyond its border", uses, (edge) => crossing(edge, actions)),
    ...list("Used from beyond its border", used, (edge) => crossing(edge, actions)),
  ];
}

function crossing(edge, actions) {
  const text = `${nameOf(edge.from)} → ${nameOf(edge.to)}`;
  const made = element("span", {}, element("button", { title: `${pathOf(edge.from)} → ${pathOf(edge.to)}`, onclick: () => actions.chooseEdge(edge) }, text), ` ${edge.count}`);
  if (edge.faults > 0) made.append(" ", element("span", { class: "tag" }, plural(edge.faults, "fault")));
  return made;
}

function list(title, all, made) {
  if (all.length === 0) return [];
  const sorted = all[0].count === undefined ? all : [...all].sort((a, b) => b.faults - a.faults || b.count - a.count);
  const rows = sorted.slice(0, MOST_SHOWN).map((one) => element("li", {}, made(one)));
  const rest = all.length - rows.length;
  return [element("h3", {}, `${title} (${all.length})`), element("ul", {}, ...rows), ...(rest > 0 ? [element("p", {}, `and ${rest} more`)] : [])];
}

function showPlace(panel, view, at, actions) {
  const touching = [...view.inner, ...view.border];
  const module = at.module >= 0 ? data.modules[at.module] : null;
  const parts = [element("h2", {}, pathOf(at))];
  if (module && module[FILE] !== null) {
    parts.push(element("p", {}, element("code", {}, `${data.files[module[FILE]]}:${module[LINE]}`)));
  }
  if (at.children.length > 0) {
    parts.push(element("button", { class: "go", onclick: () => actions.enter(at) }, `Go in: ${plural(countModules(at), "module")}`));
  }
  const component = module && module[COMPONENT] !== null ? data.components[module[COMPONENT]] : null;
  if (component) parts.push(element("p", {}, `component ${component.name}${component.owner ? ", " + component.owner : ""}`));
  parts.push(...list("Uses", touching.filter((edge) => edge.from === at), (edge) => crossing(edge, actions)));
  parts.push(...list("Used by", touching.filter((edge) => edge.to === at), (edge) => crossing(edge, actions)));
  panel.replaceChildren(...parts);
}

function showEdge(panel, edge) {
  const rules = new Map();
  const groups = [...edge.parts].sort((a, b) => b[FAULTS] - a[FAULTS] || b[COUNT] - a[COUNT]);
  const shown = [];
  let left = MOST_SHOWN;
  for (const part of groups) {
    if (left <= 0) break;
    const lines = [...part[LINES]].sort((a, b) => (a[5] === null) - (b[5] === null)).slice(0, left);
    left -= lines.length;
    for (const line of lines) if (line[5] !== null) rules.set(line[5], data.rules[line[5]]);
    const more = part[COUNT] - lines.length;
    shown.push(
      element("h3", {}, `${data.modules[part[FROM]][PATH]} → ${data.modules[part[TO]][PATH]} (${part[COUNT]})`),
      element("ul", { class: "lines" }, ...lines.map(lineOf)),
      ...(more > 0 ? [element("p", {}, `and ${more} more`)] : []),
    );
  }
  const hidden = groups.length - shown.filter((one) => one.tagName === "UL").length;
  if (hidden > 0) shown.push(element("p", {}, `and ${plural(hidden, "pair")} of modules more`));
  const because = [...rules.values()].map((rule) =>
    element("p", { class: "because" }, element("span", { class: "tag" }, rule.id), rule.because ? " because " + rule.because : ""));
  const cycle = edge.onCycle ? [element("p", {}, element("span", { class: "tag cycle" }, "cycle"), " leads back to who uses it")] : [];
  panel.replaceChildren(
    element("h2", {}, `${pathOf(edge.from)} → ${pathOf(edge.to)}`),
    element("p", {}, `${plural(edge.count, "reference")}${edge.shipped ? "" : ", in tests, benches or examples only"}`),
    ...because, ...cycle, ...shown,
  );
}

function lineOf([file, line, column, owner, item, rule, known]) {
  const made = element(
    "li", {},
    element("code", { class: "place" }, `${data.files[file]}:${line}:${column}`),
    element("code", { class: "item" }, `${data.items[owner]} → ${data.items[item]}`),
  );
  if (rule !== null) made.append(element("span", { class: known ? "tag known" : "tag" }, data.rules[rule].id + (known ? ", known" : "")));
  return made;
}
