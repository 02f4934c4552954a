// Where the parts of a territory stand: users above what they use, cycles together.

// Strongly connected components (Tarjan, with a stack of its own), each as its list of places.
function circles(places, edges) {
  const next = new Map(places.map((at) => [at, []]));
  for (const edge of edges) if (edge.shipped) next.get(edge.from).push(edge.to);
  const index = new Map(), low = new Map(), onStack = new Set(), stack = [], found = [];
  for (const start of places) {
    if (index.has(start)) continue;
    const work = [{ at: start, step: 0 }];
    while (work.length > 0) {
      const frame = work[work.length - 1];
      const { at } = frame;
      if (frame.step === 0) {
        index.set(at, index.size);
        low.set(at, index.get(at));
        stack.push(at);
        onStack.add(at);
      }
      const goals = next.get(at);
      if (frame.step < goals.length) {
        const goal = goals[frame.step++];
        if (!index.has(goal)) work.push({ at: goal, step: 0 });
        else if (onStack.has(goal)) low.set(at, Math.min(low.get(at), index.get(goal)));
        continue;
      }
      work.pop();
      if (work.length > 0) {
        const above = work[work.length - 1].at;
        low.set(above, Math.min(low.get(above), low.get(at)));
      }
      if (low.get(at) === index.get(at)) {
        const members = [];
        for (let one; one !== at; ) {
          one = stack.pop();
          onStack.delete(one);
          members.push(one);
        }
        found.push(members);
      }
    }
  }
  return found; // what is used stands before who uses it
}

// For each place its level (0 at the bottom), the circle that it is part of and its rank in there:
// an order with as few references back as a greedy choice finds (Eades, Lin and Smyth, 1993).
// Edges against it are marked: without them there would be no circle.
function levels(places, edges) {
  const circleOf = new Map();
  const rankOf = new Map();
  const found = circles(places, edges);
  found.forEach((members, number) => members.forEach((at) => circleOf.set(at, number)));
  const shipped = edges.filter((edge) => edge.shipped);
  const within = found.map(() => []);
  for (const edge of shipped) if (circleOf.get(edge.from) === circleOf.get(edge.to)) within[circleOf.get(edge.from)].push(edge);
  found.forEach((members, number) => unrolled(members, within[number]).forEach((at, rank) => rankOf.set(at, rank)));
  const level = new Array(found.length).fill(0);
  const outgoing = found.map(() => []);
  for (const edge of shipped) outgoing[circleOf.get(edge.from)].push(circleOf.get(edge.to));
  outgoing.forEach((goals, number) => {
    for (const goal of goals) if (goal !== number) level[number] = Math.max(level[number], level[goal] + 1);
  });
  for (const edge of edges) {
    edge.onCycle = edge.shipped && circleOf.get(edge.from) === circleOf.get(edge.to) && rankOf.get(edge.from) > rankOf.get(edge.to);
  }
  return { levelOf: (at) => level[circleOf.get(at)], rankOf, circleOf, sizeOf: (at) => found[circleOf.get(at)].length };
}

// The members of a circle, users first.
function unrolled(members, edges) {
  const left = new Set([...members].sort((a, b) => (a.name < b.name ? -1 : 1)));
  const first = [], last = [];
  while (left.size > 0) {
    let best = null;
    for (const at of left) {
      let out = 0, back = 0;
      for (const edge of edges) {
        if (edge.from === at && left.has(edge.to)) out += edge.count;
        if (edge.to === at && left.has(edge.from)) back += edge.count;
      }
      const worth = out === 0 ? -Infinity : back === 0 ? Infinity : out - back;
      if (!best || worth > best.worth || (out === 0 && best.worth !== -Infinity)) best = { at, worth };
      if (out === 0) break;
    }
    left.delete(best.at);
    if (best.worth === -Infinity) last.unshift(best.at);
    else first.push(best.at);
  }
  return [...first, ...last];
}

const BOX = { width: 178, height: 50, gapX: 26, gapY: 64 };

