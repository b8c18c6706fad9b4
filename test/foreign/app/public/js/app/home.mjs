import { h, japaneseDate, yen } from '../lib/dom.mjs';
import { call } from '../lib/api.mjs';
import { href, render } from '../lib/router.mjs';
import { memberScreen } from './layout.mjs';

export async function homeScreen() {
  const account = await call('GET', '/account');
  return memberScreen({ heading: 'ホーム', tab: '/app/home' },
    h('p', { class: 'greeting' }, `${account.name} 様`),
    account.cards.length > 1 ? cardChooser(account.cards) : h('p', { class: 'muted' }, `${account.card.brand} ${account.card.masked}`),
    h('section', { class: 'tile payment', 'aria-labelledby': 'payment' },
      h('h2', { id: 'payment' }, 'お支払金額'),
      account.payment && h('p', {}, `${japaneseDate(account.payment.payday)} お支払い分`),
      h('a', { class: 'amount', href: href('/app/statement') },
        h('output', {}, yen(account.payment?.total ?? 0)),
        h('span', { class: 'visually-hidden' }, '（明細を見る）')),
      h('p', { class: 'hint' }, '表示されている金額をタップで明細画面に移動できます')),
    h('section', { class: 'tile', 'aria-labelledby': 'points' },
      h('h2', { id: 'points' }, '永久不滅ポイント'),
      h('p', { class: 'points' }, h('output', {}, `${account.points.toLocaleString('ja-JP')}ポイント`))));
}

function cardChooser(cards) {
  const select = h('select', {
    id: 'active-card',
    onchange: async () => {
      await call('PUT', '/account/active-card', { card: select.value });
      await render();
    },
  }, cards.map((c) => h('option', { value: c.key, selected: c.active }, c.label)));
  return h('div', { class: 'field' }, h('label', { for: 'active-card' }, '表示するカード'), select);
}
