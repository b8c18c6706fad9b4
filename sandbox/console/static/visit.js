// Links and forms marked with data-visit are carried out without leaving the
// page: the answer is a page as well, and this one is made like it.
import { morph } from "./morph.js";
import { say } from "./say.js";

/** @type {Promise<unknown>} */
let queue = Promise.resolve(); // one visit at a time, in order
let refreshing = false;
let refreshed = -Infinity;

/**
 * What a visit may say besides its address: what is posted, and whether the page
 * takes the place of this one.
 * @typedef {{ body?: URLSearchParams, replace?: boolean }} Options
 */

/**
 * visit asks for an address and shows the page that answers.
 * @param {string} address
 * @param {Options} options
 */
export function visit(address, options = {}) {
  const done = queue.then(() => show(address, options));
  queue = done.catch(() => false);
  return done;
}

// pause is the least time between two refreshes, so that a world under load does
// not spend itself on being looked at.
const pause = 250;

// refresh shows the world as it is now. Asked for while it waits its turn, it
// happens once.
export function refresh() {
  if (refreshing) return;
  refreshing = true;
  const again = async () => {
    refreshing = false;
    refreshed = performance.now();
    return show(location.href, { replace: true });
  };
  setTimeout(() => {
    queue = queue.then(again).catch(() => false); // live.js tells that the sandbox is gone
  }, Math.max(0, refreshed + pause - performance.now()));
}

/**
 * @param {string} address
 * @param {Options} options
 */
async function show(address, { body, replace }) {
  const answer = await fetch(address, { method: body ? "POST" : "GET", body, headers: { "Netanswer-Refresh": "1" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const next = page.getElementById("main");
  if (!next) throw new Error("no page at " + address);
  const log = document.getElementById("log");
  const atEnd = !log || log.scrollHeight - log.scrollTop - log.clientHeight < 40;
  const shown = log?.getAttribute("aria-label");
  morph(document.getElementById("main"), next);
  document.title = page.title;
  if (answer.ok && !replace && answer.url !== location.href) history.pushState(null, "", answer.url);
  const after = document.getElementById("log");
  if (atEnd || after?.getAttribute("aria-label") !== shown) toEnd();
  return answer.ok;
}

// toEnd shows the newest SMS.
function toEnd() {
  const log = document.getElementById("log");
  if (log) log.scrollTop = log.scrollHeight;
}

function failed() {
  say("サンドボックスが答えません");
}

function onClick(event) {
  const link = event.target.closest("a[data-visit]");
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const target = new URL(link.href);
  const anchor = target.hash.slice(1);
  target.hash = "";
  visit(target.href).then(() => reveal(anchor), failed);
}

// reveal brings what a link was for into sight, where it is not in sight already.
function reveal(id) {
  const part = id && document.getElementById(id);
  if (!part) return;
  const { top, bottom } = part.getBoundingClientRect();
  if (bottom < 80 || top > innerHeight - 80) part.scrollIntoView({ behavior: "smooth", block: "start" });
}

function onSubmit(event) {
  const form = event.target;
  if (!form.matches("form[data-visit]")) return;
  event.preventDefault();
  const written = [...new FormData(form, event.submitter)];
  const fields = new URLSearchParams(written.map(([name, value]) => [name, String(value)])); // no form sends a file
  if (form.method === "get") {
    for (const [name, value] of [...fields]) if (!value) fields.delete(name);
    const query = fields.toString();
    visit(form.action + (query ? "?" + query : "")).catch(failed);
    return;
  }
  visit(form.action, { body: fields }).then((ok) => {
    if (!ok) return document.getElementById("problem")?.scrollIntoView({ block: "center" });
    form.reset(); // what was written is saved: follow the world again
    if (form.dataset.done) say(form.dataset.done);
  }, failed);
}

let typing;
function onInput(event) {
  const form = event.target.closest("form[data-auto]");
  if (!form) return;
  clearTimeout(typing);
  typing = setTimeout(() => form.requestSubmit(), event.target.type === "search" ? 200 : 0);
}

export function start() {
  document.addEventListener("click", onClick);
  document.addEventListener("submit", onSubmit);
  document.addEventListener("input", onInput);
  addEventListener("popstate", refresh);
  toEnd();
}
