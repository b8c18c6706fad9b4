// How messages leave: SMS by Twilio's REST, mail by SMTP with nodemailer.
import { createRequire } from 'node:module';

// npm packages are looked for in NODE_PATH, where there is no folder of them here.
const require = createRequire(process.env.NODE_PATH ? `${process.env.NODE_PATH}/` : import.meta.url);

/** A message could not be handed over. Its text names no recipient and no content. */
export class Undelivered extends Error {}

const international = (phone) => phone.replace(/\D/g, '').replace(/^0/, '+81');

export class Providers {
  #settings;
  #post;

  constructor(settings) { this.#settings = settings; }

  async sms(to, body) {
    const { url, account, token } = this.#settings.sms;
    if (url === '') throw new Undelivered('SMS: no SMS_URL');
    let answer;
    try {
      answer = await fetch(`${url}/2010-04-01/Accounts/${account}/Messages.json`, {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from(`${account}:${token}`).toString('base64')}` },
        body: new URLSearchParams({ To: international(to), From: 'SAISON', Body: body }),
        signal: AbortSignal.timeout(this.#settings.timeout),
      });
      await answer.arrayBuffer();
    } catch (error) {
      throw new Undelivered(`SMS: ${error.cause?.code ?? error.name}`);
    }
    if (answer.status !== 201) throw new Undelivered(`SMS: returned ${answer.status}`);
  }

  async mail(to, subject, text, now) {
    if (this.#settings.mail.address === '') throw new Undelivered('mail: no SMTP_ADDRESS');
    try {
      await this.#transport().sendMail({
        from: { name: 'セゾンカード', address: 'namr@mail.saisoncard.co.jp' }, to: { name: '', address: to }, subject, text,
        date: new Date(now), disableFileAccess: true, disableUrlAccess: true,
      });
    } catch (error) {
      throw new Undelivered(`mail: ${error.responseCode ?? error.code ?? error.name}`);
    }
  }

  #transport() {
    const { address, user, password } = this.#settings.mail;
    const [host, port] = address.split(':');
    const timeout = this.#settings.timeout;
    this.#post ??= require('nodemailer').createTransport({
      host, port: Number(port), secure: false,
      auth: user === '' ? undefined : { user, pass: password },
      tls: { rejectUnauthorized: false }, // a server of a test makes its own certificate
      connectionTimeout: timeout, greetingTimeout: timeout, socketTimeout: timeout, dnsTimeout: timeout,
    });
    return this.#post;
  }
}
