import { h } from '../lib/dom.mjs';
import { go, href } from '../lib/router.mjs';
import { device } from '../lib/device.mjs';
import { recall, remember } from '../lib/storage.mjs';

const DOWNLOAD_MS = 900;
const STORES = {
  'app-store': { name: 'App Store', get: '入手', wrong: 'android', hint: '「入手」をタップするとダウンロードが始まります。' },
  'google-play': { name: 'Google Play', get: 'インストール', wrong: 'iphone', hint: '「インストール」をタップするとダウンロードが始まります。' },
};

/** The address of the two-dimensional code: sends each phone to its own store. */
export async function storePage() {
  const own = { iphone: '/store/app-store', android: '/store/google-play' }[device()];
  if (own) return own;
  return {
    title: '「セゾンPortal」アプリダウンロード',
    view: h('div', { class: 'site' }, h('main', { class: 'page' },
      h('h1', {}, 'セゾンPortalアプリをダウンロード'),
      h('p', {}, 'お使いのスマートフォンのストアをお選びください。'),
      h('ul', { class: 'stores' },
        h('li', {}, h('a', { class: 'store-link', href: href('/store/app-store') }, 'iPhoneの方は「App Store」から')),
        h('li', {}, h('a', { class: 'store-link', href: href('/store/google-play') }, 'Androidの方は「Google Play」から'))))),
  };
}

export async function storeFront({ store }) {
  const shop = STORES[store];
  if (!shop) return '/store';
  return {
    title: `セゾンPortal - ${shop.name}`,
    view: h('div', { class: `store ${store}` },
      h('header', { class: 'store-header' }, shop.name),
      h('main', { class: 'page' },
        h('div', { class: 'listing' },
          h('img', { src: href('/assets/icon.svg'), alt: '', width: 96, height: 96 }),
          h('div', { class: 'listing-text' },
            h('h1', {}, 'セゾンPortal'),
            h('p', { class: 'muted' }, '株式会社クレディセゾン'))),
        device() === shop.wrong ? wrongStore() : install(shop),
        h('dl', { class: 'facts' },
          h('div', {}, h('dt', {}, 'カテゴリ'), h('dd', {}, 'ファイナンス')),
          h('div', {}, h('dt', {}, '価格'), h('dd', {}, '無料')),
          h('div', {}, h('dt', {}, '年齢'), h('dd', {}, '4歳以上'))),
        h('h2', {}, 'このアプリについて'),
        h('p', {}, 'カードのご利用明細や永久不滅ポイントを確認できる、セゾンカード会員様向けのアプリです。'))),
  };
}

function wrongStore() {
  return h('div', { class: 'install' },
    h('p', {}, 'このアプリは、お使いの端末ではこのストアからご利用いただけません。'),
    h('a', { class: 'store-link', href: href('/store') }, 'お使いの端末のストアへ'));
}

function install(shop) {
  const status = h('p', { role: 'status', class: 'muted' });
  const place = h('div', { class: 'install' });
  const openButton = () => h('button', { type: 'button', class: 'pill', onclick: () => go('/app') }, '開く');
  const getButton = h('button', { type: 'button', class: 'pill', onclick: () => {
    getButton.disabled = true;
    status.textContent = 'ダウンロード中…';
    setTimeout(() => {
      remember('installed', 'yes');
      status.textContent = 'ダウンロードが完了しました。';
      const open = openButton();
      getButton.replaceWith(open);
      open.focus();
    }, DOWNLOAD_MS);
  } }, shop.get);
  if (recall('installed')) place.append(openButton(), status);
  else {
    status.textContent = shop.hint;
    place.append(getButton, status);
  }
  return place;
}
