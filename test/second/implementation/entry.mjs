// The form, from what was entered to the confirmation (p26 to p33).
import { broken } from './breaks.mjs';
import { checkForm, personalIn } from './checks.mjs';
import { hasEnded, look, stop, touch } from './journey.mjs';
import { says } from './says.mjs';
import { digest, fold } from './store.mjs';

/** Takes a form; returns the sentences at its fields, null where it was taken. */
export function submit(store, journey, form) {
  touch(store, journey);
  const wrong = checkForm(form, store.clock.now());
  if (Object.keys(wrong).length > 0) return wrong;
  const card = store.cards.get(form.number);
  const refused = refuse(store, journey, form, card);
  if (refused) return refused;
  for (const other of store.journeys) { // a card has one journey
    if (other !== journey && other.card?.number === card.number && !hasEnded(look(store, other)) && !broken('newer-journey-ends-nothing')) stop(other, 'newer');
  }
  const { password, repeated, agreed, ...kept } = form;
  journey.entry = { ...kept, secret: digest(password), personal: personalIn(form, card.holder) };
  journey.card = card;
  journey.at = 'review';
  return null;
}

function refuse(store, journey, form, card) {
  if (!card || card.expiry !== `${form.month}/${form.year}`) { // a-01, a-23
    if (!(card && broken('expired-card-accepted'))) return { number: [says.unverified] };
  }
  if (card.security_code !== form.code && !(broken('amex-code-of-three') && card.security_code.startsWith(form.code))) {
    return broken('wrong-code-is-told') ? { code: [says.wrongCode] } : { number: [says.unverified] };
  }
  if (card.product === 'corporate' && !broken('corporate-card-accepted')) return { number: [says.corporate] }; // p26-4
  if (card.product === 'club_on') return { number: [says.elsewhere], elsewhere: [says.elsewhere] }; // p26-5
  if (store.hasAccount(card.number) && !broken('registered-card-accepted')) return { number: [says.registered] }; // a-03
  if (isTaken(store, journey, form.id, card) && !broken('taken-id-accepted')) return { id: [says.taken] }; // a-04
  return null;
}

/** Tells whether an account has that ID, or somebody under way with another card. */
function isTaken(store, journey, id, card) {
  const name = fold(id);
  if (store.accounts.has(name)) return true;
  return [...store.journeys].some((other) => other !== journey && other.entry?.id && fold(other.entry.id) === name &&
    other.card?.number !== card.number && !hasEnded(look(store, other)));
}

/** Goes back from the confirmation to the form (p33-3). */
export function revise(store, journey) {
  touch(store, journey);
  journey.at = 'form';
  if (broken('revising-forgets')) journey.entry = null;
}
