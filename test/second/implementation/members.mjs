// The members that the card company knows, and what is taken of a test's own.
import { readFileSync } from 'node:fs';
import { beginnings } from './rules.mjs';

const builtIn = JSON.parse(readFileSync(new URL('members.json', import.meta.url), 'utf8'));

const text = (form) => (value) => typeof value === 'string' && (form === undefined || form.test(value));
const number = (value) => Number.isSafeInteger(value) && value >= 0;
const list = Array.isArray;

// What may be told of a member, a card and an account; some of it means nothing here.
const fields = {
  member: { id: text(/./), name: text(/./), called: text(), for: text(), birth_date: text(/^(\d{4}-\d{2}-\d{2})?$/), phone: text(/^(0[\d-]+)?$/), email: text(/^(\S+@\S+)?$/), cards: list },
  card: { number: text(/^\d{15,16}$/), brand: text(), product: text(/^(saison|corporate|club_on)?$/), status: text(/^(active|locked|withdrawn)?$/), expiry: text(/^(0[1-9]|1[0-2])\/\d{2}$/),
    security_code: text(/^\d{3,4}$/), pin: text(), points: number, credit_limit: number, cashing_limit: number, payment_date: text(), purchases: list, usage: list, account: (value) => typeof value === 'object' },
  account: { net_answer_id: text(/./), password: text(/./) },
};

function check(what, value, where, needed) {
  if (typeof value !== 'object' || value === null || list(value)) throw new TypeError(`${where} is no object`);
  for (const [name, given] of Object.entries(value)) {
    const fits = fields[what][name];
    if (fits === undefined) throw new TypeError(`${where}.${name} is unknown`);
    if (!(fits(given) || (given === null && name !== 'number'))) throw new TypeError(`${where}.${name} is not what it should be`);
  }
  for (const name of needed) if (value[name] === undefined) throw new TypeError(`${where}.${name} is missing`);
}

/** Returns members as a test gave them, all of them checked; the built-in ones where none are given. */
export function readMembers(given) {
  if (given === undefined || (list(given) && given.length === 0)) return builtIn;
  if (!list(given)) throw new TypeError('members is no list');
  if (given.length > 1000) throw new TypeError('members are more than 1000');
  given.forEach((member, i) => {
    const where = `members[${i}]`;
    check('member', member, where, ['name', 'cards']);
    member.cards.forEach((card, k) => {
      check('card', card, `${where}.cards[${k}]`, ['number', 'expiry', 'security_code']);
      if (!beginnings.includes(card.number.slice(0, 4))) throw new TypeError(`${where}.cards[${k}].number is no test card`);
      if (card.account) check('account', card.account, `${where}.cards[${k}].account`, ['net_answer_id', 'password']);
    });
  });
  return given;
}
