import { after, beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';
import { codeOf, startWorld } from './support.mjs';

const world = await startWorld();
after(() => world.stop());
beforeEach(async () => {
  await world.hook('reset');
  await world.hook('clock', { now: '2026-11-24T10:00:00+09:00' });
  world.sms.messages.length = 0;
  world.smtp.mails.length = 0;
  world.sms.fail = false;
});

const VISA = ['4242 4200 0000 1008', '04/29', '123'];
const LANDLINE = ['4242420000006007', '1227', '246'];

async function finish(phone, mail = 'new@example.jp') {
  await phone.call('PUT', '/registration/mail', { mail });
  await phone.call('PUT', '/registration/password', { password: 'abcd-1234' });
  return phone.call('POST', '/registration/complete', { agreed: true });
}

test('a registration by SMS, to the home screen', async () => {
  const phone = world.phone();
  const card = await phone.card(...VISA);
  assert.equal(card.registration.stage, 'destination');
  assert.deepEqual(card.registration.phone, { masked: '*****1201', sms: true });
  assert.equal((await phone.call('PUT', '/registration/mail', { mail: 'a@example.jp' })).status, 409);

  await phone.call('POST', '/registration/passcode');
  const [message] = world.sms.messages;
  assert.equal(message.path, '/2010-04-01/Accounts/AC1/Messages.json');
  assert.equal(message.auth, `Basic ${Buffer.from('AC1:secret').toString('base64')}`);
  assert.equal(message.To, '+819000001201');
  assert.match(message.Body, /^パスコード \d{6}\nご利用のサービスに入力して手続きを進めてください。\n有効期限: 11\/24 10:10\n株式会社クレディセゾン$/);

  // Leaving for the messages and coming back.
  assert.equal((await phone.call('GET', '/state')).registration.stage, 'passcode');
  const verified = await phone.call('POST', '/registration/passcode/check', { passcode: codeOf(message) });
  assert.equal(verified.registration.stage, 'mail');

  const done = await finish(phone);
  assert.match(done.completion.netAnswerId, /^[a-z]\d[a-z]{2}\d{2}[a-z]{2}$/);
  assert.equal(done.completion.mailSent, true);
  assert.equal(done.walletPending, true);
  assert.equal(world.smtp.auth, '\0mailer\0pass');
  const [, body] = world.smtp.mails[0].split('\r\n\r\n');
  assert.ok(Buffer.from(body, 'base64').toString().includes(done.completion.netAnswerId));

  const started = await phone.call('POST', '/wallet', { choice: 'later' });
  assert.equal(started.walletPending, false);
  const home = await phone.call('GET', '/account');
  assert.equal(home.payment.payday, '2026-12-04');
  assert.ok(home.points > 0 && home.payment.total > 0);

  const other = world.phone();
  const login = await other.call('POST', '/login', { id: done.completion.netAnswerId, password: 'abcd-1234' });
  assert.equal(login.registered, true);
});

test('a registration by PIN for a landline', async () => {
  const phone = world.phone();
  const card = await phone.card(...LANDLINE);
  assert.equal(card.registration.phone.sms, false);
  assert.equal((await phone.call('POST', '/registration/passcode')).error.code, 'no-mobile');
  const wrong = await phone.call('POST', '/registration/pin', { pin: '0000' });
  assert.ok(wrong.error.fields.pin);
  assert.equal((await phone.call('POST', '/registration/pin', { pin: '９５１３' })).registration.stage, 'mail');
  assert.equal((await finish(phone)).registered, true);
  assert.equal(world.sms.messages.length, 0);
});

test('the passcode lives for ten minutes', async () => {
  for (const [time, status] of [['10:09:50', 200], ['10:10:01', 410]]) {
    await world.hook('clock', { now: '2026-11-24T10:00:00+09:00' });
    const phone = world.phone();
    await phone.card(...VISA);
    await phone.call('POST', '/registration/passcode');
    await world.hook('clock', { now: `2026-11-24T${time}+09:00` });
    const passcode = codeOf(world.sms.messages.at(-1));
    assert.equal((await phone.call('POST', '/registration/passcode/check', { passcode })).status, status);
    if (status === 410) assert.equal((await phone.call('GET', '/state')).registration, null);
  }
});

test('a reissued passcode replaces the former; five errors end the registration', async () => {
  const phone = world.phone();
  await phone.card(...VISA);
  await phone.call('POST', '/registration/passcode');
  await phone.call('POST', '/registration/passcode');
  const [first, second] = world.sms.messages.map(codeOf);
  if (first !== second) {
    assert.equal((await phone.call('POST', '/registration/passcode/check', { passcode: first })).status, 422);
  }
  const wrong = second === '000000' ? '000001' : '000000';
  let last;
  for (let i = 0; i < 4; i += 1) last = await phone.call('POST', '/registration/passcode/check', { passcode: wrong });
  assert.equal(last.error.code, 'passcode-failed');
});

test('an SMS that fails leaves the PIN', async () => {
  world.sms.fail = true;
  const phone = world.phone();
  await phone.card(...VISA);
  assert.equal((await phone.call('POST', '/registration/passcode')).error.code, 'sms-failed');
  assert.equal((await phone.call('POST', '/registration/pin', { pin: '2580' })).registration.stage, 'mail');
});

test('cards that cannot be registered', async () => {
  const outcomes = [
    [['3530110000008003', '03/24', '531'], 'expired'],
    [['4242420000009001', '09/29', '975'], 'corporate'],
    [['5555550000010001', '09/29', '642'], 'card-locked'],
    [['4242420000001008', '04/29', '999'], 'card-mismatch'],
    [['4242420000001000', '04/29', '123'], 'invalid'],
    [['4242420000001008', '13/29', '123'], 'invalid'],
  ];
  for (const [card, code] of outcomes) assert.equal((await world.phone().card(...card)).error.code, code);
});

test('five mismatches close the card for thirty minutes', async () => {
  for (let i = 0; i < 5; i += 1) await world.phone().card(VISA[0], VISA[1], '999');
  assert.equal((await world.phone().card(...VISA)).error.code, 'card-guard');
  await world.hook('clock', { now: '2026-11-24T10:31:00+09:00' });
  assert.equal((await world.phone().card(...VISA)).status, 200);
});

test('registering again keeps the Net Answer ID', async () => {
  const phone = world.phone();
  await phone.card('3530110000012005', '06/29', '207');
  await phone.call('POST', '/registration/pin', { pin: '6408' });
  assert.equal((await finish(phone)).completion.netAnswerId, 'k3fm72qx');
});

test('the four sentences for a password', async () => {
  const phone = world.phone();
  await phone.card(...VISA);
  await phone.call('POST', '/registration/pin', { pin: '2580' });
  await phone.call('PUT', '/registration/mail', { mail: 'a@example.jp' });
  const expected = {
    12345678: ['半角英字を含めてください'],
    abcdefgh: ['半角数字を含めてください'],
    'abcd123!': ['半角英数字および記号(-=@_のみ)で入力してください'],
    abc1234: ['8～16文字でご入力ください'],
    abcdefgh123456789: ['8～16文字でご入力ください'],
  };
  for (const [password, sentences] of Object.entries(expected)) {
    const answer = await phone.call('PUT', '/registration/password', { password });
    assert.deepEqual(answer.error.fields.password, sentences);
  }
});

test('statement, payment change and request', async () => {
  const phone = world.phone();
  assert.equal((await phone.call('GET', '/account')).status, 401);
  await phone.card(...VISA);
  await phone.call('POST', '/registration/pin', { pin: '2580' });
  await finish(phone);
  const { changeable } = await phone.call('GET', '/account/statement');
  const changed = await phone.call('POST', '/account/payment-method', { purchase: changeable[0].index, method: 'リボ払い' });
  assert.equal(changed.changeable.length, changeable.length - 1);
  const { receipt } = await phone.call('POST', '/account/requests', { kind: 'inquiry', text: '質問です' });
  assert.match(receipt, /^R20261124-\d{4}$/);
});

test('test hooks need the token; the clock runs', async () => {
  assert.equal((await world.hook('reset', {}, 'wrong')).status, 401);
  const { now } = await (await world.hook('clock', { now: '2030-01-01T00:00:00+09:00' })).json();
  assert.ok(now.startsWith('2029-12-31T15:00:00'));
});

test('pages, code and assets below the base path', async () => {
  assert.match(await (await fetch(`${world.url}/app/card`)).text(), /content="\/m"/);
  assert.match(await (await fetch(`${world.url}/qr.svg`)).text(), /^<svg/);
  assert.equal((await fetch(`${world.url}/assets/js/main.mjs`)).status, 200);
  assert.equal((await fetch(`${world.url}/assets/..%2f..%2fmembers.json`)).status, 404);
});
