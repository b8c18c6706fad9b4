// What all pages have in common.
import { broken } from '../breaks.mjs';
import { attributes, html } from '../html.mjs';

const steps = ['入力', '確認', '完了'];

/** The steps of the registration, the current one marked (p26-6). */
function trail(step) {
  const current = broken('progress-stands-still') ? steps[0] : step;
  return html`<nav class="trail"><ul aria-label="お手続きの進み具合">${steps.map((name) => html`<li${attributes({ 'aria-current': name === current && 'step' })}>${name}</li>`)}</ul></nav>`;
}

/** What is told of what was just done: loud where something was refused. */
export function told(sentences, loud = true) {
  const all = sentences.filter(Boolean);
  return all.length > 0 && html`<div class="told ${loud ? 'loud' : 'calm'}" role="${loud ? 'alert' : 'status'}">${all.map((sentence) => html`<p>${sentence}</p>`)}</div>`;
}

/**
 * A whole page. phone chooses the layout of a smartphone, script names a file
 * of public/ without its ending, step is where the registration is.
 */
export function page({ title, phone = false, step, script, main }) {
  return html`<!DOCTYPE html>
<html lang="ja">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex, nofollow">
<title>${title} | Netアンサー別館</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/public/look.css">
${script && html`<script src="/public/${script}.js" defer></script>`}
<body class="${phone ? 'pocket' : 'desk'}">
<aside class="ribbon">サンドボックス（テスト環境） テスト専用です。実在のカード番号や個人情報は入力しないでください。</aside>
<article>
${step && trail(step)}
${main}
</article>
<footer><a href="/">Netアンサー別館</a></footer>
`;
}

/** A form of one button that takes a journey on. */
export function press(action, seal, name) {
  return html`<form method="post" action="${action}"><input type="hidden" name="seal" value="${seal}"><button>${name}</button></form>`;
}

/** Where something was not found or cannot be done. */
export const trouble = (phone, sentence) => page({ title: 'エラー', phone, main: html`<h1>表示できませんでした</h1>${told([sentence])}<p><a href="/">ホームページへ戻る</a></p>` });
