// The page of an API: its operations are searched, and requests are sent from it.

const world = /** @type {HTMLInputElement} */ (document.querySelector("#world"));
const main = document.getElementById("main");

/**
 * What a form asks for, as fetch takes it.
 * @param {HTMLFormElement} form
 */
function asked(form) {
  const { method, path, type } = form.dataset;
  const headers = new Headers();
  const query = new URLSearchParams();
  let address = path;
  let body;
  if (main.hasAttribute("data-world-header")) headers.set("Netanswer-World", world.value);
  for (const field of form.querySelectorAll("[data-in]")) {
    const { value, dataset } = /** @type {HTMLInputElement} */ (field);
    if (dataset.in === "path") address = address.replace(`{${dataset.name}}`, encodeURIComponent(value));
    else if (!value) continue;
    else if (dataset.in === "query") query.set(dataset.name, value);
    else if (dataset.in === "header") headers.set(dataset.name, value);
    else body = value;
  }
  if (body) headers.set("Content-Type", type);
  const text = query.toString();
  return { address: address + (text ? "?" + text : ""), method, headers, body };
}

/** @param {string} text */
function quoted(text) {
  return "'" + text.replaceAll("'", "'\\''") + "'";
}

/** @param {ReturnType<typeof asked>} q */
function curl({ address, method, headers, body }) {
  const parts = ["curl -X " + method + " " + quoted(location.origin + address)];
  headers.forEach((value, name) => parts.push("-H " + quoted(name + ": " + value)));
  if (body) parts.push("-d " + quoted(body));
  return parts.join(" \\\n  ");
}

/**
 * @param {string} name
 * @param {string} text
 */
function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  if (name === "pre") made.tabIndex = 0;
  return made;
}

/**
 * @param {HTMLElement} place
 * @param {HTMLElement[]} parts
 */
function show(place, ...parts) {
  place.hidden = false;
  place.setAttribute("role", "status");
  place.replaceChildren(...parts);
}

/** @param {string} text */
function readable(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/**
 * What was made is gone on with: its id and token stand in the forms that ask for them.
 * @param {HTMLFormElement} form
 * @param {string} text
 */
function carryOn(form, text) {
  const made = JSON.parse(text || "{}");
  for (const other of document.querySelectorAll("form.try")) {
    const { path } = /** @type {HTMLFormElement} */ (other).dataset;
    const field = /** @type {HTMLInputElement} */ (other.querySelector('[data-in="path"][data-name="id"]'));
    if (made.id && field && path.startsWith(form.dataset.path + "/")) field.value = made.id;
    const session = /** @type {HTMLInputElement} */ (other.querySelector('[data-name="Authorization"]'));
    if (made.token && session) session.value = "Bearer " + made.token;
  }
}

/** @param {HTMLFormElement} form */
async function send(form) {
  /** @type {HTMLElement} */
  const place = form.querySelector(".told");
  const missing = [...form.querySelectorAll("[aria-required]")].find((field) => !(/** @type {HTMLInputElement} */ (field).value));
  if (missing) {
    /** @type {HTMLElement} */ (missing).focus();
    return show(place, element("p", "必須のパラメーターを入れてください。"));
  }
  const q = asked(form);
  const began = performance.now();
  try {
    const answer = await fetch(q.address, { method: q.method, headers: q.headers, body: q.body });
    const raw = await answer.text();
    const text = readable(raw);
    if (answer.ok && q.method === "POST" && text !== raw) carryOn(form, raw);
    const status = element("p", `${answer.status}（${Math.round(performance.now() - began)}ミリ秒）`);
    status.className = "status " + (answer.ok ? "done" : "refused");
    const parts = [status];
    if (answer.headers.get("Retry-After")) parts.push(element("p", `Retry-After: ${answer.headers.get("Retry-After")}`));
    show(place, ...parts, ...(text ? [element("pre", text)] : []), element("p", "同じことをする curl"), element("pre", curl(q)));
  } catch {
    show(place, element("p", "サンドボックスが答えません。"));
  }
}

/** @param {string} words */
function seek(words) {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  let found = 0;
  for (const article of document.querySelectorAll("article")) {
    const own = article.querySelector("h3").textContent + " " + article.querySelector(".address").textContent;
    const hit = wanted.every((w) => own.toLowerCase().includes(w));
    article.hidden = !hit;
    /** @type {HTMLElement} */ (document.querySelector(`[data-of="${article.id}"]`)).hidden = !hit;
    if (hit) found++;
  }
  for (const part of document.querySelectorAll(".part")) /** @type {HTMLElement} */ (part).hidden = !part.querySelector("article:not([hidden])");
  for (const part of document.querySelectorAll(".guide details")) /** @type {HTMLElement} */ (part).hidden = !part.querySelector("li:not([hidden])");
  document.getElementById("sought").textContent = wanted.length ? `${found}件` : "";
}

/** @param {Event} event */
function worldChosen(event) {
  for (const field of document.querySelectorAll('[data-in="path"][data-name="world"]')) {
    /** @type {HTMLInputElement} */ (field).value = /** @type {HTMLInputElement} */ (event.target).value;
  }
}

document.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (form.matches(".try")) send(form);
});
document.getElementById("seek").addEventListener("input", (event) => seek(/** @type {HTMLInputElement} */ (event.target).value));
world.addEventListener("input", worldChosen);
world.dispatchEvent(new Event("input"));
if (matchMedia("(width < 64rem)").matches) {
  for (const part of document.querySelectorAll(".guide details")) part.removeAttribute("open");
}
