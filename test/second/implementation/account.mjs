// Logging in (a-20).
import { broken } from './breaks.mjs';
import { timeOfDay } from './clock.mjs';
import { hasEnded } from './journey.mjs';
import { login } from './rules.mjs';
import { says } from './says.mjs';
import { fold, matches } from './store.mjs';

/** Returns the account, or with what is told where there is none to log in to. */
export function logIn(store, id, password) {
  const now = store.clock.now();
  const account = store.accounts.get(fold(id)) ?? (broken('log-in-before-the-end') ? early(store, id) : undefined);
  if (!account) return { told: says.loginWrong };
  if (now < account.stoppedUntil) return { told: says.loginStopped(timeOfDay(account.stoppedUntil)) };
  if (matches(password, account.secret)) {
    account.wrong = 0;
    return { account };
  }
  account.wrong += 1;
  if (account.wrong < login.tries) return { told: says.loginWrong };
  account.wrong = 0;
  account.stoppedUntil = now + login.stop;
  return { told: says.loginStopped(timeOfDay(account.stoppedUntil)) };
}

function early(store, id) {
  const journey = [...store.journeys].find((each) => !hasEnded(each) && each.entry?.secret && fold(each.entry.id) === fold(id));
  return journey && { id, secret: journey.entry.secret, card: journey.card.number, wrong: 0, stoppedUntil: 0 };
}

/** Keeps who is logged in at a browser. */
export function keep(store, guest, account) { guest.member = { account, seen: store.clock.now() }; }

/** The account of who is logged in at a browser, null where nobody is any more. */
export function memberOf(store, guest) {
  const now = store.clock.now();
  if (guest.member === null) return null;
  if (now >= guest.member.seen + login.session) guest.member = null;
  else guest.member.seen = now;
  return guest.member?.account ?? null;
}
