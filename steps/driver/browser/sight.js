// What a person makes of a page that nobody has told them about: what is seen,
// what things are called, which fields belong together. No id or class is
// looked at; an id is followed only where a label or a description points to it.
// What stands in an open shadow root is seen like everything else.
const fold = (s) => (s ?? "").replace(/\s+/g, " ").trim();
const unique = (list) => [...new Set(list.filter((s) => s !== ""))];
const pointed = (el, attribute) =>
  (el.getAttribute(attribute) ?? "").split(/\s+/).map((id) => id && el.getRootNode().getElementById(id)).filter(Boolean);

// The tree as it is drawn: with shadow roots, and what is slotted where its slot is.
const nodesOf = (node) => node.shadowRoot?.childNodes ?? (node.tagName === "SLOT" && node.assignedNodes().length ? node.assignedNodes() : node.childNodes);
const parentOf = (node) => node.assignedSlot ?? node.parentElement ?? node.getRootNode().host ?? null;
const nearest = (el, selector) => { for (let at = el; at; at = parentOf(at)) if (at.matches(selector)) return at; return null; };
const holds = (outer, inner) => { for (let at = inner; at; at = parentOf(at)) if (at === outer) return true; return false; };
function* drawn(node) {
  for (const child of nodesOf(node)) {
    if (child.nodeType !== Node.ELEMENT_NODE) continue;
    yield child;
    yield* drawn(child);
  }
}
const shadows = [...document.querySelectorAll("*")].some((el) => el.shadowRoot);
const every = (selector, within = document) => shadows ? [...drawn(within)].filter((el) => el.matches(selector)) : [...within.querySelectorAll(selector)];

const shown = (el, opacityProperty = true) => el.checkVisibility({ opacityProperty, visibilityProperty: true });
const tickable = "input[type=checkbox], input[type=radio]";
// A field may be as clear as glass where what is drawn stands over or under it.
function drawnAtAll(el) {
  if (!el.matches("input, select, textarea") || el.getAttribute("aria-hidden") === "true") return shown(el);
  return shown(el, false) && (!parentOf(el) || shown(parentOf(el)));
}
const boxed = (el) => {
  const box = el.getBoundingClientRect();
  return box.width > 0 && box.height > 0 && box.bottom + scrollY > 0 && box.right + scrollX > 0;
};
// What asks for an answer before anything behind it can be used.
const modals = () => every("dialog[open], [aria-modal=true], [role=alertdialog]").filter((d) => (!d.matches("dialog") || d.matches(":modal") || d.ariaModal === "true") && shown(d) && boxed(d));
const stage = { modal: modals().pop() }; // what stands before all else
const reachable = (el) => !nearest(el, "[inert]") && (!stage.modal || holds(stage.modal, el));
const visible = (el) => reachable(el) && drawnAtAll(el) && boxed(el);
const all = (selector, within = document) => every(selector, within).filter(visible);

// What is read of an element: without what is hidden from those who hear it,
// and with what pictures say.
function spoken(el) {
  if (el.nodeType === Node.TEXT_NODE) return el.data;
  if (el.nodeType !== Node.ELEMENT_NODE || el.getAttribute("aria-hidden") === "true") return "";
  const style = getComputedStyle(el);
  if (style.display === "none" || style.visibility === "hidden") return "";
  if (el.tagName === "IMG") return " " + el.alt + " ";
  if (el.tagName === "BR") return " ";
  if (["SELECT", "INPUT", "TEXTAREA", "SCRIPT", "STYLE"].includes(el.tagName)) return "";
  const inside = [...nodesOf(el)].map(spoken).join("");
  return style.display.startsWith("inline") ? inside : ` ${inside} `;
}

