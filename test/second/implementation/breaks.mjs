// The rules that this implementation can break on purpose, one a process, so
// that a suite can be seen to notice. The list is data: breaks.json.
import { readFileSync } from 'node:fs';

export const breaks = JSON.parse(readFileSync(new URL('breaks.json', import.meta.url), 'utf8'));

const known = new Set(breaks.map((b) => b.name));
const active = process.env.BREAK ?? '';

if (active !== '' && !known.has(active)) {
  throw new Error(`BREAK=${active} is unknown; node server.mjs --breaks lists them`);
}

/** Tells whether that rule is to be broken. A name that is not in the list is a mistake of ours. */
export function broken(name) {
  if (!known.has(name)) throw new Error(`no break is called ${name}`);
  return name === active;
}
