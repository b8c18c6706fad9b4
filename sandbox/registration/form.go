package registration

import (
	"net/mail"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// The names of the form's fields, in JSON and on the page.
const (
	FieldCardNumber           = "card_number"
	FieldExpiry               = "expiry"
	FieldSecurityCode         = "security_code"
	FieldNetAnswerID          = "net_answer_id"
	FieldPassword             = "password"
	FieldPasswordConfirmation = "password_confirmation"
	FieldEmailPC              = "email_pc"
	FieldEmailMobile          = "email_mobile"
	FieldTerms                = "terms_agreed"
	FieldPasscode             = "passcode"

	FieldCompany = "card_company" // the app's own, from here on
	FieldDevice  = "device"
	FieldPIN     = "pin"
	FieldEmail   = "email"
)

// A Form is what the member wrote, unchecked.
type Form struct {
	CardNumber           string
	ExpiryMonth          string
	ExpiryYear           string
	SecurityCode         string
	NetAnswerID          string
	Password             string
	PasswordConfirmation string
	EmailPC              string
	EmailMobile          string
	Newsletter           bool
	TermsAgreed          bool
}

// amexPrefixes are how numbers of the brand with a code of four digits begin.
var amexPrefixes = []string{"34", "37"}

// Check returns everything that is wrong with the form by itself, in the
// order of its fields, as Errors; nil where nothing is. Whether the card exists
// is for the issuer to say.
func (f Form) Check(p Policy, now time.Time) error {
	var errs Errors
	f.checkCard(p, now, &errs)
	checkCredential(&errs, FieldNetAnswerID, f.NetAnswerID, p.NetAnswerIDMin, p.NetAnswerIDMax, p)
	checkCredential(&errs, FieldPassword, f.Password, p.PasswordMin, p.PasswordMax, p)
	if p.IDEqualPassword == StanceRefuse && f.Password != "" && strings.EqualFold(f.NetAnswerID, f.Password) { // a-05
		errs.add(FieldPassword, "id_equal_password", "error.id_equal_password")
	}
	switch {
	case f.PasswordConfirmation == "":
		errs.add(FieldPasswordConfirmation, "required", "error.required")
	case f.PasswordConfirmation != f.Password: // p29-5
		errs.add(FieldPasswordConfirmation, "password_mismatch", "error.password_mismatch")
	}
	if f.EmailPC == "" && f.EmailMobile == "" { // p30-1
		errs.add(FieldEmailPC, "email_one_required", "error.email_one")
	}
	checkEmail(&errs, FieldEmailPC, f.EmailPC)
	checkEmail(&errs, FieldEmailMobile, f.EmailMobile)
	if !f.TermsAgreed { // a-17
		errs.add(FieldTerms, "terms_declined", "error.terms_declined")
	}
	return errs.Err()
}

func (f Form) checkCard(p Policy, now time.Time, errs *Errors) {
	amex := f.amex()
	switch want := cardLength(amex); {
	case f.CardNumber == "":
		errs.add(FieldCardNumber, "required", "error.required")
	case !digitsOnly(f.CardNumber):
		errs.add(FieldCardNumber, "card_number_characters", "error.card_number_characters")
	case len(f.CardNumber) != want: // p26-3
		errs.add(FieldCardNumber, "card_number_length", "error.card_number_length")
	}
	switch {
	case f.ExpiryMonth == "" && f.ExpiryYear == "":
		errs.add(FieldExpiry, "required", "error.required")
	case !f.expiryWellFormed(): // p27-1
		errs.add(FieldExpiry, "expiry_form", "error.expiry_form")
	case expired(f.ExpiryMonth, f.ExpiryYear, now): // a-02
		errs.add(FieldExpiry, "expiry_past", "error.expiry_past")
	}
	want := p.SecurityCodeDigits // p28-1
	if amex {
		want = p.SecurityCodeDigitsAmex // p28-2
	}
	switch {
	case f.SecurityCode == "":
		errs.add(FieldSecurityCode, "required", "error.required")
	case !digitsOnly(f.SecurityCode) || len(f.SecurityCode) != want:
		errs.add(FieldSecurityCode, "security_code_form", "error.security_code_form", "digits", strconv.Itoa(want))
	}
}

func (f Form) amex() bool {
	for _, prefix := range amexPrefixes {
		if strings.HasPrefix(f.CardNumber, prefix) {
			return true
		}
	}
	return false
}

func cardLength(amex bool) int {
	if amex {
		return 15
	}
	return 16
}

func (f Form) expiryWellFormed() bool {
	return len(f.ExpiryMonth) == 2 && len(f.ExpiryYear) == 2 &&
		digitsOnly(f.ExpiryMonth+f.ExpiryYear) && "01" <= f.ExpiryMonth && f.ExpiryMonth <= "12"
}

// expired tells whether a card that shows month and year has expired: it is good
// to the last moment of its month.
func expired(month, year string, now time.Time) bool {
	m, _ := strconv.Atoi(month) // two digits, checked before
	y, _ := strconv.Atoi(year)
	end := time.Date(2000+y, time.Month(m)+1, 1, 0, 0, 0, 0, now.Location())
	return !now.Before(end)
}

// checkCredential checks an ID or a password: p29-1, p29-2, and the four
// sentences that p16 words for it, each exactly when it applies.
func checkCredential(errs *Errors, field, v string, low, high int, p Policy) {
	if v == "" {
		errs.add(field, "required", "error.required")
		return
	}
	var letter, digit, other bool
	for _, c := range v {
		switch {
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z':
			letter = true
		case '0' <= c && c <= '9':
			digit = true
		case !strings.ContainsRune(p.CredentialSymbols, c):
			other = true
		}
	}
	if !letter {
		errs.add(field, "credential_letter", "error.credential_letter")
	}
	if !digit {
		errs.add(field, "credential_digit", "error.credential_digit")
	}
	if other {
		errs.add(field, "credential_characters", "error.credential_characters", "symbols", p.CredentialSymbols)
	}
	if n := utf8.RuneCountInString(v); n < low || n > high {
		errs.add(field, "credential_length", "error.credential_length", "min", strconv.Itoa(low), "max", strconv.Itoa(high))
	}
}

// checkEmail accepts what RFC 5321 calls a mailbox of ASCII letters, with a
// domain of two labels at least, and the addresses of carriers beside it that
// members have. An empty address is for the caller to judge.
func checkEmail(errs *Errors, field, v string) {
	if v == "" {
		return
	}
	switch plain, dotted := carrierDots(v); {
	case dotted && emailWellFormed(plain):
		if !ofCarrier(v) {
			errs.add(field, "email_dots", "error.email_dots")
		}
	case !emailWellFormed(v): // a-13
		errs.add(field, "email_form", "error.email_form")
	}
}

// carrierDots tells whether an address has dots in a row or one right before the
// @, as carriers once gave them to members although RFC 5321 and 5322 have them in
// quotes only, and what it would be without those.
func carrierDots(v string) (plain string, dotted bool) {
	local, domain, _ := strings.Cut(v, "@")
	for strings.Contains(local, "..") {
		local = strings.ReplaceAll(local, "..", ".")
	}
	local = strings.TrimSuffix(local, ".")
	return local + "@" + domain, local+"@"+domain != v
}

// carriers gave such addresses, and members have them still.
var carriers = []string{
	"docomo.ne.jp",
	"ezweb.ne.jp",
	"au.com",
	"softbank.ne.jp",
	"i.softbank.jp",
	"vodafone.ne.jp",
	"willcom.com",
	"pdx.ne.jp",
	"disney.ne.jp",
}

// ofCarrier tells whether an address is of a carrier, or below one of its domains.
func ofCarrier(v string) bool {
	_, domain, _ := strings.Cut(strings.ToLower(v), "@")
	for _, c := range carriers {
		if domain == c || strings.HasSuffix(domain, "."+c) {
			return true
		}
	}
	return false
}

func emailWellFormed(v string) bool {
	if len(v) > 254 || strings.ContainsFunc(v, func(c rune) bool { return c > '~' }) {
		return false
	}
	parsed, err := mail.ParseAddress(v)
	if err != nil || parsed.Address != v { // it takes names, comments, quotes and spaces as well
		return false
	}
	local, domain, _ := strings.Cut(v, "@")
	if len(local) > 64 || strings.Contains(domain, "[") {
		return false
	}
	labels := strings.Split(domain, ".")
	for _, l := range labels {
		if len(l) > 63 || strings.HasPrefix(l, "-") || strings.HasSuffix(l, "-") || strings.Contains(l, "_") {
			return false
		}
	}
	return len(labels) >= 2
}

const digits = "0123456789"

func digitsOnly(s string) bool {
	return strings.Trim(s, digits) == ""
}
