import { h, note } from '../lib/dom.mjs';
import { call } from '../lib/api.mjs';
import { alertBox, field, form } from '../lib/form.mjs';
import { go, href } from '../lib/router.mjs';
import { recall, remember } from '../lib/storage.mjs';
import { numbered, stepScreen } from './layout.mjs';

const HEADING = 'カード情報を入力';

/** ① Which company's card. */
export function companyScreen({ state }) {
  const alert = alertBox();
  const chosen = recall('company');
  const choices = state.companies.map(({ id, name }) => h('label', { class: 'choice' },
    h('input', { type: 'radio', name: 'company', value: id, checked: id === chosen }),
    h('span', {}, name)));
  const onsubmit = (event) => {
    event.preventDefault();
    const id = new FormData(event.target).get('company');
    const company = state.companies.find((c) => c.id === id);
    if (!company) alert.replaceChildren(h('p', {}, 'カードをお選びください。'));
    else if (!company.supported) alert.replaceChildren(h('p', {}, `${company.name}のご登録は、ただいま準備中です。「セゾンカード」をお選びください。`));
    else {
      remember('company', id);
      go('/app/start');
    }
  };
  return stepScreen({ heading: HEADING, step: 1, back: state.registered ? '/app/menu' : undefined },
    h('p', { class: 'lead' }, 'セゾンPortalアプリにカードを登録しましょう'),
    h('p', {}, 'セゾンカードをお選びいただき「次へ」をタップ'),
    h('form', { class: 'form', novalidate: true, onsubmit },
      h('fieldset', {}, h('legend', {}, 'ご登録になるカード'), choices),
      alert,
      h('div', { class: 'actions' }, h('button', { type: 'submit', class: 'primary' }, '次へ'))));
}

/** ② 「新規登録・再登録」, or log-in for those who have an ID. */
export function startScreen() {
  if (!recall('company')) return '/app/company';
  return stepScreen({ heading: HEADING, step: 1, back: '/app/company' },
    h('p', {}, '「新規登録・再登録」をタップ'),
    h('p', {}, 'アプリ登録と同時に「Netアンサー」の登録が完了となります。'),
    h('div', { class: 'actions' },
      h('a', { class: 'button primary', href: href('/app/card') }, '新規登録・再登録'),
      h('a', { class: 'button secondary', href: href('/app/login') }, 'ログイン')),
    note('※すでにNetアンサーにご登録済みの方も、NetアンサーIDはそのままで再登録いただけます。'));
}

/** ③ Number, expiry and security code. */
export function cardScreen() {
  if (!recall('company')) return '/app/company';
  const number = field({
    name: 'number', label: 'カード番号', inputmode: 'numeric', autocomplete: 'cc-number', maxlength: 24, required: true,
  });
  const expiry = field({
    name: 'expiry',
    label: '有効期限',
    inputmode: 'numeric',
    autocomplete: 'cc-exp',
    placeholder: '●●/●●',
    maxlength: 7,
    required: true,
    help: [
      h('p', {}, 'カードの表示のとおり「月/年」の順に入力してください。'),
      h('p', {}, '〈注意〉カードの券種によっては、裏面に有効期限がございます'),
    ],
  });
  const securityCode = field({
    name: 'securityCode',
    label: 'セキュリティコード',
    type: 'password',
    inputmode: 'numeric',
    autocomplete: 'cc-csc',
    maxlength: 4,
    required: true,
    help: codeHelp(),
  });
  groupDigits(number.input);
  slashExpiry(expiry.input);
  const { element } = form({
    fields: [number, expiry, securityCode],
    label: '次へ',
    submit: async (values) => {
      await call('POST', '/registration/card', { company: recall('company'), ...values });
      await go('/app/verify');
    },
  });
  number.element.prepend(numbered('①', 'ご自身のカード番号を入力'));
  expiry.element.prepend(numbered('②', '有効期限「●●/●●」を入力'));
  securityCode.element.prepend(numbered('③', 'セキュリティコード「●●●」または「●●●●」を入力'));
  return stepScreen({ heading: HEADING, step: 1, back: '/app/start' }, element);
}

function codeHelp() {
  return [
    h('dl', { class: 'codes' },
      h('div', {},
        h('dt', {}, 'VISA Mastercard JCB'),
        h('dd', {}, 'カード裏面記載の右端の3桁「●●●」')),
      h('div', {},
        h('dt', {}, 'AMEX'),
        h('dd', {}, 'カード表面記載の4桁「●●●●」'))),
    h('p', {}, '〈注意〉カードの券種によっては、AMEX ブランドの場合でも、裏面にセキュリティコードがございます'),
  ];
}

/** Groups the number once it is complete, so that typing is never disturbed. */
function groupDigits(input) {
  input.addEventListener('blur', () => {
    const digits = input.value.normalize('NFKC').replace(/[\s-]/g, '');
    if (!/^\d{14,16}$/.test(digits)) return;
    input.value = digits.length === 15
      ? digits.replace(/(\d{4})(\d{6})(\d{5})/, '$1 $2 $3')
      : digits.replace(/(\d{4})(?=\d)/g, '$1 ');
  });
}

function slashExpiry(input) {
  input.addEventListener('blur', () => {
    const match = /^(\d{2})(\d{2})$/.exec(input.value.normalize('NFKC').trim());
    if (match) input.value = `${match[1]}/${match[2]}`;
  });
}
