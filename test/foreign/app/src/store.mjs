import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { digits } from './cards.mjs';
import { hashPassword } from './passwords.mjs';

/** Everything the service knows, in memory. */
export class Store {
  constructor(membersFile) {
    this.membersFile = membersFile;
    this.reset();
  }

  /** Back to the members file; sessions and counters are forgotten. */
  reset() {
    const { members } = JSON.parse(readFileSync(this.membersFile, 'utf8'));
    this.cards = new Map();
    this.accounts = new Map(); // Net Answer ID -> { id, passwordHash, mail, cardNumber }
    this.sessions = new Map();
    this.guards = new Map();
    this.requests = [];
    for (const member of members) {
      for (const card of member.cards) this.#addCard(member, card);
    }
  }

  #addCard(member, source) {
    const { registration, ...card } = structuredClone(source);
    card.number = digits(card.number);
    card.member = { id: member.id, name: member.name, phone: member.phone ?? null };
    card.netAnswerId = null;
    this.cards.set(card.number, card);
    if (registration) {
      card.netAnswerId = registration.netAnswerId;
      this.accounts.set(registration.netAnswerId, {
        id: registration.netAnswerId,
        passwordHash: hashPassword(registration.password),
        mail: registration.mail,
        cardNumber: card.number,
      });
    }
  }

  session(id) {
    return id ? this.sessions.get(id) : undefined;
  }

  createSession() {
    const session = {
      id: randomBytes(24).toString('base64url'),
      registration: null,
      notice: null, // why the last registration ended
      cards: [], // card numbers registered in this app
      activeCard: null,
      completion: null, // shown on the completion screen until the first start
      walletPending: false,
    };
    this.sessions.set(session.id, session);
    return session;
  }

  /** Gives a session a new identifier once its rights grow. */
  renewSession(session) {
    this.sessions.delete(session.id);
    session.id = randomBytes(24).toString('base64url');
    this.sessions.set(session.id, session);
  }
}
