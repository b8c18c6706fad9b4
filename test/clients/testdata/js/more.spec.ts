// What the example suite does not show: a test that fails, and somebody's own frontend.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'netanswer-client/playwright';

test('fails on purpose', async ({ world }) => {
  await world.at('passcode', { member: '花子さん' });
  expect(await world.sms.list()).toHaveLength(0);
});

const own = createServer((_, answer) => {
  answer.setHeader('Content-Type', 'text/html');
  answer.end('<!doctype html><title>own</title><p id="state"></p>');
});

test.describe('own frontend', () => {
  test.use({
    frontend: async ({}, use) => {
      await new Promise<void>((done) => own.listen(0, '127.0.0.1', done));
      await use(`http://localhost:${(own.address() as AddressInfo).port}`);
      own.closeAllConnections();
      own.close();
    },
  });
  test('is in the world of its test', async ({ page, world }) => {
    await page.goto('/');
    const api = `http://localhost:${new URL(world.memberURL).port}/api/registrations`;
    const state = await page.evaluate(async (url) => (await (await fetch(url, { method: 'POST' })).json()).state, api);
    expect(state).toBe('input');
    expect(await world.registrations()).toHaveLength(1);
  });
});
