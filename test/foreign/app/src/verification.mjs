import { randomInt, timingSafeEqual } from 'node:crypto';
import { UserError, invalid } from './errors.mjs';
import { digits } from './cards.mjs';
import { shortDateTime } from './clock.mjs';
import { Guard } from './guard.mjs';
import { isMobile, toE164 } from './phones.mjs';
import { sendSms } from './sms.mjs';

const MINUTE = 60 * 1000;
export const PASSCODE_MS = 10 * MINUTE;
const PASSCODE_TRIES = 5;
const SENDS_PER_REGISTRATION = 4; // the first and three reissues

/** 「ご本人様確認」: a passcode by SMS, or the PIN of the card. */
export class Verification {
  constructor({ store, clock, config }) {
    Object.assign(this, { store, clock, config });
    this.pinGuard = new Guard(store, clock, { name: 'pin', limit: 3, lockMs: 24 * 60 * MINUTE });
    this.sendGuard = new Guard(store, clock, { name: 'send', limit: 8, lockMs: 60 * MINUTE });
  }

  isExpired(registration) {
    const { stage, passcode } = registration;
    return stage === 'passcode' && passcode !== null && this.clock.now() >= passcode.expiresAt;
  }

  view(registration) {
    const { stage, passcode } = registration;
    if (stage !== 'passcode' || !passcode) return null;
    return {
      secondsLeft: Math.ceil((passcode.expiresAt - this.clock.now()) / 1000),
      until: shortDateTime(passcode.expiresAt),
      reissuesLeft: Math.max(0, SENDS_PER_REGISTRATION - registration.sends),
    };
  }

  async send(registration) {
    const card = this.store.cards.get(registration.cardNumber);
    if (!isMobile(card.member.phone)) {
      throw new UserError(409, 'no-mobile', 'SMSを受信できる電話番号のご登録がありません。カードの暗証番号（4桁）でご本人様確認をお願いいたします。');
    }
    if (registration.sending) throw new UserError(409, 'sending', '送信中です。しばらくお待ちください。');
    registration.sends ??= 0;
    if (registration.sends >= SENDS_PER_REGISTRATION || this.sendGuard.isLocked(card.number)) {
      throw new UserError(429, 'too-many-sends', 'ワンタイムパスコードの発行回数の上限に達しました。カードの暗証番号（4桁）でご本人様確認をお願いいたします。');
    }
    registration.sending = true;
    const code = String(randomInt(1_000_000)).padStart(6, '0');
    const expiresAt = this.clock.now() + PASSCODE_MS;
    try {
      await sendSms(this.config.sms, {
        to: toE164(card.member.phone),
        body: smsText(code, expiresAt),
      });
    } catch (error) {
      console.error('SMS failed:', error.message);
      throw new UserError(502, 'sms-failed', 'SMSを送信できませんでした。時間をおいてもう一度お試しいただくか、カードの暗証番号（4桁）でご本人様確認をお願いいたします。');
    } finally {
      registration.sending = false;
    }
    this.sendGuard.fail(card.number);
    registration.sends += 1;
    registration.passcode = { code, expiresAt, triesLeft: PASSCODE_TRIES };
    registration.stage = 'passcode';
  }

  /** True if the passcode is right; false once the last try is spent. */
  checkPasscode(registration, input) {
    const code = digits(input.passcode);
    if (!code) throw invalid({ passcode: ['ワンタイムパスコードを入力してください。'] });
    if (!/^\d{6}$/.test(code)) throw invalid({ passcode: ['ワンタイムパスコードは6桁の数字で入力してください。'] });
    if (timingSafeEqual(Buffer.from(code), Buffer.from(registration.passcode.code))) {
      this.#verified(registration);
      return true;
    }
    registration.passcode.triesLeft -= 1;
    if (registration.passcode.triesLeft <= 0) return false;
    throw invalid({ passcode: [`ワンタイムパスコードが正しくありません。あと${registration.passcode.triesLeft}回入力できます。`] });
  }

  /** True if the PIN is right; false once the last try is spent. */
  checkPin(registration, input) {
    const pin = digits(input.pin);
    const card = this.store.cards.get(registration.cardNumber);
    if (this.pinGuard.isLocked(card.number)) {
      throw new UserError(429, 'pin-locked', '暗証番号の誤りが続いたため、暗証番号によるご本人様確認を停止しています。24時間ほど時間をおいてから、もう一度お試しください。');
    }
    if (!pin) throw invalid({ pin: ['暗証番号を入力してください。'] });
    if (!/^\d{4}$/.test(pin)) throw invalid({ pin: ['暗証番号は4桁の数字で入力してください。'] });
    if (timingSafeEqual(Buffer.from(pin), Buffer.from(card.pin))) {
      this.pinGuard.clear(card.number);
      this.#verified(registration);
      return true;
    }
    const left = this.pinGuard.fail(card.number);
    if (left === 0) return false;
    throw invalid({ pin: [`暗証番号が正しくありません。あと${left}回入力できます。`] });
  }

  #verified(registration) {
    registration.passcode = null;
    registration.stage = 'mail';
  }
}

/** The short message, word for word as the guide shows it. */
export function smsText(code, expiresAt) {
  return [
    `パスコード ${code}`,
    'ご利用のサービスに入力して手続きを進めてください。',
    `有効期限: ${shortDateTime(expiresAt)}`,
    '株式会社クレディセゾン',
  ].join('\n');
}