// Rows from the top, long ones broken into several; each place gets x and y. A circle is a block of
// rows of its own, in its order.
function layOut(places, edges, width) {
  const { levelOf, rankOf, circleOf, sizeOf } = levels(places, edges);
  const perRow = Math.max(2, Math.floor((width - 40) / (BOX.width + BOX.gapX)));
  const blocks = new Map();
  for (const at of places) {
    const foreign = at.kind === "outside" || at.kind === "external";
    const key = foreign ? "-1" : sizeOf(at) > 1 ? `${levelOf(at)}.${circleOf.get(at)}` : String(levelOf(at));
    if (!blocks.has(key)) blocks.set(key, { level: foreign ? -1 : levelOf(at), circle: sizeOf(at) > 1, members: [] });
    blocks.get(key).members.push(at);
  }
  const rows = [];
  const position = new Map();
  for (const { members, circle } of [...blocks.values()].sort((a, b) => b.level - a.level || a.circle - b.circle)) {
    const weight = new Map(members.map((at) => [at, circle ? rankOf.get(at) : centre(at, edges, position)]));
    members.sort((a, b) => weight.get(a) - weight.get(b) || (a.name < b.name ? -1 : 1));
    const most = circle ? Math.min(3, perRow) : perRow;
    const size = Math.ceil(members.length / Math.ceil(members.length / most));
    for (let start = 0; start < members.length; start += size) {
      const row = members.slice(start, start + size);
      row.forEach((at, number) => position.set(at, (number + 0.5) / row.length));
      rows.push({ row, gap: start === 0 || circle ? BOX.gapY : 16 });
    }
  }
  const widest = Math.max(1, ...rows.map(({ row }) => row.length));
  const total = Math.max(width - 20, widest * (BOX.width + BOX.gapX) + 40);
  let y = 60;
  rows.forEach(({ row, gap }, number) => {
    if (number > 0) y += BOX.height + gap;
    const length = row.length * (BOX.width + BOX.gapX) - BOX.gapX;
    row.forEach((at, index) => Object.assign(at, { x: (total - length) / 2 + index * (BOX.width + BOX.gapX), y }));
  });
  return { width: total, height: y + BOX.height + 60, sizeOf, levelOf };
}

// The crossings that no chain of others makes needless: enough to see what stands on what.
function skeleton(places, edges) {
  const outgoing = new Map(places.map((at) => [at, []]));
  for (const edge of edges) if (edge.shipped && !edge.onCycle) outgoing.get(edge.from).push(edge.to);
  const below = new Map();
  const reach = (at, seen) => {
    if (below.has(at)) return below.get(at);
    if (seen.has(at)) return new Set();
    seen.add(at);
    const all = new Set();
    for (const goal of outgoing.get(at)) {
      all.add(goal);
      for (const further of reach(goal, seen)) all.add(further);
    }
    below.set(at, all);
    return all;
  };
  for (const at of places) reach(at, new Set());
  return new Set(edges.filter((edge) => edge.shipped && !edge.onCycle && !outgoing.get(edge.from).some((goal) => goal !== edge.to && below.get(goal).has(edge.to))));
}

// Where roads begin and end on the edges of their boxes: side by side, so that none covers another.
function spread(edges) {
  const ends = new Map();
  const join = (at, side, edge, end) => {
    const key = numberOf(at) + side;
    if (!ends.has(key)) ends.set(key, { at, roads: [] });
    ends.get(key).roads.push({ edge, end, other: end === "start" ? edge.to : edge.from });
  };
  for (const edge of edges) {
    const down = edge.from.y < edge.to.y || (edge.from.y === edge.to.y && edge.from.x >= edge.to.x);
    join(edge.from, down ? "bottom" : "top", edge, "start");
    join(edge.to, edge.from.y === edge.to.y ? (down ? "bottom" : "top") : down ? "top" : "bottom", edge, "end");
  }
  for (const { at, roads } of ends.values()) {
    roads.sort((a, b) => a.other.x - b.other.x || a.other.y - b.other.y || (a.end < b.end ? -1 : 1));
    const room = Math.min(22, (BOX.width - 24) / roads.length);
    roads.forEach(({ edge, end }, number) => {
      edge[end + "X"] = at.x + BOX.width / 2 + (number - (roads.length - 1) / 2) * room;
    });
  }
}

// The mean place of those above that use it.
function centre(at, edges, position) {
  let sum = 0, count = 0;
  for (const edge of edges) {
    if (edge.to === at && position.has(edge.from)) {
      sum += position.get(edge.from);
      count += 1;
    }
  }
  return count > 0 ? sum / count : 0.5;
}

// Rows and columns of the matrix: users before what they use.
function inOrder(places, edges) {
  const { levelOf, rankOf, circleOf } = levels(places, edges);
  const order = (a, b) => levelOf(b) - levelOf(a) || circleOf.get(a) - circleOf.get(b) || rankOf.get(a) - rankOf.get(b);
  return [...places].sort((a, b) => order(a, b) || (a.name < b.name ? -1 : 1));
}
