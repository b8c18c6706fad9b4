import { h } from '../lib/dom.mjs';
import { href } from '../lib/router.mjs';

/** Home page of the card company, with the banner at its foot. */
export async function saisoncardPage() {
  return {
    title: 'セゾンカード',
    view: h('div', { class: 'site' },
      h('header', { class: 'site-header home-header' }, h('h1', { class: 'brand' }, 'セゾンカード')),
      h('main', { class: 'page' },
        h('section', { class: 'hero' },
          h('p', { class: 'hero-title' }, '永久不滅ポイントが貯まるカード'),
          h('p', {}, '有効期限のないポイントを、毎日のお買物で。')),
        h('section', { class: 'panel', 'aria-labelledby': 'news' },
          h('h2', { id: 'news' }, 'お知らせ'),
          h('ul', { class: 'plain' },
            h('li', {}, 'Netアンサーは、スマートフォンアプリからもご登録いただけます。'),
            h('li', {}, 'フィッシング詐欺にご注意ください。SMSのパスコードを他人に教えないでください。'))),
        h('section', { class: 'panel', 'aria-labelledby': 'register' },
          h('h2', { id: 'register' }, 'はじめての方へ'),
          h('p', {}, h('a', { href: href('/') }, 'アプリの新規ご登録方法を見る')))),
      h('aside', { class: 'page', 'aria-label': 'アプリのご案内' },
        h('a', { class: 'banner', href: href('/store') },
          h('img', { src: href('/assets/icon.svg'), alt: '', width: 56, height: 56 }),
          h('span', {}, h('strong', {}, 'セゾンPortal'), h('span', {}, 'ご利用明細もポイントも、アプリひとつで')))),
      h('footer', { class: 'site-footer' }, h('p', {}, '株式会社クレディセゾン'))),
  };
}
