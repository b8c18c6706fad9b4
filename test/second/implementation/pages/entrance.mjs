// The ways in (p23, p25), and where they end.
import { broken } from '../breaks.mjs';
import { html } from '../html.mjs';
import { page, told } from './frame.mjs';

export const search = (phone, words) => page({ title: '検索', phone, main: html`
<h1>さがす（エミュレーション）</h1>
<form action="/search"><label for="words">検索する言葉</label> <input id="words" name="words" value="${words}"> <button>検索</button></form>
${words === 'セゾンカード' && html`<h2><a href="/">セゾンカード ホームページ</a></h2>`}
${words !== '' && words !== 'セゾンカード' && html`<p>「${words}」に一致するページは見つかりませんでした。「セゾンカード」で検索してください。</p>`}` });

export const home = (phone) => page({ title: 'ホームページ', phone, main: html`
<div class="right"><a class="key" href="/gate">${phone && !broken('long-word-on-a-phone') ? 'ログイン' : 'Netアンサーログイン'}</a></div>
<h1>セゾンカード</h1>
<p>カードのことは、いつでもNetアンサーで。</p>` });

export const gate = (phone, id, sentence) => page({ title: 'ログイン', phone, main: html`
<h1>会員の方のログイン</h1>
${told([sentence])}
<form method="post" action="/gate" novalidate class="columns">
<label for="who">NetアンサーID</label><input id="who" name="who" value="${id}" autocomplete="off">
<label for="secret">Netアンサーパスワード</label><input id="secret" name="secret" type="password" autocomplete="off">
<button>ログインする</button>
</form>
<hr>
<form action="/apply"><button class="key">Netアンサー新規登録(無料)</button></form>
<h2>お手続きの前にお手元にご用意ください</h2>
<table>
<tr><td>「セゾンカード」
<tr><td>ご本人様の「メールアドレス」<br><small>※迷惑メール対策などにより、Netアンサーからのメールを受信できない可能性があります。あらかじめ「saisonid.com」「mail.saisoncard.co.jp」の受信許可設定をお願いいたします。</small>
<tr><td>当社にご登録の携帯電話もしくは固定電話${!broken('nothing-said-of-sms') && html`<br><small>※携帯電話番号の場合、SMS(ショートメール)でのワンタイムパスコード認証が必要です。</small>`}
</table>
<p><a href="/film">動画でも、新規ご登録方法について詳しくご紹介</a></p>` });

export const film = (phone) => page({ title: '動画のご案内', phone, main: html`<h1>新規ご登録方法の動画</h1><p>動画はこの別館にはありません。</p><p><a href="/gate">ログイン画面へ戻る</a></p>` });

export const elsewhere = (phone) => page({ title: '別の登録', phone, main: html`<h1>クラブ・オン/ミレニウムカードのご登録</h1>
<p>クラブ・オン/ミレニウムカードのご登録は、別のサービスで承ります。</p><p>そのサービスはこの別館にはありません。</p><p><a href="/apply">入力画面へ戻る</a></p>` });

export const letter = (phone) => page({ title: 'メールマガジンのご案内', phone, main: html`<h1>メールマガジン</h1>
<p>キャンペーンやプレゼントのご案内を、月に2回ほどお届けします。</p><p><a href="/apply">入力画面へ戻る</a></p>` });

/** The member's home shows the points (p38-1). The statement (p38-2) is left out on purpose. */
export const members = (phone, name, points) => page({ title: '会員ホーム', phone, main: html`
<h1>${name} 様</h1>
<dl class="figures"><dt>永久不滅ポイント</dt><dd>${broken('points-left-out') ? '－' : `${points.toLocaleString('ja-JP')} ポイント`}</dd></dl>
<form method="post" action="/leave"><button>ログアウト</button></form>` });
