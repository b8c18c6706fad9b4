// Marks the fields of a name, so that they can be used; returns for each how it
// is written into.
let found = [];
for (const word of names) {
  found = named(word);
  if (found.length) break;
}
if (kind === "action") {
  const actions = all(pressable).filter((el) => !roles.length || roles.some((r) => el.matches(r)));
  const match = (test) => actions.filter((el) => names.some((w) => test(same(name(el)), same(w))));
  found = match((a, w) => a === w);
  if (!found.length && loose) found = match((a, w) => w.length > 1 && a.includes(w));
  if (!found.length) { // a box that is ticked is pressed as well
    found = fieldsOf().filter((f) => ["checkbox", "radio"].includes(f.type) && names.some((w) => same(own(f)) === same(w)));
  }
  const usable = found.filter((el) => !idle(el));
  if (usable.length) found = usable;
  // Of several the button comes before the link, and the innermost before what is around it.
  found.sort((a, b) => (a.tagName === "A") - (b.tagName === "A"));
}
if (kind === "secret") found = fieldsOf().filter((f) => f.type === "password");
if (kind === "any") found = fieldsOf().filter((f) => ["search", "text"].includes(f.type));
if (kind === "terms") {
  found = [...document.querySelectorAll("*")].filter((el) => visible(el) && el.scrollHeight > el.clientHeight + 4 &&
    ["auto", "scroll"].includes(getComputedStyle(el).overflowY) && /第1条|第１条|規約/.test(el.textContent));
  found.sort((a, b) => a.textContent.length - b.textContent.length);
}
return JSON.stringify(found.map((el, i) => {
  el.setAttribute("data-netanswer-" + turn, i);
  return { Tag: el.tagName, Type: el.type ?? "", Max: el.maxLength ?? -1, Idle: idle(el), Name: name(el), ReadOnly: !!el.readOnly,
    Options: el.tagName === "SELECT" ? [...el.options].map((o) => fold(o.label)) : [] };
}));
