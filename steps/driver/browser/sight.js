// What a person makes of a page that nobody has told them about: what is seen,
// what things are called, which fields belong together. No id or class is
// looked at; an id is followed only where a label or a description points to it.
const fold = (s) => (s ?? "").replace(/\s+/g, " ").trim();
const unique = (list) => [...new Set(list.filter((s) => s !== ""))];
const pointed = (el, attribute) => (el.getAttribute(attribute) ?? "").split(/\s+/).map((id) => id && document.getElementById(id)).filter(Boolean);

function visible(el) {
  if (el.closest("[inert]") || !el.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
  const open = [...document.querySelectorAll("dialog[open]")].filter((d) => d.matches(":modal")).pop();
  if (open && !open.contains(el)) return false; // what stands behind a dialog cannot be used
  const box = el.getBoundingClientRect();
  return box.width > 0 && box.height > 0 && box.bottom + scrollY > 0 && box.right + scrollX > 0;
}
const all = (selector, within = document) => [...within.querySelectorAll(selector)].filter(visible);

// What is read of an element: without what is hidden from those who hear it,
// and with what pictures say.
function spoken(el) {
  if (el.nodeType === Node.TEXT_NODE) return el.data;
  if (el.nodeType !== Node.ELEMENT_NODE || el.getAttribute("aria-hidden") === "true") return "";
  const style = getComputedStyle(el);
  if (style.display === "none" || style.visibility === "hidden") return "";
  if (el.tagName === "IMG") return " " + el.alt + " ";
  if (["SELECT", "INPUT", "TEXTAREA", "SCRIPT", "STYLE"].includes(el.tagName)) return "";
  const inside = [...el.childNodes].map(spoken).join("");
  return style.display.startsWith("inline") && el.tagName !== "BR" ? inside : ` ${inside} `;
}
// Arrows point, and marks tell what must be filled in: neither is part of a name.
const plain = (s) => fold(s).replace(/^[\s→➔➜➡▶►▸›»＞>⇒↗＋+◀←‹«＜<]+|[\s→➔➜➡▶►▸›»＞>⇒↗⧉◀←‹«]+$/g, "").trim();
const bare = (s) => plain(s).replace(/\s*[（(［[]?(必須|任意)[）)］\]]?\s*/g, "").replace(/[*＊：:]+$/, "").trim();
const same = (s) => bare(s).normalize("NFKC").replace(/\s+/g, "");

function name(el) {
  const label = pointed(el, "aria-labelledby").map(spoken).join(" ") || el.getAttribute("aria-label") ||
    [...(el.labels ?? [])].map(spoken).join(" ");
  return plain(label || (["INPUT", "SELECT", "TEXTAREA"].includes(el.tagName) ? "" : spoken(el)) || el.title || el.value || "");
}
const own = (field) => bare(pointed(field, "aria-labelledby").map(spoken).join(" ") || field.getAttribute("aria-label") ||
  [...(field.labels ?? [])].map(spoken).join(" ") || field.title || "");

// What stands over or before a field, the nearest first: legends, names of
// groups, heads of rows, terms, a label that points at nothing, headings.
function over(field) {
  const names = [];
  for (let el = field; el && el !== document.body; el = el.parentElement) {
    if (el.tagName === "FIELDSET") names.push(...[...el.children].filter((c) => c.tagName === "LEGEND").map(spoken));
    if (el.matches("[role=group], [role=radiogroup], section, fieldset") && el !== field) {
      names.push(el.getAttribute("aria-label") ?? "", ...pointed(el, "aria-labelledby").map(spoken));
    }
    if (el.tagName === "TD") names.push(...[...el.parentElement.children].filter((c) => c.tagName === "TH").map(spoken));
    if (el.tagName === "DD") {
      let term = el.previousElementSibling;
      while (term && term.tagName === "DD") term = term.previousElementSibling;
      if (term?.tagName === "DT") names.push(spoken(term));
    }
    for (let before = el.previousElementSibling, n = 0; before && n < 3; before = before.previousElementSibling, n++) {
      if (before.querySelector("input, select, textarea") || before.matches("input, select, textarea")) break;
      if (before.matches("h2, h3, h4, h5, label, legend, [role=heading]")) { names.push(spoken(before)); break; }
    }
  }
  return names.map(bare).filter(Boolean);
}
const writable = "input:not([type=hidden]):not([type=submit]):not([type=button]):not([type=image]):not([type=reset]), select, textarea, [contenteditable=true]";
const fieldsOf = (within = document) => all(writable, within);

// How well a field is the one of a name: by its own name, or by what stands over it.
function fits(field, word) {
  const w = same(word), o = same(own(field));
  if (o === w) return 9;
  const heads = over(field).map(same);
  const at = heads.indexOf(w);
  if (at >= 0) return 8 - Math.min(at, 2) / 4;
  if (o.startsWith(w)) return 6;
  if (o.includes(w)) return 5;
  const part = heads.findIndex((h) => h.includes(w));
  if (part >= 0 && part < 2) return 3;
  if (same(field.placeholder ?? "") === w) return 2;
  return 0;
}
// The fields of a name: those that it fits best.
function named(word, among = fieldsOf()) {
  const scored = among.map((f) => [f, fits(f, word)]);
  const best = Math.max(0, ...scored.map(([, n]) => n));
  return best > 0 ? scored.filter(([, n]) => n >= best - 0.5).map(([f]) => f) : [];
}
const pressable = "a[href], button, [role=link], [role=button], [role=tab], [role=menuitem], input[type=submit], input[type=button], input[type=image], summary";
const idle = (el) => el.matches(":disabled, [aria-disabled=true]");
