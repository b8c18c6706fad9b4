// The numbers of the guide, and those it leaves open.
import { broken } from './breaks.mjs';

const seconds = 1000;
const minutes = 60 * seconds;

export const passcode = {
  digits: broken('passcode-of-five-digits') ? 5 : 6, // p34-1
  shown: 10, // p34-7, what screen and mail say
  life: (broken('passcode-good-for-eleven-minutes') ? 11 : 10) * minutes, // p34-7, a-08
  tries: broken('six-wrong-passcodes') ? 6 : 5, // a-06
  reissues: broken('reissues-without-end') ? Infinity : 5, // a-07
  interval: broken('reissue-at-once') ? 0 : 30 * seconds, // a-07
};

export const dial = {
  shown: 15,
  window: (broken('call-within-sixteen-minutes') ? 16 : 15) * minutes, // p35-2, a-12
};

export const idle = broken('idle-without-end') ? Infinity : 30 * minutes; // a-14

export const login = {
  tries: broken('log-in-never-stops') ? Infinity : 5, // a-20
  stop: (broken('log-in-stops-for-an-hour') ? 60 : 30) * minutes,
  session: 30 * minutes,
};

export const credential = {
  id: { least: 8, most: broken('id-of-seventeen') ? 17 : 16 }, // p29-1
  password: { least: broken('password-of-seven') ? 7 : 8, most: 16 }, // p29-2
  symbols: '-=@_',
};

/** The first four digits that can be chosen (p26-1). */
export const beginnings = ['3530', '3566', '3714', '3782', '4242', '5200', '5555'];

export const isAmex = (number) => /^3[47]/.test(number);
export const codeDigits = (number) => (isAmex(number) && !broken('amex-code-of-three') ? 4 : 3); // p28

/** A mobile telephone can receive SMS (a-19). */
export const isMobile = (phone) => /^0[6-9]0/.test(phone);
export const digitsOf = (phone) => phone.replace(/\D/g, '');
