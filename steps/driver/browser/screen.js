// Reads the whole screen at once, as somebody sees it or has it read out: by
// roles, labels and what is visible, never by id or class. An id is followed
// only where a label or a description points to it.
({ progressList, joined, titleEnd }) => {
  const fold = (s) => (s ?? "").replace(/\s+/g, " ").trim();
  const text = (el) => fold(el.innerText);
  // What is hidden from assistive technology is no part of a name.
  const spoken = (el) => fold([...el.childNodes].map((n) => n.nodeType === Node.TEXT_NODE ? n.data :
    n.nodeType === Node.ELEMENT_NODE && n.ariaHidden !== "true" ? spoken(n) : "").join(" "));
  const unique = (list) => [...new Set(list.filter((s) => s !== ""))];
  const all = (selector, within = document) => [...within.querySelectorAll(selector)].filter(visible);
  const pointed = (el, attribute) => (el.getAttribute(attribute) ?? "").split(/\s+/)
    .map((id) => id && document.getElementById(id)).filter(Boolean);

  // What was moved out of the page to wait for the focus is not seen.
  function visible(el) {
    if (el.closest("[aria-hidden=true]") || !el.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
    const box = el.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && box.bottom + scrollY > 0 && box.right + scrollX > 0;
  }

  function name(el) {
    const label = pointed(el, "aria-labelledby").map(text).join(" ") || el.getAttribute("aria-label") ||
      [...(el.labels ?? [])].map(text).join(" ") || [...el.children].filter((c) => c.tagName === "LEGEND").map(text).join(" ");
    return fold(label || el.title);
  }

  // A sentence is the smallest block of text, or the whole where there is none.
  const blocks = "p, li, dt, dd, h1, h2, h3, h4, h5, h6";
  function sentences(el) {
    const parts = all(blocks, el).filter((part) => !part.querySelector(blocks));
    return unique((parts.length ? parts : [el]).map(text));
  }

  const groupOf = (field) => {
    const group = field.closest("fieldset, [role=group]");
    return group && Object.hasOwn(joined, name(group)) ? name(group) : "";
  };
  const labelOf = (field) => groupOf(field) || name(field);

  const alerts = all("[role=alert], [role=status], output");
  const fields = all("input, select, textarea").filter((f) => f.type !== "hidden");

  // The sentences of an error are those of a field's description that the alert
  // repeats; the others are there to help. Where no alert repeats any, it is
  // what the field is described by last.
  function wrong(field) {
    const told = pointed(field, "aria-errormessage");
    if (told.length) return told.flatMap(sentences);
    const about = pointed(field, "aria-describedby").filter(visible);
    const repeated = about.flatMap(sentences).filter((s) => alerts.some((alert) => text(alert).includes(s)));
    return repeated.length ? repeated : about.slice(-1).flatMap(sentences);
  }
  const Errors = {};
  for (const field of fields.filter((f) => f.getAttribute("aria-invalid") === "true")) {
    Errors[labelOf(field)] = unique([...(Errors[labelOf(field)] ?? []), ...wrong(field)]);
  }

  // Where a summary names the field before the sentence that stands there, the
  // sentence is the message.
  const atFields = Object.values(Errors).flat();
  const Messages = unique(alerts.flatMap(sentences).map((said) => atFields.find((s) => said.endsWith(" " + s)) ?? said));

  const Values = {};
  for (const term of all("dt")) {
    const values = [];
    for (let el = term.nextElementSibling; el?.tagName === "DD"; el = el.nextElementSibling) values.push(text(el));
    Values[text(term)] ??= values.join(" ");
  }
  const Choices = {};
  const boxes = {};
  for (const field of fields) {
    if (field.tagName === "SELECT") {
      const options = [...field.options].filter((o) => o.value !== "").map((o) => fold(o.label));
      for (const label of unique([name(field), groupOf(field)])) Choices[label] = options;
    } else if (["checkbox", "radio", "button", "submit", "reset", "image", "file", "password"].includes(field.type)) {
      continue; // not written, or not to be read
    }
    (boxes[labelOf(field)] ??= []).push(field.value);
  }
  for (const [label, written] of Object.entries(boxes)) {
    if (written.some((value) => value !== "")) Values[label] ??= written.join(joined[label] ?? " ");
  }

  const pressed = all("a[href], button, [role=link], [role=button], input[type=submit], input[type=button], summary")
    .filter((el) => !el.matches(":disabled, [aria-disabled=true]"));
  const list = all("ol, ul, [role=list]").find((el) => name(el) === progressList);
  const heading = all("h1, [role=heading][aria-level='1']")[0];
  const step = list && all("[aria-current=step]", list)[0];

  return JSON.stringify({
    Title: fold(document.title.split(titleEnd)[0]),
    Heading: heading ? text(heading) : "",
    Progress: step ? text(step) : "",
    Messages, Errors, Values, Choices,
    Fields: unique(fields.flatMap((field) => [groupOf(field), name(field)])),
    Actions: unique(pressed.map((el) => name(el) || (el.querySelector("[aria-hidden=true]") ? spoken(el) : text(el)) || fold(el.value))),
    Pictures: unique(all("img, [role=img]").map((el) => name(el) || fold(el.alt))),
    Text: text(document.body),
    Address: location.href,
    Whole: fold(document.title),
  });
}
