import { UserError } from './errors.mjs';
import { COMPANIES } from './registration.mjs';

/** The JSON interface, as a table "METHOD /path" -> handler({ session, body }). */
export function createApi({ registration, verification, account, store }) {
  const state = (session) => {
    const view = session ? registration.view(session) : null;
    return {
      companies: COMPANIES,
      registration: view,
      notice: session?.notice ?? null,
      completion: session?.completion ?? null,
      registered: Boolean(session?.activeCard),
      walletPending: session?.walletPending ?? false,
    };
  };

  /** A check whose last try failed ends the registration. */
  const orEnd = (session, passed, code, message) => {
    if (passed) return;
    registration.end(session, code);
    throw new UserError(410, code, message);
  };

  return {
    'GET /state': ({ session }) => state(session),

    'POST /registration/card': ({ session, body }) => {
      registration.submitCard(session, body);
      return state(session);
    },
    'POST /registration/passcode': async ({ session }) => {
      await verification.send(registration.require(session, 'destination', 'passcode'));
      return state(session);
    },
    'POST /registration/passcode/check': ({ session, body }) => {
      const current = registration.require(session, 'passcode');
      orEnd(session, verification.checkPasscode(current, body), 'passcode-failed',
        'ワンタイムパスコードの入力の誤りが上限に達しました。再度最初からお手続きください。');
      return state(session);
    },
    'POST /registration/pin': ({ session, body }) => {
      const current = registration.require(session, 'destination', 'passcode');
      orEnd(session, verification.checkPin(current, body), 'pin-failed',
        '暗証番号の入力の誤りが上限に達しました。暗証番号によるご本人様確認を24時間停止します。');
      return state(session);
    },
    'PUT /registration/mail': ({ session, body }) => {
      registration.submitMail(session, body);
      return state(session);
    },
    'PUT /registration/password': ({ session, body }) => {
      registration.submitPassword(session, body);
      return state(session);
    },
    'POST /registration/complete': async ({ session, body }) => {
      await registration.complete(session, body);
      return state(session);
    },

    'POST /wallet': ({ session, body }) => {
      account.answerWallet(session, body);
      return state(session);
    },
    'GET /account': ({ session }) => account.home(session ?? {}),
    'GET /account/statement': ({ session }) => account.statement(session ?? {}),
    'POST /account/payment-method': ({ session, body }) => {
      account.changePayment(session, body);
      return account.statement(session);
    },
    'POST /account/requests': ({ session, body }) => account.request(session, body),
    'PUT /account/active-card': ({ session, body }) => {
      account.choose(session, body);
      return account.home(session);
    },

    'POST /login': ({ session, body }) => {
      account.login(session, body);
      return state(session);
    },
    'DELETE /login': ({ session }) => {
      store.sessions.delete(session.id);
      return state(null);
    },
  };
}
