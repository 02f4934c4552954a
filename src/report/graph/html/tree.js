// The data, and the trees that group its modules: by crate, and by component where there are any.

const data = JSON.parse(document.getElementById("data").textContent);
const [PATH, KIND, FILE, LINE, COMPONENT] = [0, 1, 2, 3, 4];
const [FROM, TO, COUNT, SHIPPED, FAULTS, LINES] = [0, 1, 2, 3, 4, 5];

// A place: { name, label, parent, children, module, kind, depth }. `module` is an index into
// data.modules, or -1 for a mere group.
function place(name, parent, kind, module = -1) {
  const made = { name, parent, children: [], module, kind, depth: parent ? parent.depth + 1 : 0, hue: 0 };
  if (parent) parent.children.push(made);
  return made;
}

// The tree of a grouping, and for each module the place that stands for it alone.
function growTree(byComponent) {
  const root = place("workspace", null, "root");
  const outside = { made: null };
  const groups = new Map();
  const ownOf = new Array(data.modules.length);
  const placeOf = new Map();
  const group = (key, name, kind) => {
    if (!groups.has(key)) groups.set(key, place(name, root, kind));
    return groups.get(key);
  };
  data.modules.forEach((module, index) => {
    if (module[KIND] === "external") {
      outside.made ??= place("outside", root, "outside");
      ownOf[index] = place(module[PATH], outside.made, "external", index);
      return;
    }
    const component = byComponent ? module[COMPONENT] : null;
    const side = sideGroup(module[PATH], group);
    const territory = side || component === null ? side : group(component, data.components[component].name, "component");
    const above = parentIn(placeOf, module[PATH], component);
    const parent = above ?? territory ?? root;
    const name = above ? lastSegment(module[PATH]) : module[PATH];
    const made = place(name, parent, module[KIND], index);
    placeOf.set(module[PATH], { made, component });
    ownOf[index] = made;
  });
  for (const at of root.children) if (at.kind === "component" && at.children.length === 1) merge(at, ownOf);
  splitOwn(root, ownOf);
  if (outside.made) root.children.push(...root.children.splice(root.children.indexOf(outside.made), 1));
  root.children.forEach((child, number) => paint(child, (number * 137.5 + 210) % 360));
  return { root, ownOf };
}

// Crates that are not shipped stand together, so that they do not hide those that are.
function sideGroup(path, group) {
  if (/^[^:]*\/(test|bench|example)\//.test(path)) return group("tests", "tests, benches, examples", "tests");
  if (/^[^:]*\/build\//.test(path)) return group("build", "build scripts", "build");
  return null;
}

// The nearest module above that belongs to the same component.
function parentIn(placeOf, path, component) {
  for (let at = path.lastIndexOf("::"); at > 0; at = path.lastIndexOf("::", at - 1)) {
    const above = placeOf.get(path.slice(0, at));
    if (above && above.component === component) return above.made;
  }
  return null;
}

function lastSegment(path) {
  return path.slice(path.lastIndexOf("::") + 2);
}

// A component of one module is that module, under the component's name.
function merge(component, ownOf) {
  const [only] = component.children;
  Object.assign(component, { module: only.module, children: only.children });
  for (const child of component.children) child.parent = component;
  ownOf[only.module] = component;
  const lift = (at) => {
    at.depth -= 1;
    at.children.forEach(lift);
  };
  component.children.forEach(lift);
}

// What stands in a module itself, beside the modules below it, gets a place among them.
function splitOwn(at, ownOf) {
  for (const child of [...at.children]) splitOwn(child, ownOf);
  if (at.module >= 0 && at.children.length > 0) {
    const own = place("itself", at, "own", at.module);
    own.depth = at.depth + 1;
    ownOf[at.module] = own;
  }
}

function paint(at, hue) {
  at.hue = hue;
  for (const child of at.children) paint(child, hue);
}

function pathOf(at) {
  if (at.kind === "own") return pathOf(at.parent) + " itself";
  return at.module >= 0 ? data.modules[at.module][PATH] : at.name;
}

function countModules(at) {
  if (at.modules === undefined) {
    at.modules = at.children.reduce((sum, child) => sum + countModules(child), at.children.length === 0 ? 1 : 0);
  }
  return at.modules;
}

// The child of `focus` in which a place lies; null if it lies elsewhere.
function childWithin(focus, at) {
  while (at && at.depth > focus.depth + 1) at = at.parent;
  return at && at.parent === focus ? at : null;
}

// The parts of a territory; those that are not shipped only where tests are shown.
function partsOf(focus, withTests) {
  return withTests ? focus.children : focus.children.filter((at) => at.kind !== "tests");
}

// All edges between the children of `focus`, and those that cross its border, each with the edges
// of modules that it stands for: { from, to, count, faults, shipped, parts }.
function crossings(tree, focus, withTests) {
  const inner = new Map();
  const border = new Map();
  data.edges.forEach((edge) => {
    if (!withTests && !edge[SHIPPED] && !edge[FAULTS]) return;
    const [start, end] = [tree.ownOf[edge[FROM]], tree.ownOf[edge[TO]]];
    const [from, to] = [childWithin(focus, start), childWithin(focus, end)];
    if (from && to) {
      if (from !== to) add(inner, from, to, edge);
    } else if (from || to) {
      add(border, from ?? beside(focus, start), to ?? beside(focus, end), edge);
    }
  });
  return { inner: [...inner.values()], border: [...border.values()] };
}

// For a place outside of `focus`: itself seen from there, the largest place that does not hold both.
function beside(focus, at) {
  const above = new Set();
  for (let up = focus; up; up = up.parent) above.add(up);
  while (at.parent && !above.has(at.parent)) at = at.parent;
  return at;
}

const numbers = new Map();
function numberOf(at) {
  if (!numbers.has(at)) numbers.set(at, numbers.size);
  return numbers.get(at);
}

function add(map, from, to, edge) {
  const key = numberOf(from) + ">" + numberOf(to);
  let made = map.get(key);
  if (!made) map.set(key, (made = { key, from, to, count: 0, faults: 0, shipped: false, parts: [] }));
  made.count += edge[COUNT];
  made.faults += edge[FAULTS];
  made.shipped ||= edge[SHIPPED] === 1;
  made.parts.push(edge);
}
