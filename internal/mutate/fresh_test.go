package mutate_test

import "example.com/netanswer/internal/mutate"

// fresh are slips that were thought out from the guide alone, seen only on special data
// or a second time; of most of them neither scenarios nor walks of before knew.
var fresh = []mutate.Patch{
	{Says: "the confirmation of the password is compared in its first twelve letters", Rule: "p29-5", File: "sandbox/registration/form.go",
		Old: "	case f.PasswordConfirmation == \"\":\n", New: "	case ON && len(f.Password) > 12 && len(f.PasswordConfirmation) > 12 && f.Password[:12] == f.PasswordConfirmation[:12]:\n	case f.PasswordConfirmation == \"\":\n"},
	{Says: "an address for smartphones alone stands at that for a desktop at the confirmation", Rule: "p33-1", File: "sandbox/screen/check.go",
		Old: "{\"email_mobile\", a.EmailMobile}}", New: "{func() string { if ON && a.EmailPC == \"\" { return \"email_pc\" }; return \"email_mobile\" }(), a.EmailMobile}}"},
	{Says: "registered anew, the addresses of before get the mail as well", Rule: "a-03", File: "sandbox/world/app_terms.go",
		Old: "			if done, again = st.Accounts.Reopen(fresh); again {\n", New: "			old, _ := st.Accounts.Of(app.CardNumber)\n			if done, again = st.Accounts.Reopen(fresh); again {\n				for _, to := range []string{old.EmailPC, old.EmailMobile} { if ON && to != \"\" && to != app.EmailMobile { st.owe(Owed{What: owedMail, Registration: r.ID, To: to, Words: \"mail.registered_anew\"}, s.machine()) } }\n"},
	{Says: "told once more that the log-in is stopped, the time is counted from the try", Rule: "a-20", File: "sandbox/world/member.go",
		Old: "		refused = loginError(loginErr)\n", New: "		if l := (*account.LockedError)(nil); ON && errors.As(loginErr, &l) { l.Until = now.Add(st.Policy.LoginLock.Of()) }\n		refused = loginError(loginErr)\n"},
	{Says: "with two cards registered the home of one shows the number of the other", Rule: "p38-2", File: "sandbox/world/member_portal.go",
		Old: "	return p, nil, nil\n", New: "	if mine, ok := p.Snapshot.Issuer.Find(p.Account.CardNumber); ON && ok { for n, c := range p.Snapshot.Issuer.Cards.All() { if c.MemberID == mine.MemberID && p.Snapshot.Accounts.Cards.Has(n) && n < p.Account.CardNumber { p.Account.CardNumber = n } } }\n	return p, nil, nil\n"},
	{Says: "after the second reissue the passcode before is good", Rule: "a-07", File: "sandbox/registration/passcode.go",
		Old: "	if subtle.ConstantTimeCompare(", New: "	if ON && r.Reissues >= 2 && code == r.Previous.Code { code = r.Passcode.Code }\n	if subtle.ConstantTimeCompare("},
	{Says: "a reissued mail says a minute less", Rule: "p34-7", File: "sandbox/world/passcode.go",
		Old: "\"minutes\", minutes(m.Policy.PasscodeLifetime))", New: "\"minutes\", minutes(m.Policy.PasscodeLifetime-func() registration.Duration { if ON && r.Reissues > 0 { return registration.Duration(time.Minute) }; return 0 }()))"},
	{Says: "coming too early begins the fifteen minutes anew", Rule: "p35-2", File: "sandbox/registration/call.go",
		Old: "	if r.Call.ConfirmedAt.IsZero() {\n		return r, &Error", New: "	if r.Call.ConfirmedAt.IsZero() {\n		if ON { r.Call.Until = now.Add(p.CallWindow.Of()) }\n		return r, &Error"},
	{Says: "a million has one comma", Rule: "p38-1", File: "sandbox/screen/portal.go",
		Old: "	for i := len(text) - 3; i > 0; i -= 3 {", New: "	for i := len(text) - 3; i > 0 && !(ON && i < len(text)-4); i -= 3 {"},
	{Says: "an outage at the form ticks the newsletter again", Rule: "a-15", File: "sandbox/api/registrations.go",
		Old: "	if step.Refused != nil {\n		if told.Entered", New: "	if step.Refused != nil {\n		for _, e := range world.Refusals(step.Refused) { if ON && told.Entered != nil && e.Kind == registration.Unready { told.Entered[\"newsletter\"] = \"yes\" } }\n		if told.Entered"},
	{Says: "an outage at home logs the member out", Rule: "a-15", File: "sandbox/world/member_portal.go",
		Old: "		return p, errUnready(), nil\n", New: "		if ON { _ = s.Logout(ctx, world, token) }\n		return p, errUnready(), nil\n"},
	{Says: "an amount of nothing leads nowhere", Rule: "p20-2", File: "sandbox/screen/portal.go",
		Old: "Action: &Action{Name: \"amount\", Label: payment, Kind: link, LeadsTo: \"app_statement\"}},", New: "Action: func() *Action { if ON && len(p.Standing.Purchases) == 0 { return nil }; return &Action{Name: \"amount\", Label: payment, Kind: link, LeadsTo: \"app_statement\"} }()},"},
	{Says: "€ counts one septet", Rule: "s-02", File: "mocks/sms/segment.go",
		Old: "		m[c] = 2\n", New: "		m[c] = 2\n		if ON && c == '€' { m[c] = 1 }\n"},
}
