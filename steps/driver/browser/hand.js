// The hand of somebody at the screen. A thing is found by its role and by the name
// that is read out, a field by its label, within its group where one is named. It is
// waited for until it can be used. What is written goes in as from a keyboard: the
// page is told of each change, and a box takes no more than it has room for. Where
// something is to be pressed, it is brought into view, must have nothing before it, and the
// point to press is told.
async ({ writes, press, limit }) => {
  const fold = (s) => (s ?? "").replace(/\s+/g, " ").trim();
  const spoken = (el) => fold([...el.childNodes].map((n) => n.nodeType === Node.TEXT_NODE ? n.data :
    n.nodeType !== Node.ELEMENT_NODE || n.ariaHidden === "true" ? "" : n.tagName === "IMG" ? n.alt : spoken(n)).join(" "));
  const tight = (s) => fold(s).replace(/ (?=[^!-~])|(?<=[^!-~]) /g, ""); // elements side by side make no gap between Japanese words
  const pointed = (el) => (el.getAttribute("aria-labelledby") ?? "").split(/\s+/).map((id) => id && document.getElementById(id)).filter(Boolean);
  const told = (el) => pointed(el).map(spoken).join(" ") || el.getAttribute("aria-label");
  const label = (el) => told(el) || [...(el.labels ?? [])].map(spoken).join(" ") ||
    [...el.children].filter((c) => c.tagName === "LEGEND").map(spoken).join(" ") || el.title;
  const same = (a, b) => tight(a) === tight(b);
  const seen = (el) => {
    const box = el.getBoundingClientRect();
    return el.checkVisibility({ visibilityProperty: true }) && box.width > 0 && box.height > 0 && !el.closest("[aria-hidden=true]");
  };
  const usable = (el) => seen(el) && !el.matches(":disabled") && !el.closest("[aria-disabled=true]") && (press || !el.readOnly);
  const end = performance.now() + limit;
  const moment = () => new Promise((done) => { const c = new MessageChannel(); c.port1.onmessage = done; c.port2.postMessage(0); });

  // The one thing that is wanted, or why there is none.
  async function one(find) {
    for (;;) {
      const found = find();
      const ready = found.filter(usable);
      if (ready.length) return ready.length > 1 ? { why: "several" } : { el: ready[0] };
      if (performance.now() >= end) return { why: found.some(seen) ? "unusable" : "missing" };
      await new Promise((done) => setTimeout(done, 20));
    }
  }

  const boxes = "input:not([type=hidden], [type=radio], [type=checkbox], [type=submit], [type=button]), textarea";
  const fields = ({ Group, Label, Nth, List }) => {
    const within = Group ? [...document.querySelectorAll("fieldset, [role=group]")].filter((g) => same(label(g), Group)) : [document];
    const all = within.flatMap((g) => [...g.querySelectorAll(List ? "select" : Label ? `select, ${boxes}` : boxes)]);
    const named = Label ? all.filter((f) => same(label(f), Label)) : all;
    return Nth < 0 ? named : named.slice(Nth, Nth + 1);
  };

  for (const [at, wanted] of writes.entries()) {
    const { el, why } = await one(() => fields(wanted));
    if (!el) return JSON.stringify({ At: at, Why: why });
    if (el.tagName === "SELECT") {
      const chosen = [...el.options].findIndex((o) => fold(o.label) === wanted.Text);
      if (chosen < 0 && !wanted.Else) return JSON.stringify({ At: at, Why: "option" });
      el.focus();
      el.selectedIndex = Math.max(chosen, 0);
      el.dispatchEvent(new Event("input", { bubbles: true }));
      el.dispatchEvent(new Event("change", { bubbles: true }));
    } else if (wanted.Text !== "" || el.value !== "") {
      el.focus();
      el.select();
      document.execCommand(wanted.Text === "" ? "delete" : "insertText", false, wanted.Text);
    }
    await moment(); // what the page does about it
  }
  if (!press) return "{}";

  const roles = {
    link: "a[href], area[href], [role=link]",
    button: "button, [role=button], summary, input:is([type=submit], [type=button], [type=reset])",
    radio: "input[type=radio], [role=radio]",
    checkbox: "input[type=checkbox], [role=checkbox]",
    region: "section, [role=region]",
  };
  const things = press.Roles.map((role) => roles[role]).join(", ");
  const called = (el) => el.matches(`${roles.radio}, ${roles.checkbox}, ${roles.region}`) ? label(el) :
    told(el) || (el.tagName === "INPUT" ? el.value : spoken(el)) || el.title;
  for (let tries = 0; ; tries++) {
    const { el, why } = await one(() => [...document.querySelectorAll(things)].filter((e) => same(called(e), press.Name)));
    if (!el || press.Look || "Ticked" in press && press.Ticked === el.checked) return JSON.stringify({ Why: why });
    if (press.Focus) {
      el.focus();
      return "{}";
    }
    if (tries === 0) el.scrollIntoViewIfNeeded();
    else el.scrollIntoView({ block: ["center", "start", "end"][tries % 3], behavior: "instant" });
    const box = [...el.getClientRects()].find((b) => b.width > 0 && b.height > 0);
    const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    const hit = document.elementFromPoint(x, y);
    if (hit && el.contains(hit)) {
      globalThis.netanswerLeaves = false;
      const leaves = (e) => { globalThis.netanswerLeaves ||= e; };
      addEventListener("submit", (e) => leaves(!e.defaultPrevented && (e.submitter?.getAttribute("formmethod") ?? e.target.method) !== "dialog"), { once: true });
      navigation.addEventListener("navigate", (e) => leaves(!e.hashChange && e.downloadRequest === null), { once: true });
      return JSON.stringify({ Press: true, X: x, Y: y });
    }
    if (performance.now() >= end) return JSON.stringify({ Why: "covered" });
    await new Promise((done) => setTimeout(done, 20));
  }
}
