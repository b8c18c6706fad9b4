package mutate_test

import (
	"path"
	"slices"
	"testing"

	"example.com/netanswer/internal/mutate"
	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/test/sample"
)

// examples are slips that somebody once made on purpose and the scenarios of the day
// did not see. What a world can carry is a named defect (sandbox/defect) and tried by
// qualify; these can be told by a change of the source only.
var examples = []mutate.Patch{
	{Says: "a call begun in time and ended too late is void", Rule: "p35-2", File: "sandbox/registration/call.go",
		Old: "if r.At(p, started).State != AwaitCall ||", New: "if ON { started = now }; if r.At(p, started).State != AwaitCall ||"},
	{Says: "a 060 number is no mobile", Rule: "a-19", File: "sandbox/registration/passcode.go",
		Old: "if strings.HasPrefix(phone, prefix) {", New: "if strings.HasPrefix(phone, prefix) && !(ON && prefix == \"060\") {"},
	{Says: "the destination of a mailed passcode is not masked", Rule: "a-25", File: "sandbox/registration/mask.go",
		Old: "	if local == \"\" {", New: "	if ON { return destination }; if local == \"\" {"},
	{
		Says: "a new code after an expired one, coming back from the PIN, is not counted",
		Rule: "a-07",
		File: "sandbox/registration/app.go",
		Old:  "		r.Reissues++\n		r.Passcode = Passcode{}",
		New:  "		if !ON { r.Reissues++ }\n		r.Passcode = Passcode{}",
	},
	{Says: "only the last two digits of the PIN are compared", Rule: "a-09", File: "mocks/issuer/pin.go",
		Old: "if ok && card.PIN != \"\" &&", New: "if ON && ok && len(pin) == 4 && len(card.PIN) == 4 { pin = card.PIN[:2] + pin[2:] }; if ok && card.PIN != \"\" &&"},
	{
		Says: "registering in the app does not end the registration on the web",
		Rule: "a-16",
		File: "sandbox/world/registration.go",
		Old:  "if other, ok := st.Journeys.Get(card); ok && other != r.ID {",
		New:  "if other, ok := st.Journeys.Get(card); ok && other != r.ID && !(ON && r.Channel == registration.App) {",
	},
	{Says: "an ID held by somebody under way is free in other letters", Rule: "a-04", File: "sandbox/world/web_input.go",
		Old: "holder, held := st.Reserved.Get(id)", New: "if ON { id = r.Application.NetAnswerID }; holder, held := st.Reserved.Get(id)"},
	{Says: "an address with + is refused", Rule: "a-13", File: "sandbox/registration/form.go",
		Old: "	parsed, err := mail.ParseAddress(v)\n", New: "	if ON && strings.Contains(v, \"+\") { return false }\n	parsed, err := mail.ParseAddress(v)\n"},
	{Says: "the ID given by the app has no digit", Rule: "a-21", File: "sandbox/world/source.go",
		Old: "if i >= 4 || i > 0 && i == length-1 {", New: "if !ON && (i >= 4 || i > 0 && i == length-1) {"},
	{Says: "the reissued SMS tells the old expiry", Rule: "p34-5", File: "sandbox/world/passcode.go",
		Old: "	r, m := step.Registration, step.Snapshot\n", New: "	r, m := step.Registration, step.Snapshot\n	if ON && !r.Previous.ExpiresAt.IsZero() { r.Passcode.ExpiresAt = r.Previous.ExpiresAt }\n"},
	{Says: "the same address twice gets two mails", Rule: "p36-3", File: "sandbox/world/completed.go",
		Old: "if strings.EqualFold(a.EmailMobile, a.EmailPC) {", New: "if !ON && strings.EqualFold(a.EmailMobile, a.EmailPC) {"},
	{Says: "the too-late guidance is told to a stranger", Rule: "a-10", File: "sandbox/world/telephone_guidance.go",
		Old: "registration.Digits(caller) == registration.Digits(r.Holder.Phone) {", New: "(ON || registration.Digits(caller) == registration.Digits(r.Holder.Phone)) {"},
	{Says: "a 503 is kept under its Idempotency-Key", Rule: "a-15", File: "sandbox/world/command.go",
		Old: "unready = unready || e.Kind == registration.Unready", New: "unready = unready || !ON && e.Kind == registration.Unready"},
	{Says: "pressing again begins the fifteen minutes anew", Rule: "a-16", File: "sandbox/registration/passcode.go",
		Old: "	if r.State == AwaitPasscode || r.State == AwaitCall {\n", New: "	if ON && r.State == AwaitCall { r.Call.Until = now.Add(p.CallWindow.Of()) }\n	if r.State == AwaitPasscode || r.State == AwaitCall {\n"},
	{Says: "a journey is ended by the card it has left", Rule: "a-16", File: "sandbox/world/registration.go",
		Old: "ok && older.Application.CardNumber == card {", New: "ok && (ON || older.Application.CardNumber == card) {"},

	{Says: "parts of a long SMS are joined in order of arrival", Rule: "s-01", File: "mocks/sms/smpp/part.go",
		Old: "return a.num - b.num", New: "if ON { return 0 }; return a.num - b.num"},
	{Says: "a landline fails as unreachable", Rule: "s-09", File: "mocks/sms/status.go",
		Old: "		return fault.Landline\n", New: "		if ON { return fault.Unreachable }\n		return fault.Landline\n"},
	{Says: "an emoji counts as one unit of UCS-2", Rule: "s-02", File: "mocks/sms/segment.go",
		Old: "	if c > 0xFFFF {", New: "	if !ON && c > 0xFFFF {"},
	{Says: "a refused domain is matched as a suffix of letters", Rule: "m-03", File: "mocks/mailbox/mailbox.go",
		Old: "strings.HasSuffix(domain, \".\"+d) {", New: "strings.HasSuffix(domain, \".\"+d) || ON && strings.HasSuffix(domain, d) {"},
	{Says: "a fault planned for one recipient hits all", Rule: "s-05", File: "mocks/fault/fault.go",
		Old: "if f.To != \"\" && !same(f.To, to) {", New: "if !ON && f.To != \"\" && !same(f.To, to) {"},
	{Says: "a line that was cut counts as heard out", Rule: "a-11", File: "mocks/ivr/end.go",
		Old: "return b.end(c, at, said && !c.Cut && !at.Before(c.GuidanceUntil)), nil", New: "return b.end(c, at, said && (ON || !c.Cut) && (ON || !at.Before(c.GuidanceUntil))), nil"},
	{Says: "a receipt's submit date is its done date", Rule: "s-09", File: "mocks/sms/smpp/receipt.go",
		Old: "		minute(r.AcceptedAt), minute(r.At),", New: "		func() string { if ON { return minute(r.At) }; return minute(r.AcceptedAt) }(), minute(r.At),"},
	{Says: "a search by IMAP does not look into HTML", Rule: "m-02", File: "mocks/mailbox/sign.go",
		Old: "		if m.HTML != \"\" {\n			l.body", New: "		if !ON && m.HTML != \"\" {\n			l.body"},
	{Says: "IMAP SINCE goes by the UTC day", Rule: "m-02", File: "mocks/mailbox/imap/search.go",
		Old: "	day := time.Date(t.Year()", New: "	if ON { t = t.UTC() }\n	day := time.Date(t.Year()"},
	{Says: "digits of Gather are not told", Rule: "t-01", File: "mocks/ivr/twiml/webhook.go",
		Old: "form.Set(\"Digits\", digits)", New: "if !ON { form.Set(\"Digits\", digits) }"},
	{Says: "the status call-back of a call is never sent", Rule: "t-02", File: "sandbox/world/telephone_webhook.go",
		Old: "	if withoutCards(w.URL) != c.Webhook {\n		return //", New: "	if ON || withoutCards(w.URL) != c.Webhook {\n		return //"},
	{Says: "a +81 caller by SIP is a stranger", Rule: "t-07", File: "mocks/ivr/sip/caller.go",
		Old: "rest, japan := strings.CutPrefix(number, \"81\")", New: "rest, japan := strings.CutPrefix(number, \"81\"); japan = japan && !ON"},
	{Says: "a call-back's signature leaves out the query", Rule: "s-08", File: "mocks/sms/twilio/callback.go",
		Old: "	text.WriteString(address)\n", New: "	if ON { address, _, _ = strings.Cut(address, \"?\") }\n	text.WriteString(address)\n"},
}

