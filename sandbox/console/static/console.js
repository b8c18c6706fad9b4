// The console's script. Every page works without it; with it the page follows
// its world by itself and forms are carried out in place.
import { start as startClock } from "./clock.js";
import { start as startCopy } from "./copy.js";
import { start as startLive } from "./live.js";
import { start as startVisit } from "./visit.js";
import { start as startWorlds } from "./worlds.js";

document.documentElement.classList.add("js");
startVisit();
startCopy();
startClock();
startLive();
startWorlds();
