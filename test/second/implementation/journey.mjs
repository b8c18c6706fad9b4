// A registration on its way: where it stands, and what time alone does to it.
// Steps that a member takes are in entry.mjs and identity.mjs.
import { broken } from './breaks.mjs';
import { idle } from './rules.mjs';
import { token } from './store.mjs';

/** Where a journey can stand, with the page of each. */
export const pages = {
  form: '/apply/1-form',
  review: '/apply/2-review',
  code: '/apply/3-code',
  dial: '/apply/3-dial',
  done: '/apply/4-done',
  stopped: '/apply/stopped',
};

const mostJourneys = 10000; // the oldest gives way

const way = { form: 1, review: 2, code: 3, dial: 3, done: 4 };

/** Tells whether that place lies ahead of where the journey stands (a-22). */
export const isAhead = (place, journey) => journey.at in way && way[place] > way[journey.at];

export const hasEnded = (journey) => journey.at === 'done' || journey.at === 'stopped';

export function begin(store) {
  const now = store.clock.now();
  const journey = { at: 'form', why: null, seal: token(), touched: now, entry: null, card: null, code: null, older: null, wrong: 0, reissues: 0, dial: null, busy: Promise.resolve() };
  if (store.journeys.size >= mostJourneys) store.journeys.delete(store.journeys.values().next().value);
  store.journeys.add(journey);
  return journey;
}

/** The journey as it is now: time may have ended it. */
export function look(store, journey) {
  const now = store.clock.now();
  if (journey === null || hasEnded(journey)) return journey;
  if (journey.at === 'code' && now >= journey.code.until && !broken('passcode-reissued-after-its-end')) stop(journey, 'code'); // p34-8
  else if (journey.at === 'dial' && !journey.dial.confirmed && journey.dial.onLine.size === 0 && now > journey.dial.until) stop(journey, 'dial'); // a-12
  else if (now >= journey.touched + idle) stop(journey, 'idle'); // a-14
  return journey;
}

export function touch(store, journey) { journey.touched = store.clock.now(); }

/** Ends a journey and forgets what is no longer needed. */
export function stop(journey, why) {
  journey.at = 'stopped';
  journey.why = why;
  forget(journey);
}

export function forget(journey) {
  if (journey.entry) journey.entry = { id: journey.entry.id };
  journey.code = null;
}

/** Does one thing after another to a journey, however many presses come at once. */
export function inTurn(journey, action) {
  const mine = journey.busy.then(action);
  journey.busy = mine.catch(() => {}); // who asked is told; the next one does not care
  return mine;
}
