import { h, japaneseDate, note, yen } from '../lib/dom.mjs';
import { call } from '../lib/api.mjs';
import { alertBox } from '../lib/form.mjs';
import { href, render } from '../lib/router.mjs';
import { memberScreen } from './layout.mjs';

export async function statementScreen() {
  const data = await call('GET', '/account/statement');
  const payment = h('div');
  const chart = h('div');
  const show = (payday) => {
    const statement = data.statements.find((s) => s.payday === payday);
    payment.replaceChildren(...monthly(statement));
    chart.replaceChildren(section('ご利用グラフ', statement ? graph(statement.purchases) : nothing()));
  };
  const picker = h('select', { id: 'payday', onchange: () => show(picker.value) },
    data.statements.map((s) => h('option', { value: s.payday, selected: s.payday === data.current }, `${japaneseDate(s.payday)} お支払い分`)));
  show(data.current);
  return memberScreen({ heading: '明細', tab: '/app/statement' },
    h('div', { class: 'field' }, h('label', { for: 'payday' }, 'お支払日'), picker),
    payment,
    limits(data.limits),
    chart,
    paymentChange(data),
    cashing(data.limits));
}

const section = (title, ...content) => h('section', { class: 'tile' }, h('h2', {}, title), ...content);

const nothing = () => h('p', {}, 'ご利用はありません。');

function monthly(statement) {
  if (!statement) return [section('お支払金額', h('output', {}, yen(0))), section('ご利用明細', nothing())];
  const { total, purchases, payday } = statement;
  return [
    section('お支払金額', h('p', { class: 'amount' }, h('output', {}, yen(total))), h('p', { class: 'muted' }, `お支払日 ${japaneseDate(payday)}`)),
    section('ご利用明細', purchaseTable(purchases, total)),
  ];
}

function purchaseTable(purchases, total) {
  const head = ['ご利用日', 'ご利用店名', 'お支払方法', '金額'];
  return h('div', { class: 'scroll' }, h('table', {},
    h('thead', {}, h('tr', {}, head.map((t) => h('th', { scope: 'col' }, t)))),
    h('tbody', {}, purchases.map((p) => h('tr', {},
      h('td', {}, h('time', { datetime: p.date }, p.date.slice(5).replace('-', '/'))),
      h('th', { scope: 'row' }, p.shop),
      h('td', {}, p.method),
      h('td', { class: 'number-cell' }, yen(p.amount))))),
    h('tfoot', {}, h('tr', {}, h('th', { scope: 'row', colspan: 3 }, '合計'), h('td', { class: 'number-cell' }, yen(total))))));
}

/** Bars by category; the numbers stand beside them as text. */
function graph(purchases) {
  const sums = new Map();
  for (const p of purchases) sums.set(p.category, (sums.get(p.category) ?? 0) + p.amount);
  const largest = Math.max(...sums.values());
  const rows = [...sums].sort((a, b) => b[1] - a[1]);
  return h('ul', { class: 'graph' }, rows.map(([category, amount]) => {
    const bar = h('span', { class: 'bar', 'aria-hidden': 'true' });
    bar.style.width = `${Math.round((amount / largest) * 100)}%`;
    return h('li', {}, h('span', { class: 'graph-label' }, h('span', {}, category), h('span', {}, yen(amount))), bar);
  }));
}

function limits(l) {
  return section('ご利用可能額の確認／ご利用可能枠増枠',
    h('dl', { class: 'facts' },
      h('div', {}, h('dt', {}, 'ご利用可能額'), h('dd', {}, yen(l.shoppingAvailable))),
      h('div', {}, h('dt', {}, 'ご利用可能枠'), h('dd', {}, yen(l.shopping))),
      h('div', {}, h('dt', {}, 'ご利用残高'), h('dd', {}, yen(l.shoppingUsed)))),
    h('a', { class: 'button secondary', href: href('/app/request/limit') }, '増枠を申し込む'));
}

let changed = ''; // told once, on the screen that follows the change

function paymentChange({ changeable, methods }) {
  const status = h('p', { role: 'status', class: 'success' }, changed);
  changed = '';
  if (!changeable.length) return section('お支払変更', status, h('p', {}, '現在、変更できるご利用はありません。'));
  const purchase = h('select', { id: 'change-purchase' },
    changeable.map((p) => h('option', { value: p.index }, `${p.date.slice(5).replace('-', '/')} ${p.shop} ${yen(p.amount)}`)));
  const method = h('select', { id: 'change-method' }, methods.slice(1).map((m) => h('option', {}, m)));
  const alert = alertBox();
  const onsubmit = async (event) => {
    event.preventDefault();
    try {
      await call('POST', '/account/payment-method', { purchase: Number(purchase.value), method: method.value });
      changed = 'お支払方法を変更しました。';
      await render({ stay: true });
    } catch (error) {
      alert.replaceChildren(h('p', {}, error.message));
    }
  };
  return section('お支払変更',
    status,
    h('form', { class: 'form', onsubmit },
      h('div', { class: 'field' }, h('label', { for: 'change-purchase' }, '変更するご利用'), purchase),
      h('div', { class: 'field' }, h('label', { for: 'change-method' }, '変更後のお支払方法'), method),
      alert,
      h('button', { type: 'submit', class: 'secondary' }, '変更する')));
}

function cashing(l) {
  return section('キャッシング',
    h('dl', { class: 'facts' },
      h('div', {}, h('dt', {}, 'キャッシングご利用可能額'), h('dd', {}, yen(l.cashingAvailable)))),
    l.cashing > 0
      ? h('a', { class: 'button secondary', href: href('/app/request/cashing') }, 'キャッシングを申し込む')
      : note('このカードにはキャッシングのご利用可能枠がありません。'));
}
