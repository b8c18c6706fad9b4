const PREFIX = 'saison-portal.';
const memory = new Map();

/** localStorage, or only this page's memory where it is forbidden. */
export function remember(name, value) {
  memory.set(name, value);
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // private mode: the memory has it
  }
}

export function recall(name) {
  try {
    return localStorage.getItem(PREFIX + name) ?? memory.get(name) ?? null;
  } catch {
    return memory.get(name) ?? null;
  }
}
