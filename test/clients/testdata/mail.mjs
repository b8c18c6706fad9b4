// Sends by nodemailer and reads by imapflow. One argument: {smtp, imap, user}.
import { createRequire } from 'node:module';
const require = createRequire(process.env.NODE_PATH + '/');
const nodemailer = require('nodemailer');
const { ImapFlow } = require('imapflow');
const { smtp, imap, user } = JSON.parse(process.argv[2]);

const out = { sent: {}, found: {} };
const send = async (name, options, mail) => {
  const transport = nodemailer.createTransport({ host: '127.0.0.1', port: smtp, ...options });
  try {
    const info = await transport.sendMail({ from: '見本の店 <shop@example.com>', to: 'hanako@example.jp', subject: name, text: 'x', ...mail });
    out.sent[name] = info.accepted.length;
  } catch (e) {
    out.sent[name] = e.responseCode ?? e.message;
  }
  transport.close();
};
const tls = { rejectUnauthorized: false };
for (const method of ['PLAIN', 'LOGIN', 'CRAM-MD5']) {
  await send(method, { auth: { user, pass: 'any' }, authMethod: method, ignoreTLS: true });
}
const auth = { auth: { user, pass: 'any' } };
await send('starttls', { ...auth, requireTLS: true, tls });
await send('dsn', { ...auth, ignoreTLS: true }, { dsn: { id: 'order-42', return: 'headers', notify: 'success', recipient: 'shop@example.com' } });
await send('いろいろ', { ...auth, ignoreTLS: true }, {
  to: ['hanako@example.jp', 'taro@例え.jp', 'hanako+test@example.jp'],
  html: '<p>認証コードは<b>482913</b>です。<a href="https://example.jp/v?a=1&amp;b=2">確認</a></p>', text: 'ＨＴＭＬをご覧ください',
  attachments: [{ filename: '規約.txt', content: '規約' }], textEncoding: 'base64',
});

const client = new ImapFlow({ host: '127.0.0.1', port: imap, secure: false, doSTARTTLS: false, auth: { user, pass: 'any' }, logger: false });
await client.connect();
out.server = client.serverInfo?.name;
out.namespace = client.namespace?.delimiter;
out.capabilities = ['MOVE', 'NAMESPACE', 'UIDPLUS', 'IDLE', 'STATUS=SIZE', 'LIST-STATUS', 'CONDSTORE'].filter((c) => client.capabilities.has(c));
out.list = (await client.list({ statusQuery: { messages: true } })).map((b) => `${b.path} ${b.status?.messages}`);
let lock = await client.getMailboxLock('INBOX');
const search = async (name, query) => { out.found[name] = (await client.search(query, { uid: true }) || []).length; };
await search('text', { body: '482913' });
await search('seen as it is', { body: '482913です' });
await search('wide', { body: 'html' });
await search('subject', { subject: 'いろいろ' });
await search('to', { to: 'taro@' });
await search('since', { since: new Date('2020-01-01') });
await search('sent before', { sentBefore: new Date('2020-01-01') });
const put = await client.append('jiro@example.jp', 'Subject: kept\r\n\r\nkept\r\n', ['\\Seen'], new Date('2026-01-02T03:04:05Z'));
out.appended = put.uid > 0;
lock.release();
out.status = await client.status('jiro@example.jp', { messages: true, unseen: true, size: true }).then((s) => [s.messages, s.unseen, s.size > 0]);
lock = await client.getMailboxLock('jiro@example.jp');
out.enabled = client.enabled.has('CONDSTORE');
const before = client.mailbox.highestModseq;
const since = async (changedSince) => { let n = 0; for await (const m of client.fetch('1:*', { flags: true }, { changedSince })) n += m.modseq > changedSince ? 1 : 100; return n; };
const other = new ImapFlow({ host: '127.0.0.1', port: imap, secure: false, doSTARTTLS: false, auth: { user, pass: 'any' }, logger: false });
await other.connect();
await other.mailboxOpen('jiro@example.jp');
const changed = [await since(before)];
await other.messageFlagsAdd('1', ['\\Flagged']);
await client.noop();
changed.push(await since(before));
await client.messageFlagsAdd('1', ['$late'], { unchangedSince: before });
await client.messageFlagsAdd('1', ['$known'], { unchangedSince: (await client.status('jiro@example.jp', { highestModseq: true })).highestModseq });
const flags = (await client.fetchOne('1', { flags: true })).flags;
changed.push(flags.has('$late'), flags.has('$known'));
changed.push((await client.search({ modseq: before + 1n })).length);
out.changed = changed;
await other.logout();
const moved = await client.messageMove('1:*', 'saburo@example.jp');
out.moved = moved.uidMap?.size;
lock.release();
out.after = (await client.list({ statusQuery: { messages: true } })).filter((b) => /jiro|saburo/.test(b.path)).map((b) => `${b.path} ${b.status?.messages}`);
lock = await client.getMailboxLock('hanako@example.jp');
const last = await client.fetchOne('*', { envelope: true, bodyStructure: true, source: true, internalDate: true });
out.last = { subject: last.envelope.subject, parts: last.bodyStructure.childNodes?.length, from: last.envelope.from[0].name };
const exists = new Promise((resolve) => client.once('exists', resolve));
const idle = client.idle();
await send('told', { ...auth, ignoreTLS: true });
out.told = (await exists).count > 0;
await client.noop();
await idle;
lock.release();
await client.logout();
console.log(JSON.stringify(out));
process.exit(0);
