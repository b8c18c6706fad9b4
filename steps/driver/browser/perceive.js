// Reads a screen of an implementation that is not the sandbox.
const fields = fieldsOf();
const wordOf = new Map();
const likeliest = (field, among) => {
  let best = "", most = 4.5;
  for (const word of among) {
    const n = fits(field, word);
    if (n > most) [best, most] = [word, n];
  }
  return best;
};
for (const field of fields) {
  wordOf.set(field, likeliest(field, words) || alike[likeliest(field, Object.keys(alike))] || own(field) || over(field)[0] || fold(field.placeholder));
}
// What is written twice without being shown is a password and its repetition.
const secrets = fields.filter((f) => f.type === "password" && (wordOf.get(f) === passwordWord || wordOf.get(f) === confirmationWord || !words.includes(wordOf.get(f))));
if (secrets.length === 2) wordOf.set(secrets[0], passwordWord).set(secrets[1], confirmationWord);

const Errors = {};
for (const field of fields) {
  const native = field.getRootNode().activeElement === field && field.matches(":user-invalid, :invalid") && tried && field.validationMessage;
  const wrong = nearest(field, "[aria-invalid=true]"); // the field, or a group that it is in
  if (!wrong && !native) continue;
  const about = ["aria-errormessage", "aria-describedby"].flatMap((by) => [...pointed(field, by), ...(wrong && wrong !== field ? pointed(wrong, by) : [])]).filter(visible).map(spoken).map(fold);
  const said = about.filter((s) => !before.includes(s));
  const told = said.length ? said : about.length ? about.slice(-1) : [native || "（文なし）"];
  Errors[wordOf.get(field)] = unique([...(Errors[wordOf.get(field)] ?? []), ...told]);
}
// An alert beside a field is told of it: of what is written in the smallest thing
// around it that has fields, where others stand outside.
for (const alert of all("[role=alert]")) {
  const said = written(alert).split("\n").map(fold).filter(Boolean);
  let around = parentOf(alert);
  while (around && !fields.some((f) => holds(around, f))) around = parentOf(around);
  if (!said.length || !around || fields.every((f) => holds(around, f))) continue;
  const told = unique(fields.filter((f) => holds(around, f)).map((f) => wordOf.get(f)));
  if (told.length < 3) for (const word of told) Errors[word] = unique([...(Errors[word] ?? []), ...said]);
}
const Messages = unique(all("[role=alert], [role=alertdialog], [aria-live=assertive]").flatMap((el) => written(el).split("\n")).map(fold));

