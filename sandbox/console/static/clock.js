// The world's clock ticks here, and what it makes run out counts down. The
// server words the same things in the same way.
import { refresh } from "./visit.js";

const japan = 9 * 60 * 60 * 1000; // one fixed offset since 1951
const weekdays = "日月火水木金土";

let told, base, since; // what the page says the time is, and when it said so
let asked = 0;

function now(main) {
  if (main.dataset.now !== told) {
    told = main.dataset.now;
    base = Date.parse(told);
    since = performance.now();
  }
  return main.dataset.running === "true" ? base + performance.now() - since : base;
}

function two(n) {
  return String(n).padStart(2, "0");
}

function left(ms) {
  const all = Math.max(0, Math.floor(ms / 1000));
  const [hours, minutes, seconds] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
  if (hours > 0) return `残り${hours}時間${minutes}分`;
  if (minutes > 0) return `残り${minutes}分${two(seconds)}秒`;
  return `残り${seconds}秒`;
}

function write(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}

function tick() {
  const main = document.getElementById("main");
  const time = now(main);
  const t = new Date(time + japan);
  write(document.querySelector("[data-clock=day]"),
    `${t.getUTCFullYear()}年${t.getUTCMonth() + 1}月${t.getUTCDate()}日(${weekdays[t.getUTCDay()]})`);
  write(document.querySelector("[data-clock=time]"), `${two(t.getUTCHours())}:${two(t.getUTCMinutes())}:${two(t.getUTCSeconds())}`);
  for (const e of document.querySelectorAll("[data-expires]")) write(e, left(Date.parse(e.dataset.expires) - time));
  const due = main.dataset.next && time >= Date.parse(main.dataset.next) + 20;
  if (due && performance.now() - asked > 1000) {
    asked = performance.now();
    refresh();
  }
}

export function start() {
  tick();
  setInterval(tick, 200);
}