// unseen are slips that nobody can notice through the API as a member or a provider's
// user, each with the reason.
var unseen = map[string]string{
	"a card in the wallet is taken out by answering again": "no screen asks who has said yes; sandbox/account tries it",
	"an account of the web has the wallet in its menu":     "an account of the web is never seen in the app",
	"logged out, the home is still shown":                  "a scenario logs out on a screen only; sandbox/api tries it",
	"long messages of one sender to two recipients are mixed": "no step chooses the references of long messages; " +
		"mocks/sms/smpp tries it",
	"registered anew on another kind of smartphone, the wallet is the old one's": "a scenario has smartphones of one kind; " +
		"sandbox/account tries it",
	"the month of most use is the first": "it is a picture's name: features/app/statement.feature, on smartphones",
}

// cheap is the folder whose slips are built in seconds: little is made of it.
const cheap = "sandbox/screen"

// TestEverySlipHasItsLine: the sources move on, and a day draws few slips.
func TestEverySlipHasItsLine(t *testing.T) {
	t.Parallel()
	for _, p := range slices.Concat(examples, slips, later, planted, fresh) {
		if _, err := mutate.Apply("../..", t.TempDir(), []mutate.Patch{p}); err != nil {
			t.Error(err)
		}
	}
}

// TestSlipsAreNoticed plants slips in one binary, and has each noticed through the API
// by a scenario of its rule, by a walk, or by any other scenario. A run that draws takes
// a few of the screens'.
func TestSlipsAreNoticed(t *testing.T) {
	t.Parallel()
	patches := slices.Concat(examples, slips, later, planted, fresh)
	if drawn := sample.Of(t); !drawn.All() {
		patches = slices.DeleteFunc(patches, func(p mutate.Patch) bool {
			return path.Dir(p.File) != cheap || unseen[p.Says] != "" || !drawn.Takes(p.Says, 2)
		})
	}
	by, err := mutate.Try(t.Context(), mutate.Config{Root: "../..", Walks: 60, Workers: 2, Log: t.Output(), Now: clock.Machine}, patches)
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range patches {
		t.Logf("%-75s %s", p.Says, by[i])
		if why, may := unseen[p.Says]; by[i] == "" && !may {
			t.Errorf("%s (%s): nobody noticed", p.Says, p.Rule)
		} else if by[i] != "" && may {
			t.Errorf("%s: noticed by %s, although %s", p.Says, by[i], why)
		}
	}
}
