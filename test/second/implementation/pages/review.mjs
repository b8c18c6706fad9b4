// What was entered, to be checked (p33).
import { broken } from '../breaks.mjs';
import { html } from '../html.mjs';
import { says } from '../says.mjs';
import { page, press, told } from './frame.mjs';

/** 0000-00**-****-000, whatever the length of the number. */
const masked = (number) => (broken('card-shown-in-full') ? number.replace(/.{4}(?=.)/g, '$&-') : `${number.slice(0, 4)}-${number.slice(4, 6)}**-****-${number.slice(-3)}`);

export function review({ phone, journey, sentence }) {
  const { number, month, year, code, id, desk, pocket, letter, personal } = journey.entry;
  const shown = [
    ['クレジットカード番号', masked(number)], ['有効期限', `${month}/${year}`], ['セキュリティコード', code], ['NetアンサーID', id], ['Netアンサーパスワード', '*****'],
    desk !== '' && ['メールアドレス（パソコン）', desk], pocket !== '' && ['メールアドレス（携帯電話・スマートフォン）', pocket],
    ['メールマガジン', letter ? '受け取る' : '受け取らない'],
  ].filter(Boolean);
  return page({ title: '確認', step: '確認', phone, main: html`
<h1>Netアンサー新規登録</h1>
<p>ご登録の内容をご確認ください。</p>
${told([sentence])}
${told(personal.map(says.personal), false)}
<dl class="ledger">${shown.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
<p class="hint">※重要なお知らせをお送りいたしますので、お間違いないようお願いいたします。</p>
<div class="pair">${press('/apply/revise', journey.seal, '戻って修正する')}${press('/apply/2-review', journey.seal, 'ご本人様確認へ進む')}</div>` });
}
