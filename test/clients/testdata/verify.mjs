// Verifies a number by the service's own client, looks it up, and calls it. One argument:
// {base, console, account, token, to, world}.
import { createRequire } from 'node:module';
const require = createRequire(process.env.NODE_PATH + '/');
const twilio = require('twilio');
const { base, console: control, account, token, to, world } = JSON.parse(process.argv[2]);
const client = twilio(account, token);
client.verify.baseUrl = base;
client.lookups.baseUrl = base;
client.api.baseUrl = base;
const service = client.verify.v2.services('VA' + '0'.repeat(32));
const problem = async (promise) => { try { await promise; return null; } catch (e) { return { code: e.code, status: e.status }; } };

const begun = await service.verifications.create({ to, channel: 'sms', locale: 'ja' });
const sms = await (await fetch(`${control}/api/worlds/${world}/sms/wait`)).json();
const code = sms.passcode.code;
const wrong = await service.verificationChecks.create({ to, code: code === '000000' ? '111111' : '000000' });
const right = await service.verificationChecks.create({ to, code });
const looked = await client.lookups.v2.phoneNumbers(to).fetch({ fields: 'line_type_intelligence' });
const said = '<Response><Say language="ja-JP">認証コードは、4、8、2、9、1、3、です。</Say></Response>';
const placed = await client.calls.create({ to, from: '+15005550006', twiml: said, timeout: 20 });
const heard = await (await fetch(`${control}/api/worlds/${world}/calls/wait?from=09000001001&ended=true`)).json();
const fetched = await client.calls(placed.sid).fetch();
const listed = await client.calls.list({ to, status: 'completed', pageSize: 1, startTimeAfter: new Date('2000-01-01') });
console.log(JSON.stringify({
  listed: listed.map((call) => call.sid === placed.sid && call.status),
  placed: placed.status, heard: heard.passcode?.code, ended: fetched.status, direction: fetched.direction,
  recorded: await problem(client.calls.create({ to, from: '+15005550006', twiml: said, record: true })),
  begun: begun.status, wrong: wrong.status, right: right.status, valid: right.valid, line: looked.lineTypeIntelligence.type, country: looked.countryCode,
  again: await problem(service.verificationChecks.create({ to, code })),
  call: await problem(service.verifications.create({ to, channel: 'call' })),
}));
