import { randomInt } from 'node:crypto';
import { UserError, invalid } from './errors.mjs';
import { isoDate } from './clock.mjs';
import { maskedCard } from './cards.mjs';
import { Guard } from './guard.mjs';
import { passwordMatches } from './passwords.mjs';

const REQUEST_KINDS = {
  limit: 'ご利用可能枠増枠のお申し込み',
  cashing: 'キャッシングのお申し込み',
  address: 'ご住所・お電話番号の変更',
  mail: 'メールアドレスの変更',
  lost: 'カードの紛失・盗難のご連絡',
  inquiry: 'お問い合わせ',
};
const PAYMENT_METHODS = ['1回', 'リボ払い', '分割3回', '分割6回', '分割12回'];

/** What a registered member sees and does: home, statement, requests, log-in. */
export class Account {
  constructor({ store, clock }) {
    Object.assign(this, { store, clock });
    this.loginGuard = new Guard(store, clock, { name: 'login', limit: 5, lockMs: 30 * 60 * 1000 });
  }

  require(session) {
    const card = this.store.cards.get(session?.activeCard);
    if (!card) throw new UserError(401, 'not-registered', 'カードのご登録、またはログインをお願いいたします。');
    return card;
  }

  login(session, input) {
    const id = String(input.id ?? '').trim();
    const password = String(input.password ?? '');
    const fields = {};
    if (!id) fields.id = ['NetアンサーIDを入力してください。'];
    if (!password) fields.password = ['パスワードを入力してください。'];
    if (Object.keys(fields).length) throw invalid(fields);
    if (this.loginGuard.isLocked(id)) {
      throw new UserError(429, 'login-guard', 'ログインの誤りが続いたため停止しています。30分ほど時間をおいてから、もう一度お試しください。');
    }
    const account = this.store.accounts.get(id);
    if (!account || !passwordMatches(password, account.passwordHash)) {
      this.loginGuard.fail(id);
      throw new UserError(422, 'login', 'NetアンサーIDまたはパスワードが正しくありません。');
    }
    this.loginGuard.clear(id);
    if (!session.cards.includes(account.cardNumber)) session.cards.push(account.cardNumber);
    session.activeCard = account.cardNumber;
    this.store.renewSession(session);
  }

  choose(session, input) {
    const number = session.cards.find((n) => this.#key(n) === input.card);
    if (!number) throw new UserError(404, 'no-card', 'このカードはアプリに登録されていません。');
    session.activeCard = number;
  }

  #key(number) {
    return `${this.store.cards.get(number).brand}-${number.slice(-4)}`;
  }

  home(session) {
    const card = this.require(session);
    const statements = this.#statements(card);
    const { mail, id } = this.store.accounts.get(card.netAnswerId);
    return {
      name: card.member.name,
      netAnswerId: id,
      mail,
      card: { brand: card.brand, masked: maskedCard(card.number) },
      cards: session.cards.map((n) => ({
        key: this.#key(n),
        label: `${this.store.cards.get(n).brand} ${maskedCard(n)}`,
        active: n === card.number,
      })),
      points: card.points,
      wallet: card.wallet ?? false,
      payment: this.#next(statements),
    };
  }

  statement(session) {
    const card = this.require(session);
    const statements = this.#statements(card);
    const today = isoDate(this.clock.now());
    const unpaid = statements
      .filter((s) => s.payday >= today)
      .reduce((sum, s) => sum + s.total, 0);
    return {
      statements,
      current: this.#next(statements)?.payday ?? null,
      limits: {
        shopping: card.shoppingLimit,
        shoppingUsed: unpaid,
        shoppingAvailable: Math.max(0, card.shoppingLimit - unpaid),
        cashing: card.cashingLimit,
        cashingAvailable: card.cashingLimit,
      },
      methods: PAYMENT_METHODS,
      changeable: statements
        .filter((s) => s.payday > today)
        .flatMap((s) => s.purchases)
        .filter((p) => p.method === '1回'),
    };
  }

  /** Purchases up to today, by the day they are paid: closed on the 10th, paid on the 4th. */
  #statements(card) {
    const today = isoDate(this.clock.now());
    const byPayday = new Map();
    card.purchases.forEach((purchase, index) => {
      if (purchase.date > today) return;
      const payday = paydayOf(purchase.date);
      if (!byPayday.has(payday)) byPayday.set(payday, { payday, total: 0, purchases: [] });
      const statement = byPayday.get(payday);
      statement.total += purchase.amount;
      statement.purchases.push({ index, ...purchase });
    });
    return [...byPayday.values()].sort((a, b) => b.payday.localeCompare(a.payday));
  }

  /** The next payment to come, else the latest one made. */
  #next(statements) {
    const today = isoDate(this.clock.now());
    const next = statements.filter((s) => s.payday >= today).at(-1) ?? statements[0];
    return next ? { payday: next.payday, total: next.total } : null;
  }

  changePayment(session, input) {
    const card = this.require(session);
    const allowed = this.statement(session).changeable.some((p) => p.index === input.purchase);
    if (!allowed) throw invalid({ purchase: ['お支払方法を変更するご利用をお選びください。'] });
    if (!PAYMENT_METHODS.slice(1).includes(input.method)) {
      throw invalid({ method: ['変更後のお支払方法をお選びください。'] });
    }
    card.purchases[input.purchase].method = input.method;
  }

  request(session, input) {
    const card = this.require(session);
    const title = REQUEST_KINDS[input.kind];
    if (!title) throw new UserError(404, 'kind', 'このお手続きはご利用いただけません。');
    const text = String(input.text ?? '').trim();
    if (!text) throw invalid({ text: ['内容を入力してください。'] });
    if (text.length > 1000) throw invalid({ text: ['1000文字以内で入力してください。'] });
    const receipt = `R${isoDate(this.clock.now()).replaceAll('-', '')}-${randomInt(1000, 10000)}`;
    this.store.requests.push({ receipt, kind: input.kind, text, card: card.number, at: this.clock.now() });
    return { receipt, title };
  }

  answerWallet(session, input) {
    const card = this.require(session);
    if (!['add', 'later'].includes(input.choice)) {
      throw invalid({ choice: ['「ウォレットに追加する」または「今はしない」をお選びください。'] });
    }
    if (input.choice === 'add') card.wallet = true;
    session.walletPending = false;
    session.completion = null;
  }
}

function paydayOf(date) {
  const [year, month, day] = date.split('-').map(Number);
  const ahead = month + (day <= 10 ? 1 : 2);
  const payYear = year + Math.floor((ahead - 1) / 12);
  const payMonth = ((ahead - 1) % 12) + 1;
  return `${payYear}-${String(payMonth).padStart(2, '0')}-04`;
}
