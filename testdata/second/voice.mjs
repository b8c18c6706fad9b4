// The telephone: a voice webhook as Twilio's, answered with TwiML (p35).
import { createHmac, timingSafeEqual } from 'node:crypto';
import { formOf, Refusal } from './http.mjs';
import { html } from './html.mjs';
import { answerCall } from './identity.mjs';
import { look, touch } from './journey.mjs';

/** Tells whether a request was signed with the account's token. */
function signed(request, form, token) {
  const address = `http://${request.headers.host}${request.url}`;
  const data = Object.keys(form).sort().reduce((text, name) => text + name + form[name], address);
  const want = createHmac('sha1', token).update(data).digest();
  const got = Buffer.from(request.headers['x-twilio-signature'] ?? '', 'base64');
  return got.length === want.length && timingSafeEqual(got, want);
}

const national = (number) => number.replace(/^\+81/, '0');

const twiml = (verbs) => ({ status: 200, type: 'text/xml; charset=utf-8', body: `<?xml version="1.0" encoding="UTF-8"?>\n<Response>${verbs}</Response>` });

export const voice = (place, settings) => ({
  'POST /voice': async ({ request }) => {
    const form = await formOf(request);
    if (settings.sms.token !== '' && !signed(request, form, settings.sms.token)) throw new Refusal(403, 'the signature is wrong');
    const { store } = place;
    const withheld = !/^\+?\d+$/.test(form.From ?? '');
    const { guidance, journey } = answerCall(store, look, withheld ? '' : national(form.From), withheld);
    if (journey) {
      journey.dial.confirmed = true;
      touch(store, journey);
    }
    return twiml(html`<Say language="ja-JP">${guidance}</Say>`);
  },
});
