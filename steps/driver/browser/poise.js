// Where a thing is to be pressed: brought into view, come to rest, with nothing before
// it. Tells the point, or nothing where it has not come to that in time.
const el = every(mark)[0];
if (!el) return "";
if (here) for (const at of [el.closest("[target]"), el.form]) at?.removeAttribute("target");
const rooted = el.getRootNode() === document;
const hitAt = (x, y) => {
  let hit = document.elementFromPoint(x, y);
  while (hit?.shadowRoot) {
    const deeper = hit.shadowRoot.elementFromPoint(x, y);
    if (!deeper || deeper === hit) break;
    hit = deeper;
  }
  return hit;
};
// A bar, as about cookies, that stays before it wherever the page is scrolled to, is closed.
const closes = /^(閉じる|とじる|×|✕|OK|同意(する)?|同意して閉じる|許可(する)?|わかりました|了解)$/i;
const uncover = (hit) => {
  if (!hit || holds(hit, el) || hit.shadowRoot || !rooted) return;
  let bar = hit;
  while (bar && !["fixed", "sticky"].includes(getComputedStyle(bar).position)) bar = bar.parentElement;
  [...(bar?.querySelectorAll("button, a, [role=button]") ?? [])].find((way) => closes.test(way.textContent.trim()))?.click();
};
const meant = (hit) => hit instanceof Element && (holds(el, hit) || ticks && [...(el.labels ?? [])].some((l) => holds(l, hit)));
const drawnOnce = () => new Promise((done) => requestAnimationFrame(() => done()));
const placed = () => {
  const part = [...el.getClientRects()].find((b) => b.width > 0 && b.height > 0);
  return part && [(part.left + part.right) / 2, (part.top + part.bottom) / 2];
};
return (async () => {
  const end = performance.now() + most;
  for (let tries = 0; ; tries++) {
    el.scrollIntoView({ block: ["center", "nearest", "start", "end"][tries % 4], behavior: "instant" });
    const first = placed();
    await drawnOnce();
    await drawnOnce();
    const at = placed();
    if (at && first && at[0] === first[0] && at[1] === first[1] && el.checkVisibility({ visibilityProperty: true }) && !idle(el)) {
      const hit = hitAt(...at);
      if (hit && meant(hit)) {
        globalThis.netanswerLeaves = false;
        addEventListener("beforeunload", () => {
          globalThis.netanswerLeaves = true;
          setTimeout(() => { globalThis.netanswerLeaves = false; }, 3000); // it was a file, or nothing: this page stays
        }, { once: true });
        globalThis.netanswerHit = false;
        addEventListener("mousedown", (e) => { globalThis.netanswerHit = e.composedPath().some(meant); }, { once: true, capture: true });
        const view = globalThis.visualViewport; // of a page that is wider than a phone's screen it is a part
        return JSON.stringify({ X: at[0] - view.offsetLeft, Y: at[1] - view.offsetTop });
      }
      uncover(hit);
    }
    if (performance.now() >= end) return "";
    await new Promise((done) => setTimeout(done, 50));
  }
})();
