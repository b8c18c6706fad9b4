// The page follows its world: whenever the sandbox tells that it changed, the
// page is shown anew. A hidden page lets go of its stream, because a browser has
// only a few of them for all its tabs.
import { refresh } from "./visit.js";

let stream, retry, shown;

function tell(on) {
  const place = document.getElementById("live");
  place.textContent = on ? "ライブ" : "接続しなおしています";
  place.dataset.on = on;
}

function open() {
  close();
  const main = document.getElementById("main");
  shown = main.dataset.serial;
  stream = new EventSource(`/api/worlds/${main.dataset.world}/events`);
  stream.addEventListener("open", () => tell(true));
  stream.addEventListener("change", (event) => {
    const serial = String(JSON.parse(event.data).serial);
    if (serial !== shown) refresh();
    shown = serial;
  });
  stream.addEventListener("error", () => {
    tell(false);
    if (stream.readyState === EventSource.CLOSED) retry = setTimeout(open, 3000); // it gave up by itself
  });
}

function close() {
  clearTimeout(retry);
  stream?.close();
}

export function start() {
  open();
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return close();
    open();
    refresh();
  });
  addEventListener("pagehide", close);
  addEventListener("pageshow", (event) => { if (event.persisted) open(); });
}
