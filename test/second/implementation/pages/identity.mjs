// The identity check by passcode (p34) and by telephone (p35).
import { broken } from '../breaks.mjs';
import { attributes, html } from '../html.mjs';
import { dial as call, passcode } from '../rules.mjs';
import { page, press, told } from './frame.mjs';

/** *****0000; of a mail address its first letter and its domain. */
function masked({ method, card }) {
  const { phone, email } = card.holder;
  if (broken('destination-in-full')) return method === 'sms' ? phone : email;
  return method === 'sms' ? `*****${phone.slice(-4)}` : email.replace(/^(.)[^@]*/, '$1*****');
}

export const code = ({ phone, journey, sentence, calm, wrong }) => page({ title: 'ワンタイムパスコード認証', step: '確認', phone, main: html`
<h1>${broken('passcode-heading') ? 'パスコードの入力' : 'ワンタイムパスコード認証'}</h1>
${told([sentence])}${told([calm], false)}
<p>${masked(journey)} にお送りしたパスコードを入力してください。</p>
<p>この画面は閉じずに、届いたワンタイムパスコードをご確認ください。</p>
<form method="post" action="/apply/3-code" novalidate class="columns">
<input type="hidden" name="seal" value="${journey.seal}">
<label for="passcode">ワンタイムパスコード</label>
<input id="passcode" name="passcode" inputmode="numeric" autocomplete="one-time-code"${attributes(wrong ? { 'aria-invalid': 'true', 'aria-errormessage': 'passcode-fault', 'aria-describedby': 'passcode-fault' } : {})}>
${wrong && html`<p class="fault" id="passcode-fault">${wrong}</p>`}
<button>認証する</button>
</form>
<p class="hint">※有効期限は ${passcode.shown} 分間です。必ず有効期限内にお手続きください。</p>
<p class="hint">有効期限を過ぎてしまった場合は、再度最初からお手続きいただきます。</p>
${press('/apply/reissue', journey.seal, 'ワンタイムパスコードを再発行する')}` });

export const dial = ({ phone, journey, sentence, freeDial }) => page({ title: '電話番号認証', step: '確認', phone, main: html`
<h1>電話をかけて認証</h1>
${told([sentence])}
<ol>
<li>ご登録の電話番号から${call.shown}分以内に以下の番号へお電話ください。自動音声のためご発声は不要です。</li>
<li>この画面は閉じずに、「ご本人確認ができました」のガイダンスが流れた後、電話をお切りください。</li>
<li>電話をお切りになった後、認証を完了するボタンを押してください。</li>
</ol>
<dl class="ledger"><dt>認証用電話番号(無料)</dt><dd>${freeDial}</dd></dl>
<p class="hint">※通話料はかかりません</p>
${press('/apply/3-dial', journey.seal, '認証を完了する')}` });
