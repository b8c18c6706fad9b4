// What the process is told by its environment, read once.
const whole = (text) => (/^\d{1,5}$/.test(text) ? Number(text) : NaN);

export function readSettings(env) {
  const settings = {
    port: whole(env.PORT ?? '0'),
    sms: { url: env.SMS_URL ?? '', account: env.SMS_ACCOUNT ?? '', token: env.SMS_TOKEN ?? '' },
    mail: { address: env.SMTP_ADDRESS ?? '', user: env.SMTP_USER ?? '', password: env.SMTP_PASSWORD ?? '' },
    freeDial: env.FREE_DIAL ?? '0120-000111',
    timeout: 10000, // milliseconds that a provider may take, on a machine that has much else to do
  };
  if (!(settings.port <= 65535)) throw new Error(`PORT is a number up to 65535, 0 for any`);
  if (settings.sms.url !== '' && !/^https?:\/\//.test(settings.sms.url)) throw new Error('SMS_URL is an http address');
  if (settings.mail.address !== '' && !/^[^:\s]+:\d+$/.test(settings.mail.address)) throw new Error('SMTP_ADDRESS is host:port');
  if (!/^[\d-]+$/.test(settings.freeDial)) throw new Error('FREE_DIAL is a telephone number');
  return settings;
}
