import net from 'node:net';

/** Delivers one message by plain SMTP with AUTH PLAIN; throws unless the server took it. */
export async function deliver({ host, port, user, password, timeoutMs }, { from, to, data }) {
  if (!host) throw new Error('SMTP_HOST is not set');
  const dialogue = new Dialogue(net.connect({ host, port }), timeoutMs);
  try {
    await dialogue.expect(220);
    await dialogue.command('EHLO saison-portal.localhost', 250);
    if (user) {
      const secret = Buffer.from(`\0${user}\0${password}`).toString('base64');
      await dialogue.command(`AUTH PLAIN ${secret}`, 235);
    }
    await dialogue.command(`MAIL FROM:<${from}>`, 250);
    await dialogue.command(`RCPT TO:<${to}>`, 250, 251);
    await dialogue.command('DATA', 354);
    await dialogue.command(`${dotStuffed(data)}\r\n.`, 250);
    dialogue.write('QUIT');
  } finally {
    dialogue.end();
  }
}

function dotStuffed(data) {
  return data.replace(/\r?\n/g, '\r\n').replace(/^\./gm, '..');
}

/** Line-by-line conversation over one socket. */
class Dialogue {
  #buffer = '';
  #replies = [];
  #waiting = null;
  #failure = null;

  constructor(socket, timeoutMs) {
    this.socket = socket;
    socket.setEncoding('utf8');
    socket.setTimeout(timeoutMs, () => socket.destroy(new Error('SMTP time-out')));
    socket.on('data', (text) => this.#receive(text));
    socket.on('error', (error) => this.#fail(error));
    socket.on('close', () => this.#fail(new Error('SMTP connection closed')));
  }

  #receive(text) {
    this.#buffer += text;
    let end;
    while ((end = this.#buffer.indexOf('\n')) >= 0) {
      const line = this.#buffer.slice(0, end).trimEnd();
      this.#buffer = this.#buffer.slice(end + 1);
      if (/^\d{3}( |$)/.test(line)) this.#replies.push(line); // "250-" continues
    }
    this.#settle();
  }

  #fail(error) {
    this.#failure ??= error;
    this.#settle();
  }

  #settle() {
    if (!this.#waiting) return;
    if (this.#replies.length) {
      const { resolve } = this.#waiting;
      this.#waiting = null;
      resolve(this.#replies.shift());
    } else if (this.#failure) {
      const { reject } = this.#waiting;
      this.#waiting = null;
      reject(this.#failure);
    }
  }

  async expect(...codes) {
    const line = await new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#settle();
    });
    if (!codes.includes(Number(line.slice(0, 3)))) throw new Error(`SMTP answered: ${line}`);
    return line;
  }

  command(text, ...codes) {
    this.write(text);
    return this.expect(...codes);
  }

  write(text) {
    if (!this.#failure) this.socket.write(`${text}\r\n`);
  }

  end() {
    this.socket.end();
    this.socket.unref();
  }
}
