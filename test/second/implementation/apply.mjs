// The registration's pages and what is sent from them. Everything that was
// taken leads on to the page of where the journey then stands; only what is
// wrong at a field is answered with the page itself.
import { broken } from './breaks.mjs';
import { revise, submit } from './entry.mjs';
import { formOf, page, see } from './http.mjs';
import { complete, enter, finish, proceed, reissue } from './identity.mjs';
import { begin, hasEnded, inTurn, isAhead, look, pages } from './journey.mjs';
import { elsewhere, letter } from './pages/entrance.mjs';
import { done, stopped } from './pages/end.mjs';
import { boxesOf, form } from './pages/form.mjs';
import { code, dial } from './pages/identity.mjs';
import { review } from './pages/review.mjs';
import { says } from './says.mjs';

const entered = ({ entry }) => (entry ? { ...entry, boxes: boxesOf(entry.number) } : {});

/** What a form held, and how it is shown again. */
function entryIn(sent) {
  const text = (name) => sent[name] ?? '';
  const boxes = ['n1', 'n2', 'n3', 'n4'].map(text);
  const given = Object.fromEntries(['month', 'year', 'code', 'id', 'password', 'repeated', 'desk', 'pocket'].map((name) => [name, text(name)]));
  return { boxes, given: { ...given, number: boxes.join(''), letter: sent.letter === '1', agreed: sent.agreed === '1' } };
}

export function apply(place, providers, settings) {
  const show = {
    form: (view) => form({ ...view, seal: view.journey.seal, entry: entered(view.journey), read: view.journey.entry !== null }),
    review, code, done, stopped,
    dial: (view) => dial({ ...view, freeDial: settings.freeDial }),
  };

  const lost = (guest) => {
    guest.journey = null;
    guest.told = { sentence: says.nothingUnderWay };
    return see('/gate');
  };

  /** The page of a place, or the way to where the journey stands (a-22). */
  const at = (asked) => async ({ store, guest, phone }) => {
    const journey = look(store, guest.journey);
    if (journey === null) return lost(guest);
    if (asked === 'done' && journey.at === 'code' && broken('steps-can-be-skipped')) await complete(store, providers, journey);
    if (asked !== journey.at) {
      if (isAhead(asked, journey)) guest.told = { sentence: says.notYet };
      return see(pages[journey.at]);
    }
    const { told } = guest;
    guest.told = null;
    return page(show[asked]({ phone, journey, ...told }));
  };

  /** Takes what was sent at one of these places; elsewhere it leads to where the journey stands. */
  const from = (places, action) => async (context) => {
    const { request, store, guest } = context;
    const sent = await formOf(request);
    const { journey } = guest;
    if (journey === null) return lost(guest);
    return inTurn(journey, async () => {
      look(store, journey);
      if (hasEnded(journey)) return see(pages[journey.at]);
      if (sent.seal !== journey.seal) guest.told = { sentence: says.stale };
      else if (places.includes(journey.at)) return (await action({ ...context, sent, journey })) ?? see(pages[journey.at]);
      else guest.told = { sentence: says.notYet };
      return see(pages[journey.at]);
    });
  };

  const steps = Object.fromEntries(Object.entries(pages).map(([name, path]) => [`GET ${path}`, at(name)]));

  return {
    ...steps,
    'GET /apply': ({ store, guest }) => {
      const journey = look(store, guest.journey);
      if (journey === null || hasEnded(journey)) guest.journey = begin(store);
      return see(pages[guest.journey.at]);
    },
    'GET /apply/elsewhere': ({ phone }) => page(elsewhere(phone)),
    'GET /apply/letter': ({ phone }) => page(letter(phone)),
    'POST /apply/1-form': from(['form', 'review'], ({ store, journey, sent, phone }) => {
      const { boxes, given } = entryIn(sent);
      const wrong = submit(store, journey, given);
      if (wrong === null) return null;
      return page(form({ phone, seal: journey.seal, entry: { ...given, boxes }, wrong, read: given.agreed }), 422);
    }),
    'POST /apply/revise': from(['review', 'form'], ({ store, journey }) => { revise(store, journey); }),
    'POST /apply/2-review': from(['review', 'code', 'dial'], async ({ store, journey, guest }) => {
      const sentence = await proceed(store, providers, journey);
      if (sentence) guest.told = { sentence };
    }),
    'POST /apply/3-code': from(['code'], async ({ store, journey, sent, phone }) => {
      const wrong = await enter(store, providers, journey, sent.passcode ?? '');
      return wrong ? page(code({ phone, journey, wrong }), 422) : null;
    }),
    'POST /apply/reissue': from(['code'], async ({ store, journey, guest }) => {
      const { told, sent } = await reissue(store, providers, journey);
      guest.told = sent ? { calm: told } : { sentence: told };
    }),
    'POST /apply/3-dial': from(['dial'], async ({ store, journey, guest }) => {
      const sentence = await finish(store, providers, journey);
      if (sentence) guest.told = { sentence };
    }),
  };
}
