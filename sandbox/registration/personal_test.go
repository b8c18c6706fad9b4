package registration_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/sandbox/registration"
)

// known is a holder of whom the issuer tells everything.
var known = registration.Holder{MemberID: "hanako", Phone: "090-0000-1001", Email: "yamada@example.jp", BirthDate: "1985-04-12"}

func TestPersonalDataInAnIDOrPassword(t *testing.T) {
	p := policy(t)
	for name, c := range map[string]struct {
		id, password string
		holder       registration.Holder
		want         []string // the fields it is in
	}{
		"month and day":                        {"abcd0412", "Secret-2026", known, []string{"net_answer_id"}},
		"six digits of the birth date":         {"ab850412", "Secret-2026", known, []string{"net_answer_id"}},
		"a date with symbols":                  {"ab-04-12", "Secret-2026", known, []string{"net_answer_id"}},
		"the last of the telephone":            {"abcd-2026", "Secret-1001", known, []string{"password"}},
		"the whole telephone":                  {"a09000001001", "Secret-2026", known, []string{"net_answer_id"}},
		"the form's address, in capitals":      {"HANAKO-26", "Secret-2026", known, []string{"net_answer_id"}},
		"the issuer's address":                 {"abcd-2026", "yamada-2026", known, []string{"password"}},
		"both fields":                          {"abcd0412", "hanako-1001", known, []string{"net_answer_id", "password"}},
		"the year alone":                       {"abcd1985", "Secret-2026", known, nil},
		"another day":                          {"abcd0413", "Secret-2026", known, nil},
		"a part of the address":                {"hanak-26", "Secret-2026", known, nil},
		"a card without birth date and number": {"abcd0412", "Secret-1001", registration.Holder{}, nil},
	} {
		f := goodForm()
		f.NetAnswerID, f.Password, f.PasswordConfirmation = c.id, c.password, c.password
		p.PersonalDataInCredentials = registration.StanceWarn
		r, err := registration.Start("r", "t", noon).Submit(p, noon, f, "digest", c.holder)
		if err != nil {
			t.Errorf("%s: refused by a policy that warns: %v", name, err)
		}
		var warned []string
		for _, w := range r.Application.Warnings() {
			warned = append(warned, w.Field)
		}
		if diff := cmp.Diff(c.want, warned); diff != "" {
			t.Errorf("%s: warned of (-want +got):\n%s", name, diff)
		}
		p.PersonalDataInCredentials = registration.StanceRefuse
		r, err = registration.Start("r", "t", noon).Submit(p, noon, f, "digest", c.holder)
		var refused registration.Errors
		errors.As(err, &refused)
		var at []string
		for _, e := range refused {
			at = append(at, e.Field)
		}
		if diff := cmp.Diff(c.want, at); diff != "" || (err != nil) != (r.State == registration.Input) {
			t.Errorf("%s: refused, in state %s, at (-want +got):\n%s", name, r.State, diff)
		}
	}
}

func TestAShortAddressIsNotLookedFor(t *testing.T) {
	f := goodForm()
	f.EmailPC, f.NetAnswerID = "h.a@example.jp", "ha-haru26"
	r, err := registration.Start("r", "t", noon).Submit(policy(t), noon, f, "digest", registration.Holder{})
	if err != nil || len(r.Application.Warnings()) > 0 {
		t.Errorf("warned of %v, %v", r.Application.Warnings(), err)
	}
}

func TestAnIDThatIsThePassword(t *testing.T) {
	p, f := policy(t), goodForm()
	f.NetAnswerID, f.Password, f.PasswordConfirmation = "same-2026", "Same-2026", "Same-2026"
	var errs registration.Errors
	if !errors.As(f.Check(p, noon), &errs) || len(errs) != 1 || errs[0].Code != "id_equal_password" || errs[0].Field != "password" {
		t.Errorf("the same but for case: %v", errs)
	}
	p.IDEqualPassword = registration.StanceAllow
	if err := f.Check(p, noon); err != nil {
		t.Errorf("allowed by the policy: %v", err)
	}
}

func TestOnlySaisonCardsAreRegisteredHere(t *testing.T) {
	for product, want := range map[string]string{"": "", "saison": "", "corporate": "corporate_card", "club_on": "other_registration", "gold": "product_unknown"} {
		h := known
		h.Product = product
		r, err := registration.Start("r", "t", noon).Submit(policy(t), noon, goodForm(), "digest", h)
		var refused *registration.Error
		errors.As(err, &refused)
		got := ""
		if refused != nil {
			got = refused.Code
		}
		if got != want || (want == "") != (r.State == registration.Confirm) {
			t.Errorf("%q: %q in state %s, want %q", product, got, r.State, want)
		}
	}
}

func TestAChoiceThatDoesNotExistIsRefused(t *testing.T) {
	for name, spoil := range map[string]func(*registration.Policy){
		"personal data":  func(p *registration.Policy) { p.PersonalDataInCredentials = "allow" },
		"equal":          func(p *registration.Policy) { p.IDEqualPassword = "warn" },
		"none":           func(p *registration.Policy) { p.IDEqualPassword = "" },
		"in other words": func(p *registration.Policy) { p.PersonalDataInCredentials = "Refuse" },
	} {
		p := policy(t)
		spoil(&p)
		if p.Check() == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}
