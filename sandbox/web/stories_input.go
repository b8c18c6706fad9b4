package web

import (
	"example.com/netanswer/sandbox/page"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/screen"
)

// inputStories are the form: fresh, after going back, and with every kind of
// error. What the rules find in a form by themselves is found by them here too.
func inputStories() []story {
	fresh := func(r *registration.Registration, _ *scene) { r.Application = registration.Application{} }
	return []story{
		{"input", "input", "はじめに", "p26-1 p26-2 p26-3 p26-4 p26-5 p26-6 p27-1 p28-3 p28-4 p29-3 p29-4 p29-6 p29-7 p30-1 p30-2 p30-3 p31-1 p31-2 p31-3 p31-4 p31-5", shows(nil, fresh)},
		{"input-again", "input", "戻って修正するとき", "p33-3 p29-4", shows(nil)},
		{"input-empty", "input", "何も入力しないとき", "p30-1", refusedForm(page.Form{})},
		{"input-terms", "input", "規約に同意しないとき", "a-17", refusedForm(filled("terms_agreed", ""))},
		{"input-characters", "input", "文字の種類の誤り", "p16-2 p16-3 p16-4 p27-1 p28-1 p29-5 a-13", refusedForm(filled(
			"card_number_second", "42OO", "expiry_month", "13", "security_code", "12a", "net_answer_id", "12345678", "password", "abc!defgh", "email_pc", "hanako@",
			"email_mobile", "hana..ko@example.jp"))},
		{"input-lengths", "input", "長さの誤り・期限切れのカード", "p26-3 p28-2 p29-1 p29-2 p16-5 a-02", refusedForm(filled("card_number_fourth", "1",
			"expiry_month", "03", "expiry_year", "24", "security_code", "12", "net_answer_id", "hana1", "password", "Secret-2026-Secret",
			"password_confirmation", "Secret-2026-Secret"))},
		{"input-same", "input", "IDとパスワードが同じとき", "a-05",
			refusedForm(filled("password", "hanako2026", "password_confirmation", "hanako2026"))},
		{"input-personal", "input", "ID・パスワードに生年月日など", "p29-3 a-18", refusedForm(filled("net_answer_id", "hana0401"),
			refusal(registration.FieldNetAnswerID, "error.personal_data"), refusal(registration.FieldPassword, "error.personal_data"))},
		{"input-taken", "input", "使われているID", "a-04",
			refusedForm(filled(), refusal(registration.FieldNetAnswerID, "error.net_answer_id_taken"))},
		{"input-unverified", "input", "カードを確認できないとき", "a-01 a-23", refusedForm(filled(), refusal("", "error.card_unverified"))},
		{"input-registered", "input", "登録済みのカード", "a-03", refusedForm(of("4242", "4200", "0001", "0066", "10", "30"),
			refusal(registration.FieldCardNumber, "error.card_registered"))},
		{"input-corporate", "input", "コーポレートカード", "p26-4", refusedForm(of("5555", "5500", "0001", "0316", "05", "33"),
			refusal(registration.FieldCardNumber, "error.corporate_card"))},
		{"input-club-on", "input", "クラブ・オン/ミレニウムカード", "p26-5", refusedForm(of("4242", "4200", "0001", "0322", "07", "34"),
			refusal(registration.FieldCardNumber, "error.other_registration"))},
		{"input-unready", "input", "発行元が答えないとき", "a-15", refusedForm(filled(), refusal("", "error.unavailable"))},
	}
}

// of is the form with another card: its number in four parts, its month and year.
func of(card ...string) page.Form {
	return filled("card_number_first", card[0], "card_number_second", card[1], "card_number_third", card[2], "card_number_fourth", card[3],
		"expiry_month", card[4], "expiry_year", card[5])
}

// filled is 花子さん's form with some fields changed; "" takes a field out.
func filled(pairs ...string) page.Form {
	f := page.Form{"card_number_first": "4242", "card_number_second": "4200", "card_number_third": "0001", "card_number_fourth": "0017",
		"expiry_month": "11", "expiry_year": "35", "security_code": "123", "net_answer_id": "hanako2026", "password": "Secret-2026",
		"password_confirmation": "Secret-2026", "email_pc": "hanako@example.jp", "newsletter": "yes", "terms_agreed": "yes"}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			delete(f, pairs[i])
		} else {
			f[pairs[i]] = pairs[i+1]
		}
	}
	return f
}

// refusedForm shows the form as sent, with what the rules find in it, or with
// what only the issuer or other members' registrations could tell.
func refusedForm(sent page.Form, found ...*registration.Error) func(*site, scene) screen.Screen {
	return func(s *site, f scene) screen.Screen {
		written, again, err := application(sent)
		if err != nil {
			panic(err) // an example of ours
		}
		f.told.Refused, f.told.Entered = written.Check(f.Snapshot.Policy, f.Snapshot.Now), again
		if len(found) > 0 { // a world's policy may allow what others refuse
			f.told.Refused = registration.Errors(found)
		}
		r := f.stands()
		r.Application = registration.Application{}
		return screen.Registration(f.Snapshot, r, s.parts(f.Snapshot), f.told)
	}
}
