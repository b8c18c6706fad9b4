import { h, note } from '../lib/dom.mjs';
import { call } from '../lib/api.mjs';
import { field, form } from '../lib/form.mjs';
import { go, href } from '../lib/router.mjs';
import { stepScreen } from './layout.mjs';

const ENDINGS = {
  'passcode-expired': 'ワンタイムパスコードの有効期限（10分間）を過ぎました。再度最初からお手続きください。',
  'passcode-failed': 'ワンタイムパスコードの入力の誤りが上限に達しました。再度最初からお手続きください。',
  'pin-failed': '暗証番号の入力の誤りが上限に達しました。暗証番号によるご本人様確認を24時間停止します。',
  'registration-expired': 'お手続きを始めてから60分が過ぎました。再度最初からお手続きください。',
};

/** Why a registration ended, and the way to begin again. */
export function endedScreen({ state }) {
  return stepScreen({ heading: 'お手続きを続けられません' },
    h('p', { role: 'alert', class: 'form-error' }, ENDINGS[state.notice] ?? 'お手続きが中断されました。再度最初からお手続きください。'),
    h('div', { class: 'actions' }, h('a', { class: 'button primary', href: href('/app/company') }, '最初からやり直す')));
}

/** For those who already have a Net Answer ID, or come back after logging out. */
export function loginScreen() {
  const id = field({ name: 'id', label: 'NetアンサーID', autocomplete: 'username', autocapitalize: 'off', required: true });
  const password = field({ name: 'password', label: 'Netアンサーパスワード', type: 'password', autocomplete: 'current-password', required: true });
  const { element } = form({
    fields: [id, password],
    label: 'ログイン',
    submit: async (values) => {
      await call('POST', '/login', values);
      await go('/app', { replace: true });
    },
  });
  return stepScreen({ heading: 'ログイン', back: '/app/start' },
    element,
    note('※IDまたはパスワードをお忘れの方は、「新規登録・再登録」からお手続きください。'));
}
