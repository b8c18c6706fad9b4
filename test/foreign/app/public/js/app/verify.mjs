import { h, note } from '../lib/dom.mjs';
import { call, fetchState } from '../lib/api.mjs';
import { actionButton, alertBox, field, form } from '../lib/form.mjs';
import { go, href, render } from '../lib/router.mjs';
import { numbered, stepScreen } from './layout.mjs';

const HEADING = 'ご本人様確認';
const PIN_HINT = '※ SMSが届かない場合はカードの暗証番号（4桁）でご本人様確認ができます';

/** A registration that came to its end is told on its own screen. */
const toEnd = (error) => {
  if (error.status !== 410) return false;
  go('/app/ended', { replace: true });
  return true;
};

const pinLink = (label) => h('a', { class: 'button secondary', href: href('/app/pin') }, label);

/** ① Where the passcode will go. */
export function verifyScreen({ state }) {
  const { phone, card } = state.registration;
  const alert = alertBox();
  const intro = [h('p', { class: 'muted' }, `ご登録になるカード：${card.brand} ${card.masked}`)];
  if (!phone.sms) {
    return stepScreen({ heading: HEADING, step: 2, back: '/app/card' },
      intro,
      h('p', {}, phone.masked
        ? `ご登録の電話番号（${phone.masked}）は、SMS（ショートメール）を受信できない番号です。`
        : '電話番号のご登録がありません。'),
      h('p', {}, 'カードの暗証番号（4桁）でご本人様確認ができます'),
      h('div', { class: 'actions' }, h('a', { class: 'button primary', href: href('/app/pin') }, '暗証番号でご本人様確認')));
  }
  const send = actionButton('認証', async () => {
    await call('POST', '/registration/passcode', {});
    await go('/app/passcode');
  }, { alert, kind: 'primary', onError: toEnd });
  return stepScreen({ heading: HEADING, step: 2, back: '/app/card' },
    intro,
    numbered('①', 'ワンタイムパスコードの送付先を確認'),
    h('p', {}, 'お客様のSMS（ショートメール）に送信いたします。'),
    h('p', {}, 'お客様の電話番号が表示されているかご確認ください'),
    h('dl', { class: 'destination' }, h('div', {}, h('dt', {}, '送付先の電話番号'), h('dd', {}, phone.masked))),
    alert,
    h('div', { class: 'actions' }, send),
    note(PIN_HINT),
    h('div', { class: 'actions' }, pinLink('暗証番号でご本人様確認')));
}

/** ② The passcode; the visitor may leave for the messages and come back. */
export function passcodeScreen({ state }) {
  const { phone, passcode } = state.registration;
  const input = field({
    name: 'passcode',
    label: 'ワンタイムパスコード',
    inputmode: 'numeric',
    autocomplete: 'one-time-code',
    maxlength: 6,
    placeholder: '●●●●●●',
    class: 'code',
    required: true,
  });
  const { element } = form({
    fields: [input],
    label: '認証',
    onError: toEnd,
    submit: async (values) => {
      await call('POST', '/registration/passcode/check', values);
      await go('/app/mail');
    },
  });
  const alert = alertBox();
  const status = h('p', { role: 'status' });
  const reissue = actionButton('ワンタイムパスコードを再発行する', async () => {
    const answer = await call('POST', '/registration/passcode', {});
    clock.restart(answer.registration.passcode);
    input.input.value = '';
    input.complain([]);
    status.textContent = '新しいワンタイムパスコードをお送りしました。以前のパスコードはご利用いただけません。';
  }, { alert, kind: 'link', onError: toEnd });

  const clock = countdown(passcode);
  const comeBack = async () => {
    if (document.visibilityState !== 'visible') return;
    const now = await fetchState().catch(() => null);
    if (now?.registration?.stage === 'passcode') clock.restart(now.registration.passcode);
    else if (now) render();
  };
  document.addEventListener('visibilitychange', comeBack);

  const screen = stepScreen({ heading: HEADING, step: 2, back: '/app/verify' },
    note('※これまでのセゾンPortalアプリ登録画面は閉じずにメッセージアプリを開いてください'),
    h('div', { class: 'compact' },
      numbered('①', 'メッセージアプリに届いたワンタイムパスコード「●●●●●●」を確認'),
      numbered('②', 'セゾンPortalアプリ登録画面に戻り上記①メッセージアプリに届いたワンタイムパスコード「●●●●●●」を入力')),
    h('p', {}, h('strong', {}, phone.masked), 'にお送りしたパスコードを入力してください。'),
    clock.element,
    element,
    alert,
    status,
    h('div', { class: 'actions' }, reissue),
    note(PIN_HINT),
    h('div', { class: 'actions' }, pinLink('暗証番号でご本人様確認')));
  screen.leave = () => {
    clock.stop();
    document.removeEventListener('visibilitychange', comeBack);
  };
  return screen;
}

/** Time left, counted by the browser from what the server said. */
function countdown(passcode) {
  const left = h('span', { role: 'timer' });
  const until = h('span');
  let end = 0;
  const tick = () => {
    const seconds = Math.max(0, Math.round((end - performance.now()) / 1000));
    left.textContent = `残り ${Math.floor(seconds / 60)}分${String(seconds % 60).padStart(2, '0')}秒`;
    if (seconds === 0) {
      clearInterval(timer);
      render(); // the server decides whether it is really over
    }
  };
  const restart = ({ secondsLeft, until: text }) => {
    end = performance.now() + secondsLeft * 1000;
    until.textContent = `（${text} まで）`;
    tick();
  };
  const timer = setInterval(tick, 1000);
  restart(passcode);
  return {
    restart,
    stop: () => clearInterval(timer),
    element: h('div', { class: 'limit' }, note('※有効期限は 10 分間です。必ず有効期限内にお手続きください。'), h('p', {}, left, until)),
  };
}

/** The alternative: the PIN of the card. */
export function pinScreen({ state }) {
  const { registration } = state;
  const pin = field({
    name: 'pin',
    label: 'カードの暗証番号（4桁）',
    type: 'password',
    inputmode: 'numeric',
    autocomplete: 'off',
    maxlength: 4,
    class: 'code',
    required: true,
    help: 'お買物のときに入力される4桁の数字です。',
  });
  const { element } = form({
    fields: [pin],
    label: '認証',
    onError: toEnd,
    submit: async (values) => {
      await call('POST', '/registration/pin', values);
      await go('/app/mail');
    },
  });
  const back = registration.stage === 'passcode' ? '/app/passcode' : '/app/verify';
  return stepScreen({ heading: HEADING, step: 2, back },
    h('p', {}, 'カードの暗証番号を入力して「認証」をタップしてください。'),
    element,
    note('※3回続けて誤ると、暗証番号によるご本人様確認を24時間停止します。'));
}