// All that can be read, line by line.
function written(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data.replace(/\s+/g, " ");
  if (node.nodeType !== Node.ELEMENT_NODE || ["SCRIPT", "STYLE", "NOSCRIPT"].includes(node.tagName)) return "";
  const style = getComputedStyle(node);
  if (style.display === "none") return "";
  if (node.tagName === "BR") return "\n";
  const inside = [...nodesOf(node)].map(written).join("");
  return style.visibility === "hidden" || style.display.startsWith("inline") || style.display === "contents" ? inside : `\n${inside}\n`;
}
const read = () => (shadows ? written(document.body) : document.body.innerText);
const lines = () => unique(read().split("\n").map(fold));
// What is read besides: in pictures, on buttons, in a text that cannot be written in.
const besides = () => [
  ...all("img, input[type=image]").map((el) => el.alt), ...all("input[type=submit], input[type=button]").map((el) => el.value),
  ...all("textarea[readonly], textarea:disabled").map((el) => el.value), ...all("input, textarea").map((el) => el.placeholder),
].map(fold).filter(Boolean).join(" ");

// Arrows point, and marks tell what must be filled in: neither is part of a name.
const plain = (s) => fold(s).replace(/^[\s→➔➜➡▶►▸›»＞>⇒↗＋+◀←‹«＜<]+|[\s→➔➜➡▶►▸›»＞>⇒↗⧉◀←‹«]+$/g, "").trim();
const bare = (s) => plain(s).replace(/\s*[（(［[【]?[※＊*]?(必須|任意)(項目|入力)?[）)］\]】]?\s*/g, "").replace(/[*＊※：:]+$/, "").trim();
const same = (s) => bare(s).normalize("NFKC").replace(/\s+/g, "");
const lettered = (s) => /[\p{L}\p{N}]/u.test(s);

const labelled = (el) => pointed(el, "aria-labelledby").map(spoken).join(" ") || el.getAttribute("aria-label") || "";
function name(el) {
  const label = labelled(el) || [...(el.labels ?? [])].map(spoken).join(" ");
  return plain(label || (inputs.includes(el.tagName) ? "" : spoken(el)) || el.alt || el.title || el.value || "");
}
// What something is called, and what stands on it where that is something else.
const names = (el) => unique([name(el), inputs.includes(el.tagName) ? "" : plain(spoken(el))]);
const inputs = ["INPUT", "SELECT", "TEXTAREA"];
const own = (field) => bare(labelled(field) || [...(field.labels ?? [])].map(spoken).join(" ") ||
  (ticked(field) ? (inputs.includes(field.tagName) ? "" : spoken(field)) || behind(field) : "") || field.title || "");
// A box that is ticked has its words behind it.
function behind(field) {
  let words = "";
  for (let next = field.nextSibling; next && !next.matches?.(writable) && next.tagName !== "BR"; next = next.nextSibling) words += spoken(next);
  return words;
}

const heading = "h1, h2, h3, h4, h5, label, legend, [role=heading]";
const hasField = (node) => node.nodeType === Node.ELEMENT_NODE && (node.matches(writable) || every(writable, node).length > 0);
// The heads of a cell: those before it in its row, the nearest first, then that of its column.
function headsOf(cell) {
  const row = [...parentOf(cell).children], at = row.indexOf(cell);
  const before = row.slice(0, at).reverse().filter((c) => !hasField(c)).map(spoken);
  const top = cell.closest("table")?.rows[0]?.cells[at];
  return [...before, top !== cell && top?.tagName === "TH" ? spoken(top) : ""].filter((s) => fold(s).length <= 40);
}
// What stands over or before a field, the nearest first: legends, names of
// groups, heads of rows, terms, labels that point at nothing, headings, short words.
function over(field) {
  const heads = [];
  for (let el = field; el && el !== document.body; el = parentOf(el)) {
    if (el.tagName === "FIELDSET") heads.push(...[...el.children].filter((c) => c.tagName === "LEGEND").map(spoken));
    if (el !== field && el.matches("[role=group], [role=radiogroup], section, fieldset")) heads.push(labelled(el));
    if (el.matches("td, [role=cell]")) heads.push(...headsOf(el));
    if (el.tagName === "DD") {
      let term = el.previousElementSibling;
      while (term && term.tagName === "DD") term = term.previousElementSibling;
      if (term?.tagName === "DT") heads.push(spoken(term));
    }
    for (let before = el.previousSibling, n = 0; before && n < 7 && !hasField(before); before = before.previousSibling, n++) {
      const element = before.nodeType === Node.ELEMENT_NODE;
      if (element && before.matches("dt, dd, td, th, script, style, " + pressable)) continue;
      const words = bare(spoken(before));
      if (element && before.matches(heading)) { heads.push(words); break; }
      if (words.length <= 30 && lettered(words) && !/^[※・]|。$/.test(words)) heads.push(words);
    }
  }
  return heads.map(bare).filter(Boolean);
}
const writable = "input:not([type=hidden]):not([type=submit]):not([type=button]):not([type=image]):not([type=reset]), select, textarea, [contenteditable=true], " +
  "[role=textbox], [role=combobox]:not(input), [role=checkbox]:not(input), [role=switch]:not(input), [role=radio]:not(input)";
