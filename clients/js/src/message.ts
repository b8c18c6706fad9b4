import type { ControlAPI } from './control-api.js';
import type { Link, LinkList, Mail, MailList, Message, Passcode, SmsList, WholeMail } from './control.js';

/** How long to wait, and for what. */
export interface Waiting {
  /** At most so long by the machine's clock, like `5s`, up to `60s`; `0` does not wait. Left out: `5s`. */
  within?: string;
  /** Only what came after the message of this id. */
  after?: string;
  /** A regular expression whose first group is the passcode, where it is not found by itself. */
  pattern?: string;
}

/** The phones of a world. A number is written as people write it; left out: every phone. */
export class SMS {
  constructor(
    private readonly api: ControlAPI,
    private readonly path: string,
  ) {}

  /** What is on the phone now, oldest first. */
  async list(to?: string): Promise<Message[]> {
    return everyPage(async (after) => {
      const { messages, next } = await this.api.get<SmsList>(`${this.path}/sms`, { to, after });
      return { some: messages ?? [], next };
    });
  }

  /** The newest SMS, at once where it is there. Nothing is a Problem of code `nothing_arrived`. */
  waitFor(to?: string, waiting: Waiting = {}): Promise<Message> {
    return this.api.get<Message>(`${this.path}/sms/wait`, { to, ...waiting });
  }

  /** The passcode of the newest SMS: its `code`, when it was issued, and until when it can be used. */
  async waitForPasscode(to?: string, waiting: Waiting = {}): Promise<Passcode> {
    return passcodeOf(await this.waitFor(to, waiting));
  }

  /** Forgets what has arrived. */
  clear(to?: string): Promise<void> {
    return this.api.send('DELETE', `${this.path}/sms`, { to });
  }
}

/** The mailboxes of a world. An address that is left out means every mailbox. */
export class Mailboxes {
  constructor(
    private readonly api: ControlAPI,
    private readonly path: string,
  ) {}

  /** What is in the mailbox now, oldest first; only those with these words. */
  async list(to?: string, words?: string): Promise<Mail[]> {
    return everyPage(async (after) => {
      const { mails, next } = await this.api.get<MailList>(`${this.path}/mail`, { to, q: words, after });
      return { some: mails ?? [], next };
    });
  }

  /** The newest mail with its links, at once where it is there. Nothing is a Problem of code `nothing_arrived`. */
  waitFor(to?: string, waiting: Waiting = {}): Promise<WholeMail> {
    return this.api.get<WholeMail>(`${this.path}/mail/wait`, { to, ...waiting });
  }

  /** The passcode of the newest mail. */
  async waitForPasscode(to?: string, waiting: Waiting = {}): Promise<Passcode> {
    return passcodeOf(await this.waitFor(to, waiting));
  }

  /** The links of a mail, in the order of the text. */
  async links(id: string): Promise<Link[]> {
    return (await this.api.get<LinkList>(`${this.path}/mail/${encodeURIComponent(id)}/links`)).links ?? [];
  }

  /** Mail to an address from these domains is dropped; no domain: all is accepted. */
  refuse(address: string, ...domains: string[]): Promise<void> {
    return this.api.send('PUT', `${this.path}/reception`, {}, { address, refused_domains: domains });
  }

  /** Forgets what has arrived. */
  clear(to?: string): Promise<void> {
    return this.api.send('DELETE', `${this.path}/mail`, { to });
  }
}

/** Asks for the pages of a list, one after the other. */
async function everyPage<T>(ask: (after: string | undefined) => Promise<{ some: T[]; next: string | undefined }>): Promise<T[]> {
  const all: T[] = [];
  for (let after: string | undefined; ; ) {
    const { some, next } = await ask(after);
    all.push(...some);
    if (!next) return all;
    after = next;
  }
}

function passcodeOf(message: { id: string; passcode?: Passcode }): Passcode {
  if (!message.passcode) throw new Error(`message ${message.id} carries no passcode`);
  return message.passcode;
}
