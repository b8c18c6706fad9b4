import { japanTime } from './clock.mjs';

/** Half-width digits of what a person typed (full-width digits, spaces and hyphens are fine). */
export function digits(value) {
  return String(value ?? '').normalize('NFKC').replace(/[\s\-‐‑–—ー−]/g, '');
}

export function passesLuhn(number) {
  let sum = 0;
  for (let i = 0; i < number.length; i += 1) {
    let n = Number(number[number.length - 1 - i]);
    if (i % 2 === 1) n = n * 2 > 9 ? n * 2 - 9 : n * 2;
    sum += n;
  }
  return sum % 10 === 0;
}

export function brandOf(number) {
  if (/^4/.test(number)) return 'VISA';
  if (/^(5[1-5]|2[2-7])/.test(number)) return 'Mastercard';
  if (/^35/.test(number)) return 'JCB';
  if (/^3[47]/.test(number)) return 'AMEX';
  return null;
}

/** "0429", "04/29", "4/29" -> "04/29"; null if it is no month and year. */
export function parseExpiry(value) {
  const text = String(value ?? '').normalize('NFKC').replace(/\s/g, '');
  const match = /^(\d{1,2})\/(\d{2})$/.exec(text) ?? /^(\d{2})(\d{2})$/.exec(text);
  if (!match) return null;
  const month = Number(match[1]);
  if (month < 1 || month > 12) return null;
  return `${String(month).padStart(2, '0')}/${match[2]}`;
}

/** A card is good through the last day of its month, in Japan. */
export function isExpired(expiry, now) {
  const [month, year] = expiry.split('/').map(Number);
  const today = japanTime(now);
  return (2000 + year) * 12 + month < today.year * 12 + today.month;
}

/** Complaints about the form of the card's particulars, by field. */
export function cardFormComplaints({ number, expiry, securityCode }) {
  const fields = {};
  const brand = brandOf(number);
  if (!number) fields.number = ['カード番号を入力してください。'];
  else if (!/^\d+$/.test(number)) fields.number = ['カード番号は数字で入力してください。'];
  else if (!brand || number.length !== (brand === 'AMEX' ? 15 : 16) || !passesLuhn(number)) {
    fields.number = ['カード番号に誤りがあります。もう一度ご確認ください。'];
  }

  if (!String(expiry ?? '').trim()) fields.expiry = ['有効期限を入力してください。'];
  else if (!parseExpiry(expiry)) {
    fields.expiry = ['有効期限は「月/年」を2桁ずつ入力してください（例：01/28）。'];
  }

  if (!securityCode) fields.securityCode = ['セキュリティコードを入力してください。'];
  else if (!/^\d{3,4}$/.test(securityCode)) {
    fields.securityCode = ['セキュリティコードは3桁または4桁の数字で入力してください。'];
  } else if (securityCode.length === 4 && brand && brand !== 'AMEX') {
    fields.securityCode = ['このブランドのセキュリティコードは、カード裏面記載の右端の3桁です。'];
  }
  return fields;
}

export function maskedCard(number) {
  return `**** ${number.slice(-4)}`;
}
