import { h, icon } from '../lib/dom.mjs';
import { href } from '../lib/router.mjs';

/** A screen of the registration: STEP 02, heading, optional way back. */
export function stepScreen({ heading, step, back }, ...content) {
  return {
    title: `${heading} | セゾンPortal`,
    view: h('div', { class: 'app' },
      h('header', { class: 'app-bar' },
        back ? h('a', { class: 'back', href: href(back) }, icon('‹'), '戻る') : h('span', { class: 'back' }),
        h('span', { class: 'app-name' }, 'セゾンPortal'),
        h('span', { class: 'back' })),
      h('main', { class: 'app-main' },
        step && h('p', { class: 'step' }, 'STEP 02', h('span', { class: 'step-count' }, `${step} / 6`)),
        h('h1', {}, heading),
        ...content)),
  };
}

const TABS = [
  ['/app/home', '⌂', 'ホーム'],
  ['/app/statement', '≡', '明細'],
  ['/app/menu', '⋯', 'メニュー'],
];

/** A screen of a registered member, with the tab bar at the foot. */
export function memberScreen({ heading, tab }, ...content) {
  return {
    title: `${heading} | セゾンPortal`,
    view: h('div', { class: 'app member' },
      h('header', { class: 'app-bar' }, h('h1', {}, heading)),
      h('main', { class: 'app-main' }, ...content),
      h('nav', { class: 'tabs', 'aria-label': 'メインメニュー' },
        h('ul', {}, TABS.map(([path, glyph, label]) => h('li', {},
          h('a', { href: href(path), 'aria-current': path === tab ? 'page' : undefined }, icon(glyph), h('span', {}, label))))))),
  };
}

export const numbered = (number, text) => h('p', { class: 'instruction' }, h('span', { class: 'number' }, number), ` ${text}`);
