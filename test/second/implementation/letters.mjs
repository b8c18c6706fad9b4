// What a member receives, word for word.
import { broken } from './breaks.mjs';
import { dateAndTime } from './clock.mjs';
import { passcode } from './rules.mjs';

export function smsOf(code, until) { // p34-5
  const lines = [`パスコード ${code}`, 'ご利用のサービスに入力して手続きを進めてください。', `有効期限: ${dateAndTime(until)}`, '株式会社クレディセゾン'];
  return lines.filter((line) => !(broken('sms-without-validity') && line.startsWith('有効期限'))).join('\n');
}

const greeting = 'いつもセゾンカードをご利用いただき誠にありがとうございます。';

export const passcodeMail = (code) => ({ // p34-6
  subject: broken('mail-subject') ? 'パスコードのお知らせ' : '<セゾンカード>ワンタイムパスコードのお知らせ',
  text: `${greeting}

会員登録のためのワンタイムパスコードをお送りします。

${code}

上記ワンタイムパスコードを画面に入力して手続きをお進めください。

※有効期限は ${passcode.shown} 分間です。必ず有効期限内にお手続きください。
有効期限を過ぎてしまった場合は、再度最初からお手続きいただきます。

株式会社クレディセゾン
`,
});

export const welcomeMail = (id) => ({ // p36-3
  subject: '<セゾンカード>Netアンサー新規ご登録完了のお知らせ',
  text: `${greeting}

Netアンサーの新規ご登録が完了しました。
お客様のNetアンサーIDは ${id} です。

NetアンサーID・パスワードを忘れないよう、ご自身で管理をお願いいたします。

株式会社クレディセゾン
`,
});
