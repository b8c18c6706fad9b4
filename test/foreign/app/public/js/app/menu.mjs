import { h } from '../lib/dom.mjs';
import { call } from '../lib/api.mjs';
import { actionButton, alertBox, field, form } from '../lib/form.mjs';
import { go, href } from '../lib/router.mjs';
import { walletName } from '../lib/device.mjs';
import { memberScreen } from './layout.mjs';

const REQUESTS = {
  address: ['ご住所・お電話番号の変更', '変更後のご住所・お電話番号'],
  mail: ['メールアドレスの変更', '変更後のメールアドレス'],
  limit: ['ご利用可能枠増枠のお申し込み', 'ご希望の枠と理由'],
  cashing: ['キャッシングのお申し込み', 'ご希望の金額'],
  lost: ['カードの紛失・盗難のご連絡', '紛失・盗難の状況'],
  inquiry: ['お問い合わせ', 'お問い合わせの内容'],
};

export async function menuScreen() {
  const account = await call('GET', '/account');
  const alert = alertBox();
  const item = (path, label) => h('li', {}, h('a', { href: href(path) }, label));
  const request = (kind) => item(`/app/request/${kind}`, REQUESTS[kind][0]);
  const group = (title, ...items) => h('section', { class: 'menu-group' }, h('h2', {}, title), h('ul', { class: 'menu' }, items));
  return memberScreen({ heading: 'メニュー', tab: '/app/menu' },
    h('p', {}, '各種お手続きやお問い合わせを24時間受付'),
    group('各種お手続き', ...['limit', 'cashing', 'address', 'mail', 'lost'].map(request),
      item('/app/wallet', `${walletName()} の設定${account.wallet ? '（追加済み）' : ''}`),
      item('/app/company', 'カードを追加する')),
    group('お問い合わせ', request('inquiry')),
    h('section', { class: 'menu-group' },
      h('h2', {}, 'ご登録内容'),
      h('dl', { class: 'facts' },
        h('div', {}, h('dt', {}, 'NetアンサーID'), h('dd', {}, account.netAnswerId)),
        h('div', {}, h('dt', {}, 'メールアドレス'), h('dd', {}, account.mail)))),
    alert,
    h('div', { class: 'actions' }, actionButton('ログアウト', async () => {
      await call('DELETE', '/login');
      await go('/app', { replace: true });
    }, { alert })));
}

/** One form for every request; the answer is a receipt number. */
export async function requestScreen({ params }) {
  const known = REQUESTS[params.kind];
  if (!known) return '/app/menu';
  const [title, label] = known;
  const text = field({ name: 'text', label, rows: 5, maxlength: 1000, required: true });
  const place = h('div');
  const { element } = form({
    fields: [text],
    label: '送信する',
    submit: async (values) => {
      const { receipt } = await call('POST', '/account/requests', { kind: params.kind, ...values });
      place.replaceChildren(
        h('p', { role: 'status', class: 'success' }, `受け付けました。受付番号：${receipt}`),
        h('p', {}, h('a', { href: href('/app/menu') }, 'メニューへ戻る')));
    },
  });
  place.append(element);
  return memberScreen({ heading: title, tab: '/app/menu' }, place);
}
