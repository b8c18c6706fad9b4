// The form (p26 to p31).
import { readFileSync } from 'node:fs';
import { broken } from '../breaks.mjs';
import { attributes, html } from '../html.mjs';
import { beginnings } from '../rules.mjs';
import { says } from '../says.mjs';
import { box, group, row, section } from './fields.mjs';
import { page, told } from './frame.mjs';

const terms = readFileSync(new URL('../terms.txt', import.meta.url), 'utf8').trim().split('\n');
const articles = terms.map((line) => (/^第\d+条/.test(line) ? html`<h4>${line}</h4>` : html`<p>${line}</p>`));

const credentials = ['半角の英文文字・数字を組み合わせた8～16桁で設定してください。', '記号は -=@_ をご利用いただけます。'];

/** A card number, in the boxes of the form, left-aligned (p26-3). */
export const boxesOf = (number) => [number.slice(0, 4), number.slice(4, 8), number.slice(8, 12), number.slice(12)];

function cardSection(entry, wrong, phone) {
  const chosen = entry.boxes ?? ['', '', '', ''];
  return section('クレジットカード情報',
    group({ name: 'number', label: 'クレジットカード番号', wrong: wrong.number, help: ['16桁未満の場合は左詰めでご入力ください。'],
      more: wrong.elsewhere && !broken('refused-without-a-way-on') && html`<p><a href="/apply/elsewhere">こちらへお進みください</a></p>`,
      parts: (common) => html`<span><label for="n1">頭4桁</label><select id="n1" name="n1"${common}><option value="">選択${(broken('first-digits-of-two-brands') ? beginnings.slice(-2) : beginnings).map((b) => html`<option value="${b}"${attributes({ selected: b === chosen[0] })}>${b}`)}</select></span>
${box('n2', '5桁目から', 4, chosen[1], common)}${box('n3', '9桁目から', 4, chosen[2], common)}${box('n4', '13桁目から', 4, chosen[3], common)}` }),
    group({ name: 'until', label: '有効期限', wrong: wrong.until, help: ['例：カードの表示「01/28」⇒「(月) 01/(年) 28」と入力'], keys: phone || broken('no-software-keyboard') ? '' : 'month year',
      parts: (common) => html`${box('month', '月', 2, entry.month ?? '', common)}${box('year', '年', 2, entry.year ?? '', common)}` }),
    row({ name: 'code', label: 'セキュリティコード', wrong: wrong.code, keys: !phone && !broken('no-software-keyboard'), numeric: true,
      help: ['※カード裏面に印字されている番号の下3桁をご入力ください。', '※AMEXカードの場合は、カード表面に印字されている4桁をご入力ください。'] }));
}

const credentialSections = (entry, wrong) => [
  section('NetアンサーIDの設定', row({ name: 'id', label: 'NetアンサーID', value: entry.id ?? '', wrong: wrong.id, help: credentials, meter: true })),
  section('Netアンサーパスワードの設定',
    row({ name: 'password', label: 'Netアンサーパスワード', type: 'password', wrong: wrong.password, help: credentials, meter: true }),
    row({ name: 'repeated', label: '確認用パスワード', type: 'password', wrong: wrong.repeated, help: ['確認用に再度ご入力ください。'] }),
    html`<p class="hint">※入力欄にある「安全性メーター」が【非常に高い】になるID・パスワードを推奨しております</p>
<p class="hint">※セキュリティ上、生年月日・電話番号・メールアドレスに含まれる数字・アルファベットはID/パスワードに設定しないようにお願いいたします</p>
<p class="hint">※NetアンサーID・パスワードを忘れないよう、ご自身で管理をお願いいたします</p>`),
];

const mailSections = (entry, wrong) => [
  section('メールアドレス', html`<p class="hint">どちらか一方は必ずご入力ください。</p>`,
    row({ name: 'desk', label: 'パソコン', value: entry.desk ?? '', wrong: wrong.desk, must: false }),
    row({ name: 'pocket', label: '携帯電話・スマートフォン', value: entry.pocket ?? '', wrong: wrong.pocket, must: false }),
    html`<p class="hint">ドメイン指定を行っている方は「mail.saisoncard.co.jp」および「saisonid.com」を受信できる様に設定してください。</p>`),
  section('メールマガジン', html`<input id="letter" type="checkbox" name="letter" value="1"${attributes({ checked: entry.letter ?? !broken('newsletter-not-chosen') })}> <label for="letter">キャンペーンやプレゼントなどおトクなメールを受け取る</label> <a href="/apply/letter">詳しくはこちら</a>`),
];

/** On a desktop the terms are scrolled, on a smartphone they open (p31). */
function termsSection(phone, read) {
  if (phone) {
    return section('規約', html`<button type="button" data-open="terms">Netアンサー規約</button>
<dialog id="terms" aria-label="規約の全文"><button type="button" data-close="terms">× 閉じる</button>${articles}</dialog>${broken('terms-stay-on-the-phone') && articles}`);
  }
  return section('規約', html`<p>スクロールして規約全文をご覧ください</p>
<section class="terms" id="scroll" role="region" tabindex="0" aria-label="セゾンNetアンサー規約"${attributes({ 'data-read': read || broken('terms-unread') })}>${articles}</section>
<p id="unread" role="alert" hidden>スクロールして規約全文をご覧ください</p>`);
}

export function form({ phone, seal, entry = {}, wrong = {}, sentence, read = false }) {
  const refused = Object.keys(wrong).length > 0;
  return page({ title: '入力', step: '入力', phone, script: 'form', main: html`
<h1>Netアンサー新規登録</h1>
${told([sentence, wrong.terms?.[0], refused && !wrong.terms && 'ご入力内容をご確認ください'])}
<div class="scope"><p>${says.corporate}</p><p>${says.elsewhere}${!wrong.elsewhere && html` <a href="/apply/elsewhere">こちらへお進みください</a>`}</p></div>
<form method="post" action="/apply/1-form" novalidate data-meters="${broken('generous-meter') ? 'generous' : 'just'}" data-boxes-join="${broken('boxes-stay-apart') ? 'no' : 'yes'}">
<input type="hidden" name="seal" value="${seal}">
${cardSection(entry, wrong, phone)}
${credentialSections(entry, wrong)}
${mailSections(entry, wrong)}
${section('本人認証サービス（3Dセキュア）ご登録について', !broken('three-d-secure-unsaid') && html`<p>Netアンサーをご利用いただくにあたり、インターネットでのお買い物をより安心安全にご利用いただくため、「本人認証サービス（3Dセキュア）」へ自動登録されます。</p>`, html`
<p class="hint">※紙のご利用明細書の郵送をご希望の場合は、ご登録後Netアンサーにて受取方法を変更いただけます。</p>`)}
${termsSection(phone, read)}
<div class="centre"><button class="key" name="agreed" value="1">規約に同意して確認画面に進む</button></div>
</form>` });
}
