import { h, note } from '../lib/dom.mjs';
import { call } from '../lib/api.mjs';
import { field, form } from '../lib/form.mjs';
import { go } from '../lib/router.mjs';
import { numbered, stepScreen } from './layout.mjs';

const toEnd = (error) => {
  if (error.status !== 410) return false;
  go('/app/ended', { replace: true });
  return true;
};

export function mailScreen({ state }) {
  const mail = field({
    name: 'mail',
    label: 'メールアドレス',
    type: 'email',
    inputmode: 'email',
    autocomplete: 'email',
    autocapitalize: 'off',
    maxlength: 254,
    required: true,
    value: state.registration.mail ?? '',
  });
  const { element } = form({
    fields: [mail],
    label: '次へ',
    before: [note('※迷惑メール対策などにより、Netアンサーからのメールを受信できない可能性があります。あらかじめ「saisionid.com」「mail.saisoncard.co.jp」の受信許可設定をお願いいたします。')],
    onError: toEnd,
    submit: async (values) => {
      await call('PUT', '/registration/mail', values);
      await go('/app/password');
    },
  });
  return stepScreen({ heading: 'メール設定', step: 3 },
    numbered('①', 'ご登録メールアドレスを入力'),
    element);
}

export function passwordScreen() {
  const password = field({
    name: 'password',
    label: 'Netアンサーパスワード',
    type: 'password',
    autocomplete: 'new-password',
    autocapitalize: 'off',
    required: true,
    help: '半角の英文字(アルファベット)・数字を組合わせた8～16桁で設定してください',
    extra: revealButton,
  });
  const { element } = form({
    fields: [password],
    label: '次へ',
    before: [
      note('※入力内容に誤りがある場合はエラーになりますのでご注意ください'),
      note('※Netアンサーパスワードを忘れないようご自身で管理をお願いいたします'),
    ],
    onError: toEnd,
    submit: async (values) => {
      await call('PUT', '/registration/password', values);
      await go('/app/terms');
    },
  });
  return stepScreen({ heading: 'Netアンサーパスワードを設定', step: 4, back: '/app/mail' },
    numbered('①', '設定したいパスワードを入力'),
    element);
}

function revealButton(input) {
  const button = h('button', {
    type: 'button',
    class: 'reveal',
    'aria-pressed': 'false',
    onclick: () => {
      const shown = input.type === 'text';
      input.type = shown ? 'password' : 'text';
      button.setAttribute('aria-pressed', String(!shown));
    },
  }, '表示する');
  return button;
}
