// The telephone: a voice webhook as Twilio's, answered with TwiML (p35). A call
// confirms when it has ended and was heard to its end: /voice/heard is asked for
// behind the guidance, /voice/ended is the status call-back (a-11).
import { createHmac, timingSafeEqual } from 'node:crypto';
import { broken } from './breaks.mjs';
import { formOf, nothing, Refusal } from './http.mjs';
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

function confirm(store, journey) {
  journey.dial.confirmed = true;
  touch(store, journey);
}

/** Routes by method and path, over the one place that holds the store. */
export function voice(place, settings) {
  const formIn = async (request) => {
    const form = await formOf(request);
    if (settings.sms.token !== '' && !signed(request, form, settings.sms.token)) throw new Refusal(403, 'the signature is wrong');
    return form;
  };
  return {
    'POST /voice': async ({ request }) => {
      const form = await formIn(request);
      const { store } = place;
      const withheld = !/^\+?\d+$/.test(form.From ?? '');
      const { guidance, journey } = answerCall(store, look, withheld ? '' : national(form.From), withheld);
      const say = html`<Say language="ja-JP">${guidance}</Say>`;
      if (!journey) return twiml(say);
      store.calls.set(form.CallSid, { journey, heard: false });
      journey.dial.onLine.add(form.CallSid);
      if (broken('call-confirms-before-its-end')) confirm(store, journey);
      return twiml(html`${say}<Redirect>/voice/heard</Redirect>`);
    },
    'POST /voice/heard': async ({ request }) => {
      const form = await formIn(request);
      const call = place.store.calls.get(form.CallSid);
      if (call) call.heard = true;
      return twiml('');
    },
    'POST /voice/ended': async ({ request }) => {
      const form = await formIn(request);
      const { store } = place;
      const call = store.calls.get(form.CallSid);
      if (!call) return nothing(); // it was about nobody
      store.calls.delete(form.CallSid);
      call.journey.dial.onLine.delete(form.CallSid);
      if (call.heard && call.journey.at === 'dial') confirm(store, call.journey);
      return nothing();
    },
  };
}