const Values = {};
// A note that stands below a value is none of it.
const put = (label, value) => {
  value = value.replace(/(.)\s*※.*$/, "$1").trim();
  if (label && value && !(label in Values)) Values[label] = value;
};
// A way to change a value stands beside it and is none of it.
const leads = (el) => [...el.children].some((c) => c.matches(pressable) && fold(spoken(c)) === fold(spoken(el)));
for (const term of all("dt")) {
  const values = [];
  for (let el = term.nextElementSibling; el?.tagName === "DD"; el = el.nextElementSibling) if (!leads(el) && !hasField(el)) values.push(fold(spoken(el)));
  put(bare(spoken(term)), values.join(" "));
}
for (const row of all("tr, [role=row]")) {
  const cells = [...row.children];
  const head = (c, i) => c.matches("th, [role=rowheader]") || i === 0 && cells.length === 2 && c.matches("td, [role=cell]");
  cells.forEach((c, i) => {
    if (!head(c, i)) return;
    const end = cells.findIndex((d, k) => k > i && d.matches("th, [role=rowheader]"));
    const behind = cells.slice(i + 1, end < 0 ? cells.length : end);
    if (!behind.some(hasField)) put(bare(spoken(c)), behind.map((d) => fold(spoken(d))).join(" ")); // what a field says is its own
  });
}
for (const table of all("table")) {
  const rows = [...table.rows], heads = rows[0] ? [...rows[0].cells] : [];
  if (heads.length > 1 && heads.every((c) => c.tagName === "TH") && rows.length === 2) {
    heads.forEach((h, i) => put(bare(spoken(h)), fold(spoken(rows[1].cells[i] ?? document.createElement("i")))));
  }
}
const boxes = {};
for (const field of fields) {
  if (ticked(field) || ["file", "password"].includes(field.type)) continue;
  const value = field.tagName === "SELECT" ? fold(field.selectedOptions[0]?.value && field.selectedOptions[0].label) : field.value ?? fold(spoken(field));
  for (const label of unique([wordOf.get(field), own(field)])) (boxes[label] ??= []).push(value);
}
// Of a code that is not shown, how long it is can be seen.
for (const field of fields.filter((f) => f.type === "password" && f.value && same(wordOf.get(f)) === "セキュリティコード")) put(wordOf.get(field), "●".repeat(field.value.length));
for (const [label, written] of Object.entries(boxes)) {
  if (written.some((value) => value !== "")) put(label, written.filter((v) => v !== "" || written.length < 3).join(joined[label] ?? (written.every((v) => v.length <= 1) ? "" : " ")));
}
for (const out of all("output")) { // a label around it has its value in it
  const value = fold(spoken(out));
  put(bare(own(out).replace(value, "")) || over(out)[0], value);
}
for (const line of lines()) {
  const parts = /^([^：:]{1,20})[：:]\s*(.+)$/.exec(line) ?? /^【([^】]{1,20})】\s*(.+)$/.exec(line);
  if (parts) put(bare(parts[1]), parts[2]);
}
for (let el of all("span, p, div, b, strong, h2, h3, h4, li, label")) {
  if (el.children.length) continue;
  const label = bare(spoken(el));
  while (!el.nextElementSibling && parentOf(el) && bare(spoken(parentOf(el))) === label) el = parentOf(el);
  const next = el.nextElementSibling;
  if (label && label.length <= 20 && next && !hasField(next) && !next.querySelector("button")) put(label, fold(spoken(next)));
}

// A word and its value in one element, one of them in bold or in another line.
for (const el of all("li, p, div, td")) {
  const parts = [...el.childNodes].filter((n) => n.tagName !== "BR" && fold(spoken(n)) !== "");
  const words = parts.map((n) => fold(spoken(n)));
  if (parts.length === 2 && words[0].length <= 20 && (parts[0].nodeType === Node.TEXT_NODE) !== (parts[1].nodeType === Node.TEXT_NODE) && !hasField(el) &&
    !every(pressable, el).length) put(bare(words[0]), words[1]);
}

const Choices = {};
const Listed = fields.filter((f) => f.tagName === "SELECT").flatMap((f) => [...f.options].map((o) => fold(o.label)));
for (const field of fields.filter((f) => f.tagName === "SELECT")) {
  const options = [...field.options].filter((o) => o.value !== "" && !o.disabled).map((o) => fold(o.label));
  for (const label of unique([wordOf.get(field), own(field), ...over(field).slice(0, 2)])) Choices[label] = unique([...(Choices[label] ?? []), ...options]);
}
for (const field of fields.filter((f) => f.matches("input[type=radio], [role=radio]"))) {
  for (const label of unique(over(field).slice(0, 2))) (Choices[label] ??= []).push(own(field));
}

