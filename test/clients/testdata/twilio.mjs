// Sends, fetches and lists by the service's own client, and checks call-backs by
// its own validation. One argument: {base, account, token, to, steps}.
import { createRequire } from 'node:module';
import http from 'node:http';
const require = createRequire(process.env.NODE_PATH + '/');
const twilio = require('twilio');
const { base, account, token, to } = JSON.parse(process.argv[2]);
const client = twilio(account, token);
client.api.baseUrl = base;

const told = [];
let enough;
const both = new Promise((resolve) => { enough = resolve; });
const server = http.createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => { body += chunk; });
  request.on('end', () => {
    const fields = Object.fromEntries(new URLSearchParams(body));
    const url = `http://127.0.0.1:${server.address().port}${request.url}`;
    told.push({ status: fields.MessageStatus, valid: twilio.validateRequest(token, request.headers['x-twilio-signature'], url, fields) });
    response.end();
    if (told.length === 2) enough();
  });
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const callback = `http://127.0.0.1:${server.address().port}/status?of=one`;
const problem = async (promise) => { try { await promise; return null; } catch (e) { return { code: e.code, status: e.status }; } };

const body = '【テスト】パスコード 123456\n有効期限は 10 分間です。'.padEnd(71, '。');
const created = await client.messages.create({ to, from: '+815000000000', body, statusCallback: callback });
await both;
server.close();
const fetched = await client.messages(created.sid).fetch();
for (let i = 0; i < 6; i++) await client.messages.create({ to, from: 'NETANSWER', body: `number ${i}` });
const landline = await client.messages.create({ to: '03-0000-1009', from: 'NETANSWER', body: 'to a landline' });
const listed = await client.messages.list({ to, pageSize: 2 });
const few = await client.messages.list({ to, pageSize: 2, limit: 3 });
const wrong = twilio(account, token, { username: 'someone' });
wrong.api.baseUrl = base;
const stranger = twilio('ACNoSuchWorld', token);
stranger.api.baseUrl = base;
console.log(JSON.stringify({
  created: { status: created.status, segments: created.numSegments, to: created.to, date: created.dateCreated instanceof Date && !isNaN(created.dateCreated) },
  fetched: { status: fetched.status, body: fetched.body === body, sent: fetched.dateSent instanceof Date },
  told,
  listed: listed.map((m) => m.body === body ? 'first' : m.body),
  few: few.length,
  landline: (({ status, errorCode }) => ({ status, errorCode }))(await client.messages(landline.sid).fetch()),
  problems: {
    number: await problem(client.messages.create({ to: '12', from: 'NETANSWER', body: 'x' })),
    body: await problem(client.messages.create({ to, from: 'NETANSWER', body: '' })),
    long: await problem(client.messages.create({ to, from: 'NETANSWER', body: 'あ'.repeat(1601) })),
    sid: await problem(client.messages('SM' + '0'.repeat(32)).fetch()),
    stranger: await problem(stranger.messages.create({ to, from: 'NETANSWER', body: 'x' })),
  },
}));
