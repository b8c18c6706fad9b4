import { expect, test } from 'netanswer-client/playwright';

const hanako = '090-0000-1001';

test('花子さんは届いたパスコードで登録を終え、IDのメールを受け取る', async ({ page, world }) => {
  const { link } = await world.at('passcode', { member: '花子さん' });
  await page.goto(link);
  const { code } = await world.sms.waitForPasscode(hanako);
  await page.getByLabel('ワンタイムパスコード').fill(code);
  await page.getByRole('button', { name: '認証する' }).click();
  await expect(page.getByText('ご登録ありがとうございます。')).toBeVisible();
  const mail = await world.mail.waitFor();
  expect(mail.text).toContain('ID');
});

test('10分たったパスコードは使えない', async ({ page, world }) => {
  const { link } = await world.at('passcode', { member: '花子さん' });
  await page.goto(link);
  const { code } = await world.sms.waitForPasscode(hanako);
  await world.clock.advance('10m'); // nobody waits: time is the world's
  await page.getByLabel('ワンタイムパスコード').fill(code);
  await page.getByRole('button', { name: '認証する' }).click();
  await expect(page.getByRole('alert')).toContainText('有効期限を過ぎた');
  expect((await world.registrations())[0]?.state).toBe('expired');
});

test('SMSが届かないときは再発行できる', async ({ page, world }) => {
  const { link } = await world.at('passcode-lost', { member: '花子さん' });
  await page.goto(link);
  expect(await world.sms.list(hanako)).toHaveLength(0);
  await world.clock.advance('1m');
  await page.getByRole('button', { name: 'ワンタイムパスコードを再発行する' }).click();
  expect((await world.sms.waitForPasscode(hanako)).code).toMatch(/^\d{6}$/);
});

test('サーバーの障害のあとも、同じパスコードで続けられる', async ({ page, world }) => {
  const { link } = await world.at('passcode', { member: '花子さん' });
  await page.goto(link);
  const { code } = await world.sms.waitForPasscode(hanako);
  await world.faults.planMember({ kind: 'status', status: 503, method: 'POST', route: '/registration/passcode' });
  await page.getByLabel('ワンタイムパスコード').fill(code);
  const [refused] = await Promise.all([
    page.waitForResponse('**/registration/passcode'),
    page.getByRole('button', { name: '認証する' }).click(),
  ]);
  expect(refused.status()).toBe(503);
  await page.goto(link);
  await page.getByLabel('ワンタイムパスコード').fill(code);
  await page.getByRole('button', { name: '認証する' }).click();
  await expect(page.getByText('ご登録ありがとうございます。')).toBeVisible();
});

test('同じところから二つの続きを試す', async ({ world }) => {
  const { registration } = await world.at('passcode', { member: '花子さん' });
  const other = await world.fork();
  const { code } = await world.sms.waitForPasscode(hanako);
  const enter = (w: typeof world, passcode: string) =>
    w.fetch(`/api/registrations/${registration?.id}/passcode`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ passcode }),
    });
  expect((await enter(world, code)).status).toBe(200);
  expect((await enter(other, code === '000000' ? '111111' : '000000')).status).toBe(422);
  expect((await other.registrations())[0]?.state).toBe('passcode'); // nothing of it is seen in the fork
  await other.delete();
});
