// Reads a screen of an implementation that is not the sandbox.
const lines = () => unique(document.body.innerText.split("\n").map(fold));
const fields = fieldsOf();
const wordOf = new Map();
for (const field of fields) {
  let best = "", most = 4.5;
  for (const word of words) {
    const n = fits(field, word);
    if (n > most) [best, most] = [word, n];
  }
  wordOf.set(field, best || own(field) || over(field)[0] || fold(field.placeholder));
}
// What is written twice without being shown is a password and its repetition.
const secrets = fields.filter((f) => f.type === "password" && wordOf.get(f) === passwordWord);
if (secrets.length === 2) wordOf.set(secrets[1], confirmationWord);

const Errors = {};
for (const field of fields) {
  const native = document.activeElement === field && field.matches(":user-invalid, :invalid") && field.validationMessage && tried;
  if (field.getAttribute("aria-invalid") !== "true" && !native) continue;
  const about = [...pointed(field, "aria-errormessage"), ...pointed(field, "aria-describedby")].filter(visible).map(spoken).map(fold);
  const said = about.filter((s) => !before.includes(s));
  const told = said.length ? said : about.length ? about.slice(-1) : [native || "（文なし）"];
  Errors[wordOf.get(field)] = unique([...(Errors[wordOf.get(field)] ?? []), ...told]);
}
const Messages = unique(all("[role=alert], [role=alertdialog], [aria-live=assertive]").flatMap((el) => el.innerText.split("\n")).map(fold));

const Values = {};
const put = (label, value) => { if (label && value && !(label in Values)) Values[label] = value; };
for (const term of all("dt")) {
  const values = [];
  for (let el = term.nextElementSibling; el?.tagName === "DD"; el = el.nextElementSibling) values.push(fold(spoken(el)));
  put(bare(spoken(term)), values.join(" "));
}
for (const row of all("tr")) {
  const heads = [...row.children].filter((c) => c.tagName === "TH"), cells = [...row.children].filter((c) => c.tagName === "TD");
  if (heads.length === 1 && cells.length) put(bare(spoken(heads[0])), cells.map((c) => fold(spoken(c))).join(" "));
  if (heads.length === 0 && cells.length === 2) put(bare(spoken(cells[0])), fold(spoken(cells[1])));
}
for (const table of all("table")) {
  const rows = [...table.rows], heads = rows[0] ? [...rows[0].cells] : [];
  if (heads.length > 1 && heads.every((c) => c.tagName === "TH") && rows.length === 2) {
    heads.forEach((h, i) => put(bare(spoken(h)), fold(spoken(rows[1].cells[i] ?? document.createElement("i")))));
  }
}
const boxes = {};
for (const field of fields) {
  if (["checkbox", "radio", "file", "password"].includes(field.type)) continue;
  for (const label of unique([wordOf.get(field), own(field)])) (boxes[label] ??= []).push(field.tagName === "SELECT" ? fold(field.selectedOptions[0]?.value && field.selectedOptions[0].label) : field.value ?? field.textContent);
}
for (const [label, written] of Object.entries(boxes)) {
  if (written.some((value) => value !== "")) put(label, written.filter((v) => v !== "" || written.length < 3).join(joined[label] ?? (written.every((v) => v.length <= 1) ? "" : " ")));
}
for (const out of all("output")) put(own(out) || over(out)[0], fold(spoken(out)));
for (const line of lines()) {
  const parts = /^([^：:]{1,20})[：:]\s*(.+)$/.exec(line);
  if (parts) put(bare(parts[1]), parts[2]);
}
for (const el of all("span, p, div, b, strong, h2, h3, h4, li, label")) {
  if (el.children.length || !el.nextElementSibling || el.nextElementSibling.querySelector("input, select, textarea, button")) continue;
  const label = bare(spoken(el));
  if (label.length <= 20) put(label, fold(spoken(el.nextElementSibling)));
}

const Choices = {};
for (const field of fields.filter((f) => f.tagName === "SELECT")) {
  const options = [...field.options].filter((o) => o.value !== "" && !o.disabled).map((o) => fold(o.label));
  for (const label of unique([wordOf.get(field), own(field), ...over(field).slice(0, 2)])) Choices[label] = unique([...(Choices[label] ?? []), ...options]);
}
for (const field of fields.filter((f) => f.type === "radio")) {
  for (const label of unique(over(field).slice(0, 2))) (Choices[label] ??= []).push(own(field));
}

// The step that is marked: by aria-current, or as the one that looks otherwise.
function progress() {
  const steps = ["入力", "確認", "完了"].map((word) => all("li, span, a, div, p, td, b, strong, em").filter((el) => same(spoken(el)).replace(/^(STEP)?[0-9０-９①-⑨.、]+/i, "") === word));
  if (steps.some((s) => s.length === 0)) return "";
  const items = steps.map((s) => s[0]);
  const current = items.findIndex((el) => el.closest("[aria-current]:not([aria-current=false])") || el.querySelector("[aria-current]:not([aria-current=false])"));
  if (current >= 0) return ["入力", "確認", "完了"][current];
  const look = items.map((el) => { const s = getComputedStyle(el); return [s.backgroundColor, s.color, s.fontWeight, s.borderBottomColor].join(); });
  const odd = look.findIndex((l, i) => look.filter((m) => m === l).length === 1 && look.filter((m) => m !== l).every((m, _, rest) => m === rest[0]));
  return odd >= 0 ? ["入力", "確認", "完了"][odd] : "";
}
const actions = all(pressable);
const headings = all("h1, h2, h3, [role=heading], caption, legend").map((el) => plain(spoken(el)));
return JSON.stringify({
  Title: fold(document.title), Heading: headings[0] ?? "", Headings: unique(headings), Progress: progress(),
  Messages, Errors, Values, Choices,
  Fields: unique(fields.flatMap((f) => [wordOf.get(f), own(f), ...over(f).slice(0, 3)])),
  Actions: unique([...actions.filter((el) => !idle(el)).map(name), ...fields.filter((f) => ["checkbox", "radio"].includes(f.type)).map(own)]),
  Blocked: unique(actions.filter(idle).map(name)),
  Pictures: unique(all("img, [role=img], svg[aria-label], canvas[aria-label]").map((el) => plain(el.getAttribute("aria-label") || el.alt || el.querySelector?.("title")?.textContent || ""))),
  Text: fold(document.body.innerText), Address: location.href, Whole: fold(document.title),
  Lines: lines(), Secret: fields.some((f) => f.type === "password"), Radios: fields.filter((f) => f.type === "radio").map(own),
});
