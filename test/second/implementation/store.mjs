// All that one process remembers. A test starts it anew.
import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import { Clock } from './clock.mjs';
import { readMembers } from './members.mjs';

const mostGuests = 10000;

const cheap = { N: 1024 }; // for tests; no model for real passwords
export const digest = (password, salt = randomBytes(16)) => ({ salt, hash: scryptSync(password, salt, 32, cheap) });
export const matches = (password, secret) => timingSafeEqual(scryptSync(password, secret.salt, 32, cheap), secret.hash);
export const token = () => randomBytes(18).toString('base64url');

/** IDs that differ in case only are the same. */
export const fold = (id) => id.toLowerCase();

export class Store {
  constructor(members, clock = new Clock()) {
    this.clock = clock;
    this.cards = new Map(); // by number: the card and who holds it
    this.accounts = new Map(); // by folded ID
    this.journeys = new Set(); // registrations, of whoever
    this.calls = new Map(); // that are going on, by their CallSid
    this.guests = new Map(); // browsers, by their cookie
    for (const holder of readMembers(members)) {
      for (const card of holder.cards) {
        this.cards.set(card.number, { ...card, holder });
        if (card.account) this.open({ id: card.account.net_answer_id, secret: digest(card.account.password), card: card.number });
      }
    }
  }

  /** Opens an account; whether it may be opened was asked before. */
  open(account) {
    this.accounts.set(fold(account.id), { wrong: 0, stoppedUntil: 0, ...account });
  }

  hasAccount(number) {
    return [...this.accounts.values()].some((account) => account.card === number);
  }

  /** The browser with that cookie, a new one where it is unknown. */
  guest(cookie) {
    const known = this.guests.get(cookie);
    if (known) return known;
    if (this.guests.size >= mostGuests) this.guests.delete(this.guests.keys().next().value);
    const guest = { cookie: token(), journey: null, told: null, member: null };
    this.guests.set(guest.cookie, guest);
    return guest;
  }
}
