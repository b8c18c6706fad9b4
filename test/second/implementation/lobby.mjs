// The pages around the registration: search, home, log-in, the member's home.
import { keep, logIn, memberOf } from './account.mjs';
import { formOf, page, see } from './http.mjs';
import * as pages from './pages/entrance.mjs';
import { says } from './says.mjs';

export const lobby = {
  'GET /': ({ phone }) => page(pages.home(phone)),
  'GET /search': ({ phone, query }) => page(pages.search(phone, query.get('words') ?? '')),
  'GET /film': ({ phone }) => page(pages.film(phone)),
  'GET /gate': ({ phone, guest }) => {
    const sentence = guest.told?.sentence;
    guest.told = null;
    return page(pages.gate(phone, '', sentence));
  },
  'POST /gate': async ({ phone, request, store, guest }) => {
    const { who = '', secret = '' } = await formOf(request);
    const { account, told } = logIn(store, who, secret);
    if (!account) return page(pages.gate(phone, who, told), 422);
    keep(store, guest, account);
    return see('/members');
  },
  'GET /members': ({ phone, store, guest }) => {
    const account = memberOf(store, guest);
    if (account === null) {
      guest.told = { sentence: says.loginFirst };
      return see('/gate');
    }
    const card = store.cards.get(account.card);
    return page(pages.members(phone, card.holder.name, card.points ?? 0));
  },
  'POST /leave': async ({ request, guest }) => {
    await formOf(request);
    guest.member = null;
    return see('/');
  },
};
