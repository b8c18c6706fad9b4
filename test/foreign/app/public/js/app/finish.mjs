import { h, note } from '../lib/dom.mjs';
import { call } from '../lib/api.mjs';
import { actionButton, alertBox, form } from '../lib/form.mjs';
import { go, href } from '../lib/router.mjs';
import { walletName } from '../lib/device.mjs';
import { numbered, stepScreen } from './layout.mjs';
import { TERMS } from './terms-text.mjs';

/** The terms open in a dialog; only then can they be agreed to. */
export function termsScreen() {
  const dialog = termsDialog();
  const agree = form({
    fields: [],
    label: '規約に同意して登録',
    disabled: true,
    onError: (error) => {
      if (error.status !== 410) return false;
      go('/app/ended', { replace: true });
      return true;
    },
    submit: async () => {
      await call('POST', '/registration/complete', { agreed: true });
      await go('/app/done', { replace: true });
    },
  });
  const hint = h('p', { id: 'terms-hint', class: 'muted' }, '利用規約を開いてお読みいただくと、登録できるようになります。');
  agree.button.setAttribute('aria-describedby', 'terms-hint');
  const open = h('button', {
    type: 'button',
    class: 'secondary',
    'aria-haspopup': 'dialog',
    onclick: () => {
      dialog.showModal();
      agree.button.disabled = false;
      hint.hidden = true;
    },
  }, '利用規約');
  return stepScreen({ heading: '利用規約の確認', step: 5, back: '/app/password' },
    numbered('①', '「利用規約」を確認'),
    h('div', { class: 'actions' }, open),
    numbered('②', '「規約に同意して登録」をタップ'),
    hint,
    agree.element,
    dialog);
}

function termsDialog() {
  const dialog = h('dialog', { class: 'terms', 'aria-labelledby': 'terms-title' },
    h('h2', { id: 'terms-title' }, 'セゾンNetアンサー規約'),
    h('div', { class: 'terms-body', tabindex: '0' },
      TERMS.map(([title, clauses]) => [h('h3', {}, title), h('ol', {}, clauses.map((c) => h('li', {}, c)))])),
    h('div', { class: 'actions' }, h('button', { type: 'button', class: 'primary', onclick: () => dialog.close() }, '閉じる')));
  return dialog;
}

export function completionScreen({ state }) {
  const { netAnswerId, mail, mailSent } = state.completion;
  return stepScreen({ heading: '登録完了', step: 6 },
    h('p', { class: 'success', role: 'status' }, 'セゾンPortalアプリにカードが登録されました！'),
    h('dl', { class: 'destination' },
      h('div', {}, h('dt', {}, 'お客様のNetアンサーID'), h('dd', {}, netAnswerId)),
      h('div', {}, h('dt', {}, 'ご登録のメールアドレス'), h('dd', {}, mail))),
    mailSent
      ? note('ご登録のメールアドレスにもNetアンサーIDをお送りしております。後ほどご確認ください。')
      : h('p', { role: 'alert', class: 'form-error' }, 'ご登録は完了しましたが、メールをお送りできませんでした。NetアンサーIDをお手元にお控えください。'),
    note('カード登録完了後、はじめてアプリを起動する際に、Apple Pay / Google Pay の設定について表示されます'),
    h('div', { class: 'actions' }, h('a', { class: 'button primary', href: href('/app') }, 'アプリを起動する')));
}

/** Asked at the first start; also reached from the menu. */
export function walletScreen({ state }) {
  const name = walletName();
  const alert = alertBox();
  const answer = (choice) => async () => {
    await call('POST', '/wallet', { choice });
    await go(state.walletPending ? '/app/home' : '/app/menu', { replace: true });
  };
  return stepScreen({ heading: `${name} の設定`, back: state.walletPending ? undefined : '/app/menu' },
    h('p', {}, `ご登録のカードを ${name} に追加すると、お店やアプリでのお支払いにスマートフォンをお使いいただけます。`),
    h('dl', { class: 'wallet-choices' },
      h('div', {}, h('dt', {}, '〈設定される方〉'), h('dd', {}, '「ウォレットに追加する」をタップ')),
      h('div', {}, h('dt', {}, '〈設定不要の方〉'), h('dd', {}, '「今はしない」をタップ'))),
    alert,
    h('div', { class: 'actions' },
      actionButton('ウォレットに追加する', answer('add'), { alert, kind: 'primary' }),
      actionButton('今はしない', answer('later'), { alert })),
    note('※あとから設定することも可能です'));
}
