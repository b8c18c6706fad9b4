import http from 'node:http';
import net from 'node:net';
import { once } from 'node:events';
import { createApp } from '../src/app.mjs';
import { readConfig } from '../src/config.mjs';

export const TOKEN = 'test-token';

/** A gateway that keeps what it is given; `fail` makes it refuse. */
async function smsSink() {
  const sink = { messages: [], fail: false };
  sink.server = http.createServer(async (req, res) => {
    let text = '';
    for await (const chunk of req) text += chunk;
    if (sink.fail) return res.writeHead(500).end();
    sink.messages.push({ path: req.url, auth: req.headers.authorization, ...Object.fromEntries(new URLSearchParams(text)) });
    return res.writeHead(201, { 'Content-Type': 'application/json' }).end('{"sid":"SM1"}');
  }).listen(0, '127.0.0.1');
  await once(sink.server, 'listening');
  return sink;
}

async function smtpSink() {
  const sink = { mails: [], auth: null };
  sink.server = net.createServer((socket) => {
    let buffer = '';
    let data = null;
    socket.setEncoding('utf8').write('220 sink\r\n');
    socket.on('error', () => {});
    socket.on('data', (text) => {
      buffer += text;
      let end;
      while ((end = buffer.indexOf('\r\n')) >= 0) {
        const line = buffer.slice(0, end);
        buffer = buffer.slice(end + 2);
        if (data) {
          if (line === '.') {
            sink.mails.push(data.join('\r\n'));
            data = null;
            socket.write('250 taken\r\n');
          } else data.push(line.replace(/^\.\./, '.'));
        } else if (line.startsWith('EHLO')) socket.write('250-sink\r\n250 AUTH PLAIN\r\n');
        else if (line.startsWith('AUTH PLAIN ')) {
          sink.auth = Buffer.from(line.slice(11), 'base64').toString();
          socket.write('235 ok\r\n');
        } else if (line === 'DATA') {
          data = [];
          socket.write('354 go\r\n');
        } else if (line === 'QUIT') socket.end('221 bye\r\n');
        else socket.write('250 ok\r\n');
      }
    });
  }).listen(0, '127.0.0.1');
  await once(sink.server, 'listening');
  return sink;
}

export async function startWorld({ basePath = '/m' } = {}) {
  const sms = await smsSink();
  const smtp = await smtpSink();
  const app = createApp(readConfig({
    BASE_PATH: basePath,
    TEST_TOKEN: TOKEN,
    SMS_URL: `http://127.0.0.1:${sms.server.address().port}`,
    SMS_ACCOUNT: 'AC1',
    SMS_TOKEN: 'secret',
    SMTP_HOST: '127.0.0.1',
    SMTP_PORT: String(smtp.server.address().port),
    SMTP_USER: 'mailer',
    SMTP_PASSWORD: 'pass',
  }));
  app.server.listen(0, '127.0.0.1');
  await once(app.server, 'listening');
  const url = `http://127.0.0.1:${app.server.address().port}${basePath}`;
  return {
    url,
    sms,
    smtp,
    hook: (name, body = {}, token = TOKEN) => fetch(`${url}/_test/${name}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    }),
    phone: () => new Phone(url),
    stop() {
      for (const server of [app.server, sms.server, smtp.server]) server.close();
      app.server.closeAllConnections();
      sms.server.closeAllConnections();
    },
  };
}

/** A browser's cookie and its calls. */
class Phone {
  #cookie = '';

  constructor(url) {
    this.url = url;
  }

  async call(method, path, body) {
    const response = await fetch(`${this.url}/api${path}`, {
      method,
      headers: { 'Content-Type': 'application/json', Cookie: this.#cookie },
      body: method === 'GET' ? undefined : JSON.stringify(body ?? {}),
    });
    const cookie = response.headers.get('set-cookie');
    if (cookie) this.#cookie = cookie.split(';')[0];
    return { status: response.status, ...(await response.json()) };
  }

  card(number, expiry, securityCode) {
    return this.call('POST', '/registration/card', { company: 'saison', number, expiry, securityCode });
  }
}

export const codeOf = (message) => /^パスコード (\d{6})$/m.exec(message.Body)[1];
