// The identity check: a passcode by SMS or mail (p34), or a call (p35), and
// what follows upon it (p36).
import { randomInt, timingSafeEqual } from 'node:crypto';
import { broken } from './breaks.mjs';
import { forget, stop, touch } from './journey.mjs';
import { passcodeMail, smsOf, welcomeMail } from './letters.mjs';
import { Undelivered } from './providers.mjs';
import { dial, digitsOf, isMobile, passcode } from './rules.mjs';
import { says } from './says.mjs';

/** How the holder of a card can be reached (a-19); null where there is no way (p35-6). */
export function methodFor(card) {
  const { phone, email } = card.holder;
  if (card.status && card.status !== 'active' && !broken('locked-card-goes-on')) return null;
  if (phone && isMobile(phone)) return broken('sms-for-nobody') && email ? 'mail' : 'sms';
  if (phone) return broken('landline-goes-by-mail') && email ? 'mail' : 'call';
  return email ? 'mail' : null;
}

/** Goes on from the confirmation, once however often it is asked (a-16). Returns what is told, if anything. */
export async function proceed(store, providers, journey) {
  if (journey.at === 'code' && broken('two-sms-for-two-presses')) await send(providers, journey, store.clock.now());
  if (journey.at !== 'review') return null;
  const method = methodFor(journey.card);
  if (method === null) {
    stop(journey, 'noWay');
    return null;
  }
  touch(store, journey);
  const now = store.clock.now();
  journey.method = method;
  if (method === 'call') {
    journey.at = 'dial';
    journey.dial = { shown: now, until: now + dial.window, confirmed: false, onLine: new Set() };
    return null;
  }
  journey.code = freshCode(now);
  journey.at = 'code';
  const lost = await attempt(() => send(providers, journey, now));
  if (!lost) return null;
  if (broken('input-lost-where-no-sms-goes')) {
    journey.at = 'form';
    journey.entry = null;
    journey.code = null;
    return says.later;
  }
  journey.at = 'review'; // a-15
  journey.code = null;
  return says.later;
}

const freshCode = (now) => ({ value: String(randomInt(10 ** passcode.digits)).padStart(passcode.digits, '0'), issued: now, until: now + passcode.life });

function send(providers, journey, now) {
  const { value, until } = journey.code;
  const { phone, email } = journey.card.holder;
  if (journey.method === 'sms') return providers.sms(phone, smsOf(value, until));
  const letter = passcodeMail(value);
  return providers.mail(email, letter.subject, letter.text, now);
}

/** Tries to hand a message over; true where it could not be. */
async function attempt(action) {
  try {
    await action();
    return false;
  } catch (error) {
    if (!(error instanceof Undelivered)) throw error;
    console.error(error.message);
    return true;
  }
}

/** Sends another passcode (a-07). Returns what is told, and whether it was sent. */
export async function reissue(store, providers, journey) {
  const now = store.clock.now();
  const wait = journey.code.issued + passcode.interval - now;
  if (journey.reissues >= passcode.reissues) return { told: says.reissueLimit(passcode.reissues), sent: false };
  if (wait > 0) return { told: says.reissueSoon(Math.ceil(wait / 1000)), sent: false };
  const before = journey.code;
  journey.code = freshCode(now);
  if (await attempt(() => send(providers, journey, now))) {
    journey.code = before; // it counts again (a-15)
    return { told: says.later, sent: false };
  }
  journey.older = broken('old-passcode-still-good') ? before.value : null;
  journey.reissues += 1;
  if (broken('wrong-passcodes-forgotten-at-a-reissue')) journey.wrong = 0;
  touch(store, journey);
  return { told: says.reissued, sent: true };
}

const equal = (a, b) => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

/** Checks a passcode. Returns the sentence at its field, null where there is none to say. */
export async function enter(store, providers, journey, given) {
  if (!new RegExp(`^[0-9]{${passcode.digits}}$`).test(given)) {
    if (!broken('malformed-passcode-counted')) return says.passcodeForm;
    stop(journey, 'tries');
    return null;
  }
  if (store.clock.now() >= journey.code.until) { // only where a break has let it come this far
    stop(journey, 'code');
    return null;
  }
  touch(store, journey);
  if (equal(given, journey.code.value) || (journey.older && equal(given, journey.older))) {
    await complete(store, providers, journey);
    return null;
  }
  journey.wrong += 1;
  if (journey.wrong < passcode.tries) return broken('remaining-tries-not-told') ? 'ワンタイムパスコードが違います。' : says.passcodeWrong(passcode.tries - journey.wrong);
  stop(journey, 'tries'); // a-06
  return null;
}

/** 「認証を完了する」, after the call (p35-5). Returns what is told where it was not confirmed. */
export async function finish(store, providers, journey) {
  touch(store, journey);
  if (!journey.dial.confirmed && !broken('finished-without-a-call')) return says.notCalled; // a-11
  await complete(store, providers, journey);
  return null;
}

/** Opens the account and tells its ID. The registration stands whether or not the mail goes (p36-3). */
export async function complete(store, providers, journey) {
  const { id, secret, desk, pocket } = journey.entry;
  store.open({ id, secret, card: journey.card.number });
  journey.at = 'done';
  forget(journey);
  const letter = welcomeMail(id);
  const addresses = [...new Set([desk, pocket].filter((address) => address !== ''))];
  for (const to of broken('one-address-is-told') ? addresses.slice(0, 1) : addresses) {
    await attempt(() => providers.mail(to, letter.subject, letter.text, store.clock.now()));
  }
}

/** What a caller hears, and the journey that the call confirms if it is heard. */
export function answerCall(store, look, from, withheld) {
  const caller = digitsOf(from);
  const all = [...store.journeys].map((journey) => look(store, journey));
  const mine = all.filter((journey) => journey.card && (broken('any-telephone-confirms') && !withheld || digitsOf(journey.card.holder.phone ?? '') === caller));
  const waiting = (withheld && broken('withheld-number-confirms') ? all : withheld ? [] : mine).filter((journey) => journey.at === 'dial');
  const latest = waiting.sort((a, b) => b.dial.shown - a.dial.shown)[0];
  if (latest) return { guidance: broken('guidance-words') ? '確認しました' : 'ご本人確認ができました', journey: latest };
  if (withheld) return { guidance: '電話番号が通知されていません。番号を通知して、おかけ直しください。' }; // a-10
  if (mine.some((journey) => journey.at === 'stopped' && journey.why === 'dial')) return { guidance: '受付時間を過ぎました。画面にもどり、最初からお手続きください。' }; // a-12
  return { guidance: 'ご登録の電話番号を確認できませんでした。ご登録の電話番号から、おかけ直しください。' };
}
