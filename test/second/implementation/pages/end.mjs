// Where a registration ends: well (p36), or not (p34-8, p35-6).
import { broken } from '../breaks.mjs';
import { html } from '../html.mjs';
import { stops } from '../says.mjs';
import { page } from './frame.mjs';

export const done = ({ phone, journey }) => page({ title: '完了', step: '完了', phone, main: html`
<p>Netアンサー新規登録</p>
<h1>ご登録ありがとうございます。</h1>
${!broken('done-without-the-id') && html`<p>お客様のNetアンサーIDは${journey.entry.id}です。</p>`}
<p>ご登録のメールアドレスにもNetアンサーIDをお送りしております。後ほどご確認ください。</p>
<form action="/gate"><button class="key">さっそくログインしてみましょう</button></form>` });

export function stopped({ phone, journey }) {
  const [title, heading, sentence] = stops[journey.why];
  return page({ title, phone, main: html`
<h1>${heading}</h1>
<p role="alert">${sentence}</p>
${journey.why === 'noWay' ? html`<p class="desk-number">認証デスク 0120-000-000（サンドボックスの番号です）</p>` : html`<form action="/apply"><button class="key">最初からやり直す</button></form>`}` });
}
