package registration

import "strings"

// What a policy does with an ID or a password that it does not want.
const (
	StanceAllow  = "allow"  // nothing
	StanceWarn   = "warn"   // the member is told at the confirmation
	StanceRefuse = "refuse" // an error at the field
)

// leastLocalPart is how long the local part of a mail address must be to be
// looked for; a shorter one stands in too many words by chance.
const leastLocalPart = 4

// A Warning is what a member should know of what they entered, though it was
// taken. Its fields are those of an Error; what was entered is not in it.
type Warning struct{ Field, Code, Text string }

// personalIn returns the fields, of ID and password, that contain what
// anybody who knows the holder may know (p29-3, a-18):
//
//   - the birth date as MMDD, and so as YYMMDD and YYYYMMDD;
//   - the last four digits of the telephone number, and so the whole of it;
//   - the local part of a mail address, the form's or the issuer's, that has
//     four letters and digits at the least.
//
// Both sides are compared by their ASCII letters and digits alone, case aside:
// 04-12 contains 0412. Birth date and telephone are the issuer's, so they are
// known only once the card was verified; of a zero Holder only the form's own
// addresses are looked for.
func (f Form) personalIn(h Holder) []string {
	fragments := personal(f, h)
	var found []string
	for _, field := range []struct{ name, value string }{{FieldNetAnswerID, f.NetAnswerID}, {FieldPassword, f.Password}} {
		value := bare(field.value)
		for _, fragment := range fragments {
			if strings.Contains(value, fragment) {
				found = append(found, field.name)
				break
			}
		}
	}
	return found
}

// personal are the shortest fragments that must not be contained.
func personal(f Form, h Holder) []string {
	var fragments []string
	if date := bare(h.BirthDate); len(date) == len("YYYYMMDD") {
		fragments = append(fragments, date[4:])
	}
	if phone := bare(h.Phone); len(phone) >= 4 {
		fragments = append(fragments, phone[len(phone)-4:])
	}
	for _, address := range []string{f.EmailPC, f.EmailMobile, h.Email} {
		local, _, _ := strings.Cut(address, "@")
		if local = bare(local); len(local) >= leastLocalPart {
			fragments = append(fragments, local)
		}
	}
	return fragments
}

// bare is the letters and digits of a text, in small letters.
func bare(text string) string {
	return strings.Map(func(c rune) rune {
		c = smallLetter(c)
		if 'a' <= c && c <= 'z' || '0' <= c && c <= '9' {
			return c
		}
		return -1
	}, text)
}

// refusePersonal are the errors of a form whose ID or password contains
// personal data, where the policy refuses that.
func (f Form) refusePersonal(p Policy, h Holder) error {
	var errs Errors
	if p.PersonalDataInCredentials == StanceRefuse {
		for _, field := range f.personalIn(h) {
			errs.add(field, "personal_data", "error.personal_data")
		}
	}
	return errs.Err()
}

// Warnings are what the confirmation tells of what was entered.
func (a Application) Warnings() []Warning {
	var all []Warning
	for _, w := range []struct {
		warned bool
		field  string
	}{{a.PersonalInID, FieldNetAnswerID}, {a.PersonalInPassword, FieldPassword}} {
		if w.warned {
			all = append(all, Warning{Field: w.field, Code: "personal_data", Text: "warning.personal_data_" + w.field})
		}
	}
	return all
}
