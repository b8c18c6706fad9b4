import { h } from '../lib/dom.mjs';
import { href, render } from '../lib/router.mjs';

export function missing() {
  return {
    title: 'ページが見つかりません',
    view: h('main', { class: 'page' },
      h('h1', {}, 'ページが見つかりません'),
      h('p', {}, 'アドレスをご確認ください。'),
      h('p', {}, h('a', { href: href('/') }, '新規ご登録方法のページへ'))),
  };
}

export function broken(error) {
  return {
    title: 'エラー | セゾンPortal',
    view: h('main', { class: 'page' },
      h('h1', {}, '表示できませんでした'),
      h('p', { role: 'alert' }, 'status' in error ? error.message : 'システムエラーが発生しました。'),
      h('button', { type: 'button', class: 'primary', onclick: () => render() }, 'もう一度表示する')),
  };
}
