import { h, icon, note } from '../lib/dom.mjs';
import { href } from '../lib/router.mjs';
import { device } from '../lib/device.mjs';

/** Preparation and download page: where the guide's reader starts. */
export async function guidePage() {
  return {
    title: 'セゾンPortalアプリ 新規ご登録方法',
    view: h('div', { class: 'site' },
      h('header', { class: 'site-header' },
        h('p', { class: 'brand' }, 'セゾンカード インターネットサービス'),
        h('p', { class: 'lead' }, 'スマートフォンをお持ちの方におススメ！')),
      h('main', { class: 'page' },
        h('h1', {}, 'セゾンPortalアプリ 新規ご登録方法'),
        h('p', {}, 'アプリ登録と同時に「Netアンサー」の登録が完了となります。'),
        preparation(),
        download()),
      h('footer', { class: 'site-footer' },
        note('※iPhoneは米国およびほかの国々で登録されたApple Inc.の商標です。'),
        note('※App StoreはApple Inc.のサービスマークです。'),
        note('※Android、Google PlayはGoogle Inc.の商標または登録商標です。'))),
  };
}

function preparation() {
  return h('section', { class: 'panel', 'aria-labelledby': 'prepare' },
    h('h2', { id: 'prepare' }, 'お手続きの前にお手元にご用意ください'),
    h('ol', { class: 'circled' },
      h('li', {}, '「セゾンカード」'),
      h('li', {}, 'ご本人様の「メールアドレス」')),
    note('※迷惑メール対策などにより、Net アンサーからのメールを受信できない可能性があります。あらかじめ「saisionid.com」「mail.saisoncard.co.jp」の受信許可設定をお願いいたします。'),
    h('h3', {}, 'こちらもCheck!'),
    h('p', {}, h('a', { href: href('/movie') }, '動画でも、新規ご登録方法について詳しくご紹介 ', icon('▶'))));
}

function download() {
  const kind = device();
  const stores = [
    kind !== 'android' && h('li', {}, h('a', { class: 'store-link', href: href('/store/app-store') }, 'iPhoneの方は「App Store」から ', icon('▶'))),
    kind !== 'iphone' && h('li', {}, h('a', { class: 'store-link', href: href('/store/google-play') }, 'Androidの方は「Google Play」から ', icon('▶'))),
  ];
  return h('section', { class: 'panel', 'aria-labelledby': 'download' },
    h('p', { class: 'step' }, 'STEP 01'),
    h('h2', { id: 'download' }, 'セゾンPortalアプリをダウンロード'),
    h('h3', {}, '「セゾンPortal」アプリダウンロード方法'),
    h('figure', { class: 'qr' },
      h('img', { src: href('/qr.svg'), width: 200, height: 200, alt: '「セゾンPortal」アプリのダウンロードページを開く二次元コード' }),
      h('figcaption', {}, '二次元コードをスマートフォンのカメラで読み取る')),
    h('ul', { class: 'stores' }, stores),
    h('h3', {}, 'セゾンカードホームページからもスマートフォンを使ってダウンロードができます'),
    h('p', {}, 'セゾンカードホームページTOPのページ下部「セゾンPortal」バナーをタップ'),
    h('p', {}, h('a', { href: href('/saisoncard') }, 'セゾンカードホームページ')));
}

const SCENES = [
  ['STEP 01', 'セゾンPortalアプリをダウンロード', '二次元コードをスマートフォンのカメラで読み取ります。'],
  ['STEP 02', 'カード情報を入力', 'カード番号、有効期限、セキュリティコードを入力します。'],
  ['STEP 02', 'ご本人様確認', 'SMS（ショートメール）に届いた6桁のワンタイムパスコードを入力します。'],
  ['STEP 02', 'メール設定', 'ご本人様のメールアドレスを入力します。'],
  ['STEP 02', 'Netアンサーパスワードを設定', '英字と数字を組合わせたパスワードを決めます。'],
  ['STEP 02', '利用規約の確認', '規約を確認して登録します。'],
  ['STEP 02', '登録完了', 'カードがアプリに登録されました。'],
];

/** A silent film of captions instead of a video file. */
export async function moviePage() {
  const screen = h('div', { class: 'movie', 'aria-live': 'polite' });
  let scene = 0;
  let timer = null;
  const show = () => {
    const [step, title, text] = SCENES[scene];
    screen.replaceChildren(h('p', { class: 'step' }, step), h('p', { class: 'movie-title' }, title), h('p', {}, text));
  };
  const stop = () => {
    clearInterval(timer);
    timer = null;
    button.textContent = '再生';
  };
  const button = h('button', {
    type: 'button',
    class: 'secondary',
    onclick: () => {
      if (timer) return stop();
      button.textContent = '一時停止';
      timer = setInterval(() => {
        scene = (scene + 1) % SCENES.length;
        show();
        if (scene === SCENES.length - 1) stop();
      }, 3000);
      return undefined;
    },
  }, '再生');
  show();
  return {
    title: '新規ご登録方法の動画',
    leave: () => clearInterval(timer),
    view: h('div', { class: 'site' }, h('main', { class: 'page' },
      h('h1', {}, '動画で見る新規ご登録方法'),
      screen,
      h('div', { class: 'actions' }, button),
      h('p', {}, h('a', { href: href('/') }, '新規ご登録方法のページへ戻る')))),
  };
}
