/** Sends one short message over a Twilio-compatible REST API; throws unless it was accepted. */
export async function sendSms({ url, account, token, from, timeoutMs }, { to, body }) {
  if (!url) throw new Error('SMS_URL is not set');
  const response = await fetch(
    `${url}/2010-04-01/Accounts/${encodeURIComponent(account)}/Messages.json`,
    {
      method: 'POST',
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        Authorization: `Basic ${Buffer.from(`${account}:${token}`).toString('base64')}`,
        'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8',
      },
      body: new URLSearchParams({ To: to, From: from, Body: body }).toString(),
    },
  );
  await response.arrayBuffer();
  if (response.status !== 201) throw new Error(`SMS gateway answered ${response.status}`);
}