// The step that is marked: by aria-current, by words, or as the one that looks otherwise.
const steps = ["入力", "確認", "完了"];
const step = (el) => same(spoken(el)).replace(/[（(]?(現在(地|位置|のステップ)?|今ここ|完了済み?|済み?|未)[：:）)]?/g, "").replace(/^((STEP|ステップ)?[0-9.、:：✓✔●○]+)+/i, "");
const told = (el) => /現在|今ここ/.test(spoken(el)) || nearest(el, "[aria-current]:not([aria-current=false]), [aria-selected=true]") || el.querySelector("[aria-current]:not([aria-current=false])");
function looks(el) { // of it and of what is in it, down to the words
  const s = getComputedStyle(el);
  const mine = [s.backgroundColor, s.color, s.fontWeight, s.borderBottomColor, s.borderTopColor, s.textDecorationLine].join();
  return [mine, ...[...el.children].map(looks)].join(";");
}
// How much something stands out from what it is on.
function weight(el) {
  const s = getComputedStyle(el), grey = (c) => { const [r, g, b, a] = (c.match(/[\d.]+/g) ?? []).map(Number); return a === 0 ? 255 : (r + g + b) / 3; };
  return Math.abs(grey(s.color) - grey(s.backgroundColor)) + (Number(s.fontWeight) - 400) / 10 + (255 - grey(s.backgroundColor)) / 10;
}
function progress() {
  const likely = all("li, span, a, div, p, td, b, strong, em, dt, dd, button, mark");
  const items = steps.map((word) => likely.find((el) => step(el) === word));
  if (items.some((el) => !el)) return line(likely);
  const current = items.findIndex(told);
  if (current >= 0) return steps[current];
  const bar = all("progress, [role=progressbar]").find((el) => (el.max ?? Number(el.getAttribute("aria-valuemax"))) === 3);
  if (bar) return steps[(bar.value ?? Number(bar.getAttribute("aria-valuenow"))) - 1] ?? "";
  const look = items.map(looks);
  const kinds = new Set(look).size;
  if (kinds === 1) return "";
  if (kinds === 3) return steps[1]; // done, now, to come
  const odd = look.findIndex((l) => look.filter((m) => m === l).length === 1);
  // Steps that are done may look like the present one: then what is to come is pale.
  if (odd === 2 && weight(items[2]) < weight(items[1])) return steps[1];
  return steps[odd];
}
// Steps in one line of text, of which one is marked.
function line(likely) {
  const whole = likely.find((el) => /^[^ぁ-ん]{0,6}入力[^ぁ-んァ-ン一-龠]+確認[^ぁ-んァ-ン一-龠]+完了$/.test(same(spoken(el))));
  const marked = whole ? [...whole.children].filter((el) => steps.includes(step(el))) : [];
  return marked.length === 1 ? step(marked[0]) : "";
}
const actions = pressables();
const headings = all("h1, h2, h3, [role=heading], caption, legend").map((el) => plain(spoken(el)));
// What stands at the edge of every page tells nothing of this one.
const edge = (el) => nearest(el, "header, nav, footer, [role=banner], [role=navigation], [role=contentinfo]") && !nearest(el, "main, article, [role=main]");
const within = actions.filter((el) => !edge(el)).flatMap(names);
const seen = {
  Fields: unique(fields.flatMap((f) => [wordOf.get(f), own(f), ...over(f).slice(0, 3)])),
  Actions: unique([...actions.filter((el) => !idle(el)).flatMap(names), ...fields.filter(ticked).map(own)]),
};
// What stands behind a dialog cannot be used, and tells which screen it is.
const hidden = { Actions: [], Fields: [] };
if (stage.modal) {
  stage.modal = undefined;
  hidden.Actions = unique(pressables().flatMap(names));
  hidden.Fields = unique(fieldsOf().flatMap((f) => [likeliest(f, words), own(f), ...over(f).slice(0, 3)]));
}
return JSON.stringify({
  ...seen, Behind: hidden,
  Title: fold(document.title), Heading: headings[0] ?? "", Headings: unique(headings), Progress: progress(),
  Messages, Errors, Values, Choices, Listed, Edge: unique(actions.filter(edge).flatMap(names)).filter((name) => !within.includes(name)),
  Blocked: unique(actions.filter(idle).flatMap(names)),
  Pictures: unique(all("img, [role=img], svg[aria-label], canvas[aria-label]").map((el) => plain(el.getAttribute("aria-label") || el.alt || el.querySelector?.("title")?.textContent || ""))),
  Text: fold(read() + " " + besides()), Address: location.href, Whole: fold(document.title),
  Lines: lines(), Secret: fields.some((f) => f.type === "password"), Radios: fields.filter((f) => f.matches("input[type=radio], [role=radio]")).map(own),
});
