import { randomBytes, randomInt, scryptSync, timingSafeEqual } from 'node:crypto';

/** The four sentences the guide prints for a wrong password, in its order. */
export const PASSWORD_RULES = [
  { sentence: '半角英字を含めてください', holds: (p) => /[A-Za-z]/.test(p) },
  { sentence: '半角数字を含めてください', holds: (p) => /[0-9]/.test(p) },
  {
    sentence: '半角英数字および記号(-=@_のみ)で入力してください',
    holds: (p) => /^[A-Za-z0-9\-=@_]*$/.test(p),
  },
  { sentence: '8～16文字でご入力ください', holds: (p) => [...p].length >= 8 && [...p].length <= 16 },
];

export function passwordComplaints(password) {
  return PASSWORD_RULES.filter((rule) => !rule.holds(password)).map((rule) => rule.sentence);
}

export function hashPassword(password) {
  const salt = randomBytes(16);
  return { salt, key: scryptSync(password, salt, 32, { N: 4096 }) };
}

export function passwordMatches(password, { salt, key }) {
  return timingSafeEqual(scryptSync(password, salt, 32, { N: 4096 }), key);
}

const LETTERS = 'abcdefghjkmnpqrstuvwxyz';
const DIGITS = '23456789';

/** An ID of the shape the guide shows, "●0●●00●●": letters with digits at places 2, 5 and 6. */
export function newNetAnswerId(taken) {
  for (;;) {
    const id = [...'a0aa00aa']
      .map((c) => (c === '0' ? DIGITS : LETTERS))
      .map((alphabet) => alphabet[randomInt(alphabet.length)])
      .join('');
    if (!taken(id)) return id;
  }
}
