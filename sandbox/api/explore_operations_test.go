package api_test

import (
	"encoding/json"
	"slices"
)

// A request to an operation: the body in the document first, then others.
type operation struct {
	id, method, path string // {} is the registration
	bodies           []string
}

var operations = []operation{
	{"start-registration", "POST", "/api/registrations", nil},
	{"get-registration", "GET", "/api/registrations/{}", nil},
	{"submit-form", "PUT", "/api/registrations/{}/form", forms()},
	{"revise", "POST", "/api/registrations/{}/revision", nil},
	{"proceed", "POST", "/api/registrations/{}/identity-check", nil},
	{
		"enter-passcode",
		"POST",
		"/api/registrations/{}/passcode",
		[]string{`{"passcode":"482913"}`, `{"passcode":"111111"}`, `{"passcode":"x"}`},
	},
	{"reissue-passcode", "POST", "/api/registrations/{}/passcode/reissue", nil},
	{"finish-call", "POST", "/api/registrations/{}/call/completion", nil},
	{"get-credential-strength", "POST", "/api/credential-strength", []string{`{"credential":"hanako2026"}`}},
	{
		"log-in",
		"POST",
		"/api/sessions",
		[]string{`{"net_answer_id":"ryoko2020","password":"Ryoko-2020"}`, `{"net_answer_id":"ryoko2020","password":"wrong"}`},
	},
	{"log-out", "DELETE", "/api/sessions/current", nil},
	{"get-home", "GET", "/api/home", nil},
	{"app-start", "POST", "/api/app/registrations", []string{`{"device":"iphone","card_company":"saison"}`, `{"device":"iphone"}`,
		`{"device":"iphone","card_company":"other"}`, `{"device":"iphone","card_company":"x"}`, `{"device":"x","card_company":"saison"}`, `{}`}},
	{"app-get", "GET", "/api/app/registrations/{}", nil},
	{
		"app-card",
		"PUT",
		"/api/app/registrations/{}/card",
		[]string{hanakosCard, `{}`, appCardOf("4242420000010017", "11/35", "999"), appCardOf("42", "11/35", "123"),
			appCardOf(
				"x",
				"13",
				"x",
			), appCardOf("4242420000010074", "03/24", "789"), appCardOf("5555550000010316", "05/33", "135"), appCardOf("4242420000010322", "07/34", "246")},
	},
	{"app-identity-check", "POST", "/api/app/registrations/{}/identity-check", []string{`{"method":"sms"}`, `{"method":"pin"}`}},
	{
		"app-passcode",
		"POST",
		"/api/app/registrations/{}/passcode",
		[]string{`{"passcode":"482913"}`, `{"passcode":"111111"}`, `{"passcode":"x"}`},
	},
	{"app-reissue", "POST", "/api/app/registrations/{}/passcode/reissue", nil},
	{"app-pin", "POST", "/api/app/registrations/{}/pin", []string{`{"pin":"2580"}`, `{"pin":"1111"}`, `{"pin":"x"}`}},
	{
		"app-email",
		"PUT",
		"/api/app/registrations/{}/email",
		[]string{`{"email":"hanako@example.jp"}`, `{}`, `{"email":"x"}`, `{"email":"ha..na@example.jp"}`},
	},
	{
		"app-password",
		"PUT",
		"/api/app/registrations/{}/password",
		[]string{`{"password":"Secret-2026"}`, `{}`, `{"password":"Ab1"}`, `{"password":"12345678"}`,
			`{"password":"abcdefgh"}`, `{"password":"パスワード2026a"}`, `{"password":"hanako1103"}`},
	},
	{"app-complete", "POST", "/api/app/registrations/{}/completion", []string{`{"terms_agreed":true}`, `{}`}},
	{"app-back", "POST", "/api/app/registrations/{}/back", []string{`{"to":"card"}`, `{"to":"email"}`}},
	{"app-open", "POST", "/api/app/registrations/{}/session", nil},
	{"app-home", "GET", "/api/app/home", nil},
	{"app-statement", "GET", "/api/app/statement", nil},
	{"app-wallet", "PUT", "/api/app/wallet", []string{`{"answer":"add"}`, `{"answer":"x"}`}},
	{"describe-screen", "GET", "/api/described/entrance", nil},
	{"describe-app-screen", "GET", "/api/app/described/app_home", nil},
	{"get-screen", "GET", "/api/screens/input", nil},
}

func appCardOf(number, expiry, code string) string {
	return `{"card_number":"` + number + `","expiry":"` + expiry + `","security_code":"` + code + `"}`
}

// forms are the form as it is right, and with one thing wrong each.
func forms() []string {
	all := []string{goodForm, `{}`}
	for field, values := range map[string][]string{
		"card_number": {"", "x", "4242", "4242420000010066", "5555550000010316", "4242420000010322"}, "expiry_month": {"13"}, "expiry_year": {"24"}, "security_code": {"", "x", "999"},
		"net_answer_id": {"", "ha2", "hanakohanako", "12345678", "はなこ2026a", "ryoko2020", "Secret-2026"}, "password": {"", "Ab1", "abcdefgh", "12345678", "パス2026word"},
		"password_confirmation": {"", "x"}, "email_pc": {"", "x", "ha..na@example.jp", "hanako@.example.jp"}, "terms_agreed": {""},
	} {
		for _, value := range values {
			form := map[string]any{}
			_ = json.Unmarshal([]byte(goodForm), &form) // our own constant
			form[field] = value
			if field == "terms_agreed" {
				form[field] = false
			}
			if field == "password" && value != "" {
				form["password_confirmation"] = value
			}
			if number, ok := form["card_number"]; ok && number == "5555550000010316" {
				form["expiry_month"], form["expiry_year"], form["security_code"] = "05", "33", "135"
			} else if ok && number == "4242420000010322" {
				form["expiry_month"], form["expiry_year"], form["security_code"] = "07", "34", "246"
			} else if ok && number == "4242420000010066" {
				form["expiry_month"], form["expiry_year"], form["security_code"] = "10", "30", "678"
			}
			data, _ := json.Marshal(form) // text only
			all = append(all, string(data))
		}
	}
	slices.Sort(all[2:])
	return all
}
