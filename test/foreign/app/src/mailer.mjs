import { randomUUID } from 'node:crypto';
import { japanTime } from './clock.mjs';
import { deliver } from './smtp.mjs';

const SENDER_NAME = 'セゾンカード';
const SENDER = 'namr@mail.saisoncard.co.jp';

/** Tells a new member the Net Answer ID at the registered address. */
export function sendRegistrationMail(smtp, { to, netAnswerId, card, now }) {
  const t = japanTime(now);
  const text = [
    'いつもセゾンカードをご利用いただき誠にありがとうございます。',
    '',
    'セゾンPortalアプリへのカードのご登録とあわせて、Netアンサーのご登録が完了しました。',
    '',
    `お客様のNetアンサーIDは ${netAnswerId} です。`,
    '',
    `ご登録カード：${card}`,
    `ご登録日時：${t.year}年${t.month}月${t.day}日 ${t.hour}時${String(t.minute).padStart(2, '0')}分`,
    '',
    '※Netアンサーパスワードを忘れないようご自身で管理をお願いいたします',
    '※このメールにお心当たりのない場合は、カード裏面の電話番号までご連絡ください。',
    '',
    '株式会社クレディセゾン',
    '',
  ].join('\r\n');
  const data = message({
    to,
    subject: '<セゾンカード>NetアンサーIDのお知らせ',
    text,
    now,
  });
  return deliver(smtp, { from: SENDER, to, data });
}

function message({ to, subject, text, now }) {
  const body = Buffer.from(text, 'utf8').toString('base64').match(/.{1,76}/g).join('\r\n');
  return [
    `From: ${encodedWords(SENDER_NAME)} <${SENDER}>`,
    `To: <${to}>`,
    `Subject: ${encodedWords(subject)}`,
    `Date: ${new Date(now).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${randomUUID()}@mail.saisoncard.co.jp>`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=UTF-8',
    'Content-Transfer-Encoding: base64',
    '',
    body,
  ].join('\r\n');
}

/** RFC 2047, cut between characters so that no word exceeds 75 octets. */
function encodedWords(text) {
  const words = [];
  let chunk = '';
  for (const character of text) {
    if (Buffer.byteLength(chunk + character) > 42) {
      words.push(chunk);
      chunk = '';
    }
    chunk += character;
  }
  words.push(chunk);
  return words.map((w) => `=?UTF-8?B?${Buffer.from(w).toString('base64')}?=`).join('\r\n ');
}
