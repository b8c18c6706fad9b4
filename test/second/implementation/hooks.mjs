// What a test does to this implementation: its members and its clock.
import { bodyOf, mediaOf, nothing, Refusal } from './http.mjs';
import { Store } from './store.mjs';

async function jsonOf(request, names) {
  if (mediaOf(request) !== 'application/json') throw new Refusal(415, 'application/json is wanted');
  const text = await bodyOf(request);
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refusal(400, 'the body is no JSON'); // what is wrong where would quote it
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Refusal(400, 'the body is no object');
  for (const name of Object.keys(value)) if (!names.includes(name)) throw new Refusal(422, `${name} is unknown; there is ${names.join(', ')}`);
  return value;
}

const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/** Routes by method and path, over the one place that holds the store. */
export const hooks = (place) => ({
  'POST /hooks/reset': async ({ request }) => {
    const { members } = await jsonOf(request, ['members']);
    try {
      place.store = new Store(members);
    } catch (error) {
      if (error instanceof TypeError) throw new Refusal(422, error.message);
      throw error;
    }
    return nothing();
  },
  'PUT /hooks/clock': async ({ request }) => {
    const { now } = await jsonOf(request, ['now']);
    if (typeof now !== 'string' || !moment.test(now) || Number.isNaN(Date.parse(now))) throw new Refusal(422, 'now is a moment by RFC 3339');
    place.store.clock.freeze(Date.parse(now));
    return nothing();
  },
  'DELETE /hooks/clock': () => {
    place.store.clock.run();
    return nothing();
  },
});
