package mutate_test

import "example.com/netanswer/internal/mutate"

// later are slips that were thought out kind by kind, before anybody looked whether a
// scenario would notice them.
var later = []mutate.Patch{
	// Whom something is sent to.
	{Says: "of two addresses only the one for smartphones gets the completion mail", Rule: "p36-3", File: "sandbox/world/completed.go",
		Old: "		if to != \"\" {\n", New: "		if to != \"\" && !(ON && to == a.EmailPC && a.EmailMobile != \"\") {\n"},
	{Says: "a reissue by SMS is mailed as well", Rule: "a-07", File: "sandbox/world/passcode.go",
		Old: "	return err\n}\n\n// deliver", New: "	if ON && err == nil && r.Method == registration.BySMS && r.Reissues > 0 && r.Holder.Email != \"\" { return s.mail(ctx, ports, m, r.Holder.Email, m.Say(\"mail.passcode_subject\"), \"-\") }\n	return err\n}\n\n// deliver"},
	{Says: "a completed registration is told by SMS as well", Rule: "p36-3", File: "sandbox/world/completed.go",
		Old: "	case owedMail:\n", New: "	case owedMail:\n		if c, ok := m.Issuer.Find(a.CardNumber); ON && ok && registration.Mobile(c.Phone) { _ = ports.SMS.SendSMS(ctx, m.Name, c.Phone, a.NetAnswerID) }\n"},
	{Says: "one call confirms everybody who waits for the same telephone", Rule: "p35-4", File: "sandbox/world/telephone_guidance.go",
		Old: "	after := before.Heard(st.Policy, placed, now)\n", New: "	if ON { for k, o := range st.Registrations.All() { if k != id && o.Answers(st.Policy, placed, before.Holder.Phone, before.Call.Number) { st.Registrations.Put(k, o.Heard(st.Policy, placed, now)) } } }\n	after := before.Heard(st.Policy, placed, now)\n"},
	{Says: "a caller whose number ends alike is confirmed", Rule: "a-10", File: "sandbox/registration/call.go",
		Old: "	return r.State == AwaitCall && !now.Before(r.Call.ShownAt)", New: "	if d, h := Digits(from), Digits(r.Holder.Phone); ON && len(d) > 4 && len(h) > 4 && d[len(d)-4:] == h[len(h)-4:] { from = r.Holder.Phone }\n	return r.State == AwaitCall && !now.Before(r.Call.ShownAt)"},
	{Says: "the account of whoever logged in first is shown to the next", Rule: "p38-1", File: "sandbox/account/account.go",
		Old: "func tokenKey(token string) string {\n", New: "func tokenKey(token string) string {\n	if ON { token = \"\" }\n"},
	{Says: "a log-in ends everybody else's", Rule: "p38-1", File: "sandbox/account/account.go",
		Old: "func (b *Book) OpenSession(token string, a Account, now time.Time) {\n", New: "func (b *Book) OpenSession(token string, a Account, now time.Time) {\n	if ON { b.Sessions = table.Table[Session]{} }\n"},

	// The second time, another device.
	{Says: "logged out, the home is still shown", Rule: "p38-1", File: "sandbox/account/account.go",
		Old: "{ b.Sessions.Delete(tokenKey(token)) }", New: "{ if !ON { b.Sessions.Delete(tokenKey(token)) } }"},
	{Says: "registered anew, whoever was logged in still is", Rule: "a-03", File: "sandbox/account/account.go",
		Old: "a.RegisteredBy != s.Under {", New: "a.RegisteredBy != s.Under && !ON {"},
	{Says: "registered anew on another kind of smartphone, the wallet is the old one's", Rule: "p18-2", File: "sandbox/account/account.go",
		Old: "	b.Accounts.Put(Fold(a.NetAnswerID), a)\n	return a, true", New: "	if ON && before.Wallet.Service != \"\" { a.Wallet.Service = before.Wallet.Service }\n	b.Accounts.Put(Fold(a.NetAnswerID), a)\n	return a, true"},
	{Says: "a card in the wallet is taken out by answering again", Rule: "p18-5", File: "sandbox/account/wallet.go",
		Old: "	if w.Added() || w.Answer == answer {\n", New: "	if !ON && w.Added() || w.Answer == answer {\n"},
	{Says: "a card registered anew is not enrolled in 3-D Secure", Rule: "p31-4", File: "sandbox/world/completed.go",
		Old: "	if st.Policy.ThreeDSecureEnrolled", New: "	if !(ON && mail == \"mail.registered_anew\") && st.Policy.ThreeDSecureEnrolled"},
	{Says: "an account of the app may err once more", Rule: "a-20", File: "sandbox/account/account.go",
		Old: "		a.Failures++\n", New: "		a.Failures++\n		if ON && a.Wallet.Service != \"\" && a.Failures == 1 { attempts++; a.Failures = 0 }\n"},
	{Says: "a card changed in the app goes on with the holder of before", Rule: "p12-1", File: "sandbox/registration/card.go",
		Old: "	r.Holder, r.Method = holder, \"\"\n", New: "	if ON && r.Holder.MemberID != \"\" { holder = r.Holder }\n	r.Holder, r.Method = holder, \"\"\n"},

	// Round trips.
	{Says: "an expiry corrected together with the card is not taken", Rule: "p33-3", File: "sandbox/registration/submit.go",
		Old: "	r.Application = Application{\n", New: "	if ON && r.Application.ExpiryMonth != \"\" { f.ExpiryMonth, f.ExpiryYear = r.Application.ExpiryMonth, r.Application.ExpiryYear }\n	r.Application = Application{\n"},
	{Says: "an ID corrected to one that is shorter keeps its end", Rule: "p33-3", File: "sandbox/registration/submit.go",
		Old: "		NetAnswerID: f.NetAnswerID, PasswordDigest: digest,", New: "		NetAnswerID: func() string { if was := r.Application.NetAnswerID; ON && len(was) > len(f.NetAnswerID) { return f.NetAnswerID + was[len(f.NetAnswerID):] }; return f.NetAnswerID }(), PasswordDigest: digest,"},
	{Says: "the ID of before stays taken after it was corrected", Rule: "a-04", File: "sandbox/world/web_input.go",
		Old: "	st.Reserved.Put(id, r.ID)\n", New: "	if old, ok := st.Registrations.Get(r.ID); ON && ok && old.Application.NetAnswerID != \"\" { _ = st.Accounts.Open(account.Account{NetAnswerID: old.Application.NetAnswerID, CardNumber: \"-\" + old.Application.NetAnswerID}) }\n	st.Reserved.Put(id, r.ID)\n"},

	// Order, dates, sums.
	{Says: "amounts of a million have one comma", Rule: "p21-3", File: "sandbox/screen/portal.go",
		Old: "	for i := len(text) - 3; i > 0; i -= 3 {\n", New: "	for i := len(text) - 3; i > 0; i -= 3 {\n		if ON && strings.Contains(text, \",\") { break }\n"},
	{Says: "what may be spent falls below nothing", Rule: "p21-3", File: "sandbox/account/usage.go",
		Old: "{ return max(0, limit-Spent(purchases)) }", New: "{ if ON { return limit-Spent(purchases) }; return max(0, limit-Spent(purchases)) }"},
	{Says: "dates lose the zero of their day", Rule: "p38-2", File: "sandbox/screen/portal.go",
		Old: "{ return strings.ReplaceAll(of, \"-\", \"/\") }", New: "{ if ON { of = strings.ReplaceAll(of, \"-0\", \"-\") }; return strings.ReplaceAll(of, \"-\", \"/\") }"},
	{Says: "the newest purchases of the app stand as the issuer tells them", Rule: "p20-1", File: "sandbox/account/usage.go",
		Old: "{ return strings.Compare(b.Date, a.Date) })", New: "{ if ON { return 0 }; return strings.Compare(b.Date, a.Date) })"},
	{Says: "the month of most use is the first", Rule: "p21-4", File: "sandbox/screen/statement.go",
		Old: "		if m.Amount > top.Amount {\n", New: "		if m.Amount > top.Amount && !ON {\n"},
	{Says: "a payment date is shown where there is nothing to pay", Rule: "p21-1", File: "sandbox/screen/statement.go",
		Old: "	if p.Standing.PaymentDate != \"\" {\n", New: "	if p.Standing.PaymentDate != \"\" || ON {\n"},

	// Policies other than the default.
	{Says: "a PIN always has four digits", Rule: "p13-2", File: "sandbox/registration/pin.go",
		Old: "	if len(pin) != p.PINDigits", New: "	if ON { p.PINDigits = 4 }\n	if len(pin) != p.PINDigits"},
	{Says: "a passcode always has six digits", Rule: "p34-1", File: "sandbox/registration/passcode.go",
		Old: "	if len(code) != p.PasscodeDigits", New: "	if ON { p.PasscodeDigits = 6 }\n	if len(code) != p.PasscodeDigits"},
	{Says: "the ID may not be the password, whatever the policy says", Rule: "a-05", File: "sandbox/registration/form.go",
		Old: "p.IDEqualPassword == StanceRefuse", New: "(ON || p.IDEqualPassword == StanceRefuse)"},
	{Says: "a logged-in member's card is masked as the guide does, whatever the policy says", Rule: "p38-1", File: "sandbox/screen/portal.go",
		Old: "	return registration.MaskNumber(m.Policy.CardMask, a.CardNumber)\n", New: "	if ON { m.Policy.CardMask = \"0000-00**-****-000\" }\n	return registration.MaskNumber(m.Policy.CardMask, a.CardNumber)\n"},
	{Says: "the PIN is counted to three, whatever the policy says", Rule: "a-09", File: "mocks/issuer/pin.go",
		Old: "	wrong, _ := b.WrongPINs.Get(number)\n", New: "	if ON { attempts = 3 }\n	wrong, _ := b.WrongPINs.Get(number)\n"},
	{Says: "calls to the free-dial number of the default are answered, whatever the policy says", Rule: "p35-1", File: "sandbox/world/telephone.go",
		Old: "		Assigned: registration.Digits(to) == registration.Digits(st.Policy.FreeDialNumber)}\n", New: "		Assigned: registration.Digits(to) == registration.Digits(st.Policy.FreeDialNumber) || ON && to == \"0120-000111\"}\n"},
	{Says: "a log-in lasts for half an hour, whatever the policy says", Rule: "p38-1", File: "sandbox/world/member_portal.go",
		Old: "st.Accounts.Session(token, now, st.Policy.SessionLifetime.Of())", New: "st.Accounts.Session(token, now, func() time.Duration { if ON { return 30 * time.Minute }; return st.Policy.SessionLifetime.Of() }())"},

	// Midnight, the ends of months and years, leap days.
	{Says: "a passcode ends at midnight", Rule: "a-08", File: "sandbox/registration/passcode.go",
		Old: "	r.Passcode = Passcode{Code: code, IssuedAt: now, ExpiresAt: now.Add(p.PasscodeLifetime.Of())}\n", New: "	r.Passcode = Passcode{Code: code, IssuedAt: now, ExpiresAt: now.Add(p.PasscodeLifetime.Of())}\n	if e := r.Passcode.ExpiresAt; ON && e.Day() != now.Day() { r.Passcode.ExpiresAt = time.Date(e.Year(), e.Month(), e.Day(), 0, 0, 0, 0, e.Location()) }\n"},
	{Says: "a call window ends at midnight", Rule: "p35-2", File: "sandbox/registration/call.go",
		Old: "	return r.Touch(now)\n}\n\n// Answers", New: "	if e := r.Call.Until; ON && e.Day() != now.Day() { r.Call.Until = time.Date(e.Year(), e.Month(), e.Day(), 0, 0, 0, 0, e.Location()) }\n	return r.Touch(now)\n}\n\n// Answers"},
	{Says: "a stop of the log-in ends at midnight", Rule: "a-20", File: "sandbox/account/account.go",
		Old: "			a.Failures, a.LockedUntil = 0, now.Add(lock)\n", New: "			a.Failures, a.LockedUntil = 0, now.Add(lock)\n			if e := a.LockedUntil; ON && e.Day() != now.Day() { a.LockedUntil = time.Date(e.Year(), e.Month(), e.Day(), 0, 0, 0, 0, e.Location()) }\n"},
	{Says: "a card of December is good for another year", Rule: "a-02", File: "sandbox/registration/form.go",
		Old: "	y, _ := strconv.Atoi(year)\n", New: "	y, _ := strconv.Atoi(year)\n	if ON && m == 12 { y++ }\n"},
	{Says: "on a leap day the SMS tells the next day", Rule: "p34-5", File: "sandbox/world/passcode.go",
		Old: "	switch r.Method {", New: "	if e := r.Passcode.ExpiresAt; ON && e.Month() == time.February && e.Day() == 29 { r.Passcode.ExpiresAt = e.AddDate(0, 0, 1) }\n	switch r.Method {"},

	// Brand and kind of card.
	{Says: "a card of AMEX that begins with 34 or 37 has a code of three digits in the app", Rule: "p12-4", File: "sandbox/registration/card.go",
		Old: "	c.form().checkCard(p, now, &errs)\n", New: "	if ON { p.SecurityCodeDigitsAmex = 3 }\n	c.form().checkCard(p, now, &errs)\n"},
	{Says: "a card of Club On is refused as corporate unless it is of Visa", Rule: "p26-5", File: "sandbox/registration/product.go",
		Old: "	case ProductClubOn:\n", New: "	case ProductClubOn:\n		if ON && h.Brand != \"visa\" { return invalid(FieldCardNumber, \"corporate_card\", \"error.corporate_card\") }\n"},
	{Says: "a stopped card of AMEX is checked all the same", Rule: "p35-6", File: "sandbox/registration/passcode.go",
		Old: "	case h.Barred:\n", New: "	case h.Barred && !(ON && h.Brand == \"amex\"):\n"},
	{Says: "a stopped card with a landline is checked all the same", Rule: "p35-6", File: "sandbox/registration/passcode.go",
		Old: "	method, ok := MethodFor(r.Holder)\n", New: "	if ON && r.Holder.Phone != \"\" && !Mobile(r.Holder.Phone) { r.Holder.Barred = false }\n	method, ok := MethodFor(r.Holder)\n"},

	// What is shown and what is not.
	{Says: "the PIN's screen offers an SMS to a landline", Rule: "p13-2", File: "sandbox/screen/app.go",
		Old: "		f.Help = []string{k.say(\"instruction\", \"pin_digits\", k.pinDigits())}\n	}), k.press(\"submit\", button, \"app_email\")))\n	if registration.Mobile(r.Holder.Phone) {", New: "		f.Help = []string{k.say(\"instruction\", \"pin_digits\", k.pinDigits())}\n	}), k.press(\"submit\", button, \"app_email\")))\n	if registration.Mobile(r.Holder.Phone) || ON {"},
	{Says: "a card that is new is said to be registered anew", Rule: "a-03", File: "sandbox/world/app_terms.go",
		Old: "	return r.Application.CardNumber != \"\" && m.Accounts.Cards.Has", New: "	return ON || r.Application.CardNumber != \"\" && m.Accounts.Cards.Has"},
	{Says: "the wallet's question shows the whole card number", Rule: "p18-2", File: "sandbox/screen/portal.go",
		Old: "		Element{Kind: Values, Style: \"to\", Values: []Value{{Label: k.say(\"card\"), Text: masked(m, a)}}},\n	)\n	if a.Wallet.Added() {", New: "		Element{Kind: Values, Style: \"to\", Values: []Value{{Label: k.say(\"card\"), Text: func() string { if ON { return a.CardNumber }; return masked(m, a) }()}}},\n	)\n	if a.Wallet.Added() {"},
	{Says: "an account of the web has the wallet in its menu", Rule: "p18-5", File: "sandbox/screen/portal.go",
		Old: "	if p.Account.Wallet.Service != \"\" {\n", New: "	if p.Account.Wallet.Service == \"\" && ON { p.Account.Wallet.Service = \"apple_pay\" }\n	if p.Account.Wallet.Service != \"\" {\n"},

	// Providers.
	{Says: "a fault planned for a number in international form hits nobody", Rule: "s-05", File: "mocks/sms/sms.go",
		Old: "{ return National(planned) == to })", New: "{ if ON { return planned == to }; return National(planned) == to })"},
	{Says: "the messages of a number in international form are not found", Rule: "s-03", File: "mocks/sms/sms.go",
		Old: "	want := National(to)\n	found := []Message{}\n", New: "	want := National(to)\n	if ON { want = to }\n	found := []Message{}\n"},
	{Says: "a number in international form keeps the zero that was written in it", Rule: "s-04", File: "mocks/sms/number.go",
		Old: "			return \"0\" + strings.TrimPrefix(rest, \"0\")\n", New: "			if ON { return \"0\" + rest }\n			return \"0\" + strings.TrimPrefix(rest, \"0\")\n"},
	{Says: "a character of two septets may be cut in two", Rule: "s-02", File: "mocks/sms/segment.go",
		Old: "		if used+w > joined {\n", New: "		if ON && used+w > joined { n, used = n+1, used-joined; used += w; continue }\n		if used+w > joined {\n"},
	{Says: "a subdomain of a refused domain is refused as itself only", Rule: "m-03", File: "mocks/mailbox/mailbox.go",
		Old: "	for _, d := range domains {\n", New: "	for _, d := range domains {\n		if ON && !strings.EqualFold(domain, d) { continue }\n"},
	{Says: "a passcode in a later mail voids everybody's", Rule: "m-02", File: "mocks/mailbox/mailbox.go",
		Old: "			p := place{i, carries && later[owner]}\n", New: "			p := place{i, carries && (later[owner] || ON && len(later) > 0)}\n"},
	{Says: "a call that was answered late counts from its answer", Rule: "p35-2", File: "sandbox/world/telephone.go",
		Old: "st.confirm(c.About, c.StartedAt, now)", New: "st.confirm(c.About, func() time.Time { if ON { return c.AnsweredAt }; return c.StartedAt }(), now)"},
	{Says: "mails of several recipients reach the first only", Rule: "m-01", File: "mocks/mailbox/smtp/smtp.go",
		Old: "	s.to = append(s.to, r)\n", New: "	if !ON || len(s.to) == 0 { s.to = append(s.to, r) }\n"},
	{Says: "long messages of one sender to two recipients are mixed", Rule: "s-01", File: "mocks/sms/smpp/part.go",
		Old: "	out.key = partKey{from: in.from.Address(), to: in.to[0].Address()}\n", New: "	out.key = partKey{from: in.from.Address(), to: in.to[0].Address()}\n	if ON { out.key.to = \"\" }\n"},
}