// A box to be ticked may be drawn by its label alone.
const usable = (field) => visible(field) || field.matches(tickable) && reachable(field) && [...(field.labels ?? [])].some(visible);
const fieldsOf = (within = document) => every(writable, within).filter(usable);
const choice = (field) => field.matches("select, [role=combobox]");
const ticked = (field) => ["checkbox", "radio"].includes(field.type) || field.matches("[role=checkbox], [role=switch], [role=radio]");

// How well a field is the one of a name: by its own name, or by what stands over it.
function fits(field, word) {
  const w = same(word), o = same(own(field));
  if (o === w) return 9;
  const heads = over(field).map(same);
  const at = heads.indexOf(w);
  if (at >= 0) return 8 - Math.min(at, 2) / 4;
  if (o.startsWith(w)) return 6;
  if (o.includes(w)) return 5;
  const begins = heads.findIndex((h) => h.startsWith(w));
  if (begins >= 0 && begins < 3) return 4.8 - begins / 10;
  const held = same(field.placeholder ?? "");
  if (held === w) return 4.6;
  const part = heads.findIndex((h) => h.includes(w));
  if (part >= 0 && part < 2) return 3;
  return held.includes(w) ? 2 : 0;
}
// The fields of a name: those that it fits best, and boxes beside the first one
// that belong to it and are not called by any name of their own.
function named(word, among = fieldsOf()) {
  const scored = among.map((f) => [f, fits(f, word)]);
  const best = Math.max(0, ...scored.map(([, n]) => n));
  if (best === 0) return [];
  const found = scored.filter(([, n]) => n >= best - 0.5);
  if (best !== 9 || found.length > 1 || found[0][0].matches(tickable)) return found.map(([f]) => f);
  return scored.filter(([f, n]) => n === 9 || n >= 7 && n < 9 && over(f).map(same).indexOf(same(word)) < 2 && box(f)).map(([f]) => f);
}
// A box is one of several that together are one thing.
const box = (field) => field.tagName === "INPUT" && field.maxLength > 0 && field.maxLength <= 4 || field.tagName === "SELECT";
const pressable = "a[href], button, [role=link], [role=button], [role=tab], [role=menuitem], [role=option], input[type=submit], input[type=button], input[type=image], summary";
const idle = (el) => el.matches(":disabled, [aria-disabled=true]");
// What can be pressed: what is made for it, else what the pointer says can be.
function pressables() {
  const made = [...all(pressable), ...all("label").filter((el) => el.control?.matches("button, input[type=submit], input[type=button]") && !visible(el.control))];
  const pointer = (el) => getComputedStyle(el).cursor === "pointer";
  const other = all("*").filter((el) => (el.matches("div, span, li, p, td, b, img, svg, a") || el.tagName.includes("-")) && pointer(el) && !pointer(parentOf(el)) && !nearest(el, pressable + ", label, " + writable) &&
    !every(pressable + ", " + writable, el).length);
  return [...made, ...other];
}
