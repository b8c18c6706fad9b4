const JST_OFFSET_MS = 9 * 60 * 60 * 1000;

/** A running clock; a test may move it, but it never stands still. */
export class Clock {
  #offset = 0;

  now() {
    return Date.now() + this.#offset;
  }

  set(epochMs) {
    this.#offset = epochMs - Date.now();
  }

  reset() {
    this.#offset = 0;
  }
}

/** Calendar fields of an instant in Japan. */
export function japanTime(epochMs) {
  const date = new Date(epochMs + JST_OFFSET_MS);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
  };
}

const two = (n) => String(n).padStart(2, '0');

export function isoDate(epochMs) {
  const t = japanTime(epochMs);
  return `${t.year}-${two(t.month)}-${two(t.day)}`;
}

/** "00/00 00:00", the form the guide prints in the short message. */
export function shortDateTime(epochMs) {
  const t = japanTime(epochMs);
  return `${two(t.month)}/${two(t.day)} ${two(t.hour)}:${two(t.minute)}`;
}
