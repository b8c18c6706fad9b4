// What may be entered: each check returns the sentences that stand at a
// field, by the field's name.
import { broken } from './breaks.mjs';
import { endOfMonth } from './clock.mjs';
import { codeDigits, credential, isAmex } from './rules.mjs';
import { says } from './says.mjs';

const numeric = /^[0-9]*$/;

function number(value) {
  if (value === '') return [says.needed];
  if (!numeric.test(value)) return [says.numberCharacters];
  const lengths = isAmex(value) ? (broken('long-amex-accepted') ? [15, 16] : [15]) : [16]; // p26-3
  return lengths.includes(value.length) ? [] : [says.numberLength];
}

function until(month, year, now) {
  if (month === '' && year === '') return [says.needed];
  if (broken('expiry-of-any-form')) return [];
  if (!/^(0[1-9]|1[0-2])$/.test(month) || !/^[0-9]{2}$/.test(year)) return [says.expiryForm]; // p27-1
  return now >= endOfMonth(month, year) && !broken('expired-card-accepted') ? [says.expiryPast] : []; // a-02
}

function securityCode(value, cardNumber) {
  if (value === '') return [says.needed];
  const digits = codeDigits(cardNumber);
  return (numeric.test(value) && value.length === digits) || broken('code-of-any-length') ? [] : [says.codeForm(digits)];
}

function words(value, { least, most }) { // p29-1, p29-2
  if (value === '') return [says.needed];
  const all = [];
  if (!/[a-z]/i.test(value)) all.push(says.letter);
  if (!/[0-9]/.test(value)) all.push(says.digit);
  if ([...value].some((c) => !/[a-z0-9]/i.test(c) && !credential.symbols.includes(c))) all.push(says.characters);
  const length = [...value].length;
  if (length < least || length > most) all.push(says.length);
  return broken('only-the-first-error') ? all.slice(0, 1) : all;
}

const localPart = /^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i;

function address(value) { // a-13
  if (value === '' || broken('malformed-address-accepted')) return [];
  const [local, domain, ...more] = value.split('@');
  const labels = (domain ?? '').split('.');
  const right = more.length === 0 && local.length <= 64 && value.length <= 254 && localPart.test(local) && labels.length > 1 && labels.every((l) => label.test(l));
  return right ? [] : [says.address];
}

/** Everything that is wrong with a form by itself; an empty object where nothing is. */
export function checkForm(form, now) {
  const found = {
    number: number(form.number),
    until: until(form.month, form.year, now),
    code: securityCode(form.code, form.number),
    id: words(form.id, credential.id),
    password: words(form.password, credential.password),
    repeated: [],
    desk: address(form.desk),
    pocket: address(form.pocket),
    terms: form.agreed || broken('terms-not-needed') ? [] : [says.terms], // a-17
  };
  if (form.password !== '' && form.id.toLowerCase() === form.password.toLowerCase() && !broken('id-as-password-accepted')) found.password.push(says.same); // a-05
  if (form.repeated === '') found.repeated = [says.needed];
  else if (form.repeated !== form.password && !broken('confirmation-not-compared')) found.repeated = [says.different]; // p29-5
  if (form.desk === '' && form.pocket === '' && !broken('no-address-accepted')) found.desk = [says.oneAddress]; // p30-1
  return Object.fromEntries(Object.entries(found).filter(([, sentences]) => sentences.length > 0));
}

const bare = (text) => text.toLowerCase().replace(/[^a-z0-9]/g, '');

/** Which of ID and password hold something that others may know of the person (p29-3). */
export function personalIn(form, holder) {
  if (broken('personal-data-unnoticed')) return [];
  const known = [bare(holder.birth_date ?? '').slice(4), bare(holder.phone ?? '').slice(-4)];
  for (const mail of [form.desk, form.pocket, holder.email ?? '']) known.push(bare(mail.split('@')[0]));
  const fragments = known.filter((fragment) => fragment.length >= 4);
  return [['NetアンサーID', form.id], ['Netアンサーパスワード', form.password]]
    .filter(([, value]) => fragments.some((fragment) => bare(value).includes(fragment)))
    .map(([what]) => what);
}
