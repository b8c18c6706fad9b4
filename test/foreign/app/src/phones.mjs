/** Only a mobile number can receive a short message. */
export function isMobile(phone) {
  return /^0[789]0\d{8}$/.test(compact(phone));
}

export function toE164(phone) {
  return `+81${compact(phone).slice(1)}`;
}

/** "*****0000", as the guide's passcode screen prints it. */
export function maskedPhone(phone) {
  return phone ? `*****${compact(phone).slice(-4)}` : null;
}

function compact(phone) {
  return String(phone ?? '').replace(/\D/g, '');
}
