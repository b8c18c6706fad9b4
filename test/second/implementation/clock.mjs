// The time that everything here goes by: the machine's, or one that stands
// still where a test has put it.
const japan = 9 * 60 * 60 * 1000;

export class Clock {
  #stands = null;

  now() { return this.#stands ?? Date.now(); }
  freeze(at) { this.#stands = at; }
  run() { this.#stands = null; }
}

const inJapan = (at) => new Date(at + japan).toISOString();

/** 11/24 16:22 */
export const dateAndTime = (at) => `${inJapan(at).slice(5, 10).replace('-', '/')} ${inJapan(at).slice(11, 16)}`;

/** 16:22 */
export const timeOfDay = (at) => inJapan(at).slice(11, 16);

/** The end of the month that a card shows, when it is good no longer (a-02). */
export const endOfMonth = (month, year) => Date.UTC(2000 + Number(year), Number(month), 1) - japan;
