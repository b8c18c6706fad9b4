import { UserError, invalid } from './errors.mjs';
import { brandOf, cardFormComplaints, digits, isExpired, maskedCard, parseExpiry } from './cards.mjs';
import { Guard } from './guard.mjs';
import { hashPassword, newNetAnswerId, passwordComplaints } from './passwords.mjs';
import { isMobile, maskedPhone } from './phones.mjs';
import { sendRegistrationMail } from './mailer.mjs';

const MINUTE = 60 * 1000;
const REGISTRATION_MS = 60 * MINUTE;
export const COMPANIES = [
  { id: 'saison', name: 'セゾンカード', supported: true },
  { id: 'uc', name: 'UCカード', supported: false },
  { id: 'partner', name: 'その他の提携カード', supported: false },
];

const MISMATCH = 'ご入力の内容では、カードを確認できませんでした。カード番号・有効期限・セキュリティコードをもう一度ご確認ください。';
const CARD_LOCKED = '入力の誤りが続いたため、お手続きを停止しています。30分ほど時間をおいてから、もう一度お試しください。';

/** The steps of a registration, from the card to the completion. */
export class Registration {
  constructor({ store, clock, config, verification }) {
    Object.assign(this, { store, clock, config, verification });
    const limits = { name: 'card', limit: 5, lockMs: 30 * MINUTE };
    this.guard = new Guard(store, clock, limits);
  }

  /** The registration under way, after dropping what time has ended. */
  current(session) {
    const registration = session.registration;
    if (!registration) return null;
    const now = this.clock.now();
    if (this.verification.isExpired(registration)) this.end(session, 'passcode-expired');
    else if (now >= registration.endsAt) this.end(session, 'registration-expired');
    return session.registration;
  }

  end(session, notice = null) {
    session.registration = null;
    session.notice = notice;
  }

  require(session, ...stages) {
    const registration = this.current(session);
    if (!registration) throw this.#ended(session.notice);
    if (!stages.includes(registration.stage)) {
      throw new UserError(409, 'wrong-stage', '画面の順番どおりにお手続きください。');
    }
    return registration;
  }

  #ended(notice) {
    if (notice === 'passcode-expired') {
      return new UserError(410, notice, 'ワンタイムパスコードの有効期限（10分間）を過ぎました。再度最初からお手続きください。');
    }
    return new UserError(410, 'registration-expired', 'お手続きの時間が過ぎたか、中断されました。再度最初からお手続きください。');
  }

  submitCard(session, input) {
    const company = COMPANIES.find((c) => c.id === input.company);
    if (!company?.supported) {
      throw new UserError(409, 'company', 'カードをお選びいただく画面からお手続きください。');
    }
    const form = {
      number: digits(input.number),
      expiry: input.expiry,
      securityCode: digits(input.securityCode),
    };
    const complaints = cardFormComplaints(form);
    if (Object.keys(complaints).length) throw invalid(complaints);

    const keys = [`session ${session.id}`, `number ${form.number}`];
    if (keys.some((key) => this.guard.isLocked(key))) throw new UserError(429, 'card-guard', CARD_LOCKED);

    const card = this.store.cards.get(form.number);
    const expiry = parseExpiry(form.expiry);
    if (!card || card.expiry !== expiry || card.securityCode !== form.securityCode) {
      const left = Math.min(...keys.map((key) => this.guard.fail(key)));
      throw new UserError(left ? 422 : 429, left ? 'card-mismatch' : 'card-guard', left ? MISMATCH : CARD_LOCKED);
    }
    keys.forEach((key) => this.guard.clear(key));
    this.#refuse(card);

    session.notice = null;
    session.registration = {
      cardNumber: card.number,
      stage: 'destination',
      passcode: null,
      mail: null,
      passwordHash: null,
      endsAt: this.clock.now() + REGISTRATION_MS,
    };
  }

  /** Cards which are genuine but cannot be registered. */
  #refuse(card) {
    if (card.kind === 'corporate') {
      throw new UserError(403, 'corporate', 'コーポレートカード会員様はNetアンサーをご利用いただけません。');
    }
    if (isExpired(card.expiry, this.clock.now())) {
      throw new UserError(403, 'expired', 'このカードは有効期限が過ぎています。新しいカードでお手続きください。');
    }
    if (card.status !== 'active') {
      throw new UserError(403, 'card-locked', 'このカードは現在ご利用を停止しているため、ご登録いただけません。カード裏面の電話番号までお問い合わせください。');
    }
  }

  submitMail(session, input) {
    const registration = this.require(session, 'mail', 'password', 'terms');
    const mail = String(input.mail ?? '').normalize('NFKC').trim();
    if (!mail) throw invalid({ mail: ['メールアドレスを入力してください。'] });
    if (!looksLikeMail(mail)) throw invalid({ mail: ['メールアドレスの形式に誤りがあります。もう一度ご確認ください。'] });
    registration.mail = mail;
    if (registration.stage === 'mail') registration.stage = 'password';
  }

  submitPassword(session, input) {
    const registration = this.require(session, 'password', 'terms');
    const password = String(input.password ?? '');
    if (!password) throw invalid({ password: ['パスワードを入力してください。'] });
    const complaints = passwordComplaints(password);
    if (complaints.length) throw invalid({ password: complaints });
    registration.passwordHash = hashPassword(password);
    registration.stage = 'terms';
  }

  /** Opens the Net Answer account and tells the ID; a mail that fails does not undo it. */
  async complete(session, input) {
    const registration = this.require(session, 'terms');
    if (input.agreed !== true) throw invalid({ agreed: ['利用規約をご確認のうえ、同意してください。'] });
    const card = this.store.cards.get(registration.cardNumber);
    const id = card.netAnswerId ?? newNetAnswerId((candidate) => this.store.accounts.has(candidate));
    card.netAnswerId = id;
    this.store.accounts.set(id, {
      id,
      passwordHash: registration.passwordHash,
      mail: registration.mail,
      cardNumber: card.number,
    });
    this.end(session);
    if (!session.cards.includes(card.number)) session.cards.push(card.number);
    session.activeCard = card.number;
    session.walletPending = true;
    session.completion = { netAnswerId: id, mail: registration.mail, mailSent: true };
    this.store.renewSession(session);

    const { completion } = session;
    try {
      await sendRegistrationMail(this.config.smtp, {
        to: registration.mail,
        netAnswerId: id,
        card: `${card.brand} ${maskedCard(card.number)}`,
        now: this.clock.now(),
      });
    } catch (error) {
      completion.mailSent = false;
      console.error('registration mail failed:', error.message);
    }
  }

  /** What the app may show of the registration under way. */
  view(session) {
    const registration = this.current(session);
    if (!registration) return null;
    const card = this.store.cards.get(registration.cardNumber);
    const { phone } = card.member;
    return {
      stage: registration.stage,
      card: { brand: brandOf(card.number), masked: maskedCard(card.number) },
      again: card.netAnswerId !== null,
      phone: { masked: maskedPhone(phone), sms: isMobile(phone) },
      passcode: this.verification.view(registration),
      mail: registration.mail,
    };
  }
}

function looksLikeMail(mail) {
  return mail.length <= 254
    && /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,}$/.test(mail);
}
