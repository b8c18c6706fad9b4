// The list of worlds follows what begins and ends anywhere in the sandbox. It is
// asked for by itself: it costs more than the page of one world.
import { morph } from "./morph.js";

const pause = 2000;
let asking = false;

async function follow() {
  const list = document.getElementById("world-list");
  if (asking || document.hidden || !list) return;
  asking = true;
  try {
    const answer = await fetch(`/worlds/${document.getElementById("main").dataset.world}/list`);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.getElementById("world-list");
    if (answer.ok && next) morph(list, next);
  } catch {
    // live.js tells that the sandbox is gone
  } finally {
    asking = false;
  }
}

export function start() {
  setInterval(follow, pause);
}
