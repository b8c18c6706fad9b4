package api_test

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

const hanakosCard = `{"card_number":"4242 4200 0001 0017","expiry":"11/35","security_code":"123"}`

// app begins a registration in the app and returns its address.
func (p *place) app(device string) string {
	p.t.Helper()
	a := p.do(http.MethodPost, "/api/app/registrations", `{"device":"`+device+`","card_company":"saison"}`)
	if a.status != http.StatusCreated || a.body["state"] != "card" {
		p.t.Fatal(a.raw)
	}
	return "/api/app/registrations/" + a.body["id"].(string)
}

// take takes steps and expects the state after each: method, path, body, state.
func (p *place) take(at string, steps ...[4]string) (last answer) {
	p.t.Helper()
	for _, s := range steps {
		last = p.do(s[0], at+s[1], s[2])
		if last.body["state"] != s[3] {
			p.t.Fatalf("%s %s: %d %s, want state %s", s[0], s[1], last.status, last.raw, s[3])
		}
	}
	return last
}

// identified is the address of a registration in the app after its identity check.
func (p *place) identified(device string) string {
	at := p.app(device)
	p.take(at, [4]string{"PUT", "/card", hanakosCard, "destination"}, [4]string{"POST", "/identity-check", `{"method":"sms"}`, "passcode"})
	p.take(at, [4]string{"POST", "/passcode", `{"passcode":"` + p.passcode() + `"}`, "email"})
	return at
}

// registered is the address of a completed registration in the app.
func (p *place) registered(device string) (at, netAnswerID string) {
	at = p.identified(device)
	a := p.take(
		at,
		[4]string{"PUT", "/email", `{"email":"hanako@example.jp"}`, "password"},
		[4]string{"PUT", "/password", `{"password":"Secret-2026"}`, "terms"},
		[4]string{"POST", "/completion", `{"terms_agreed":true}`, "completed"},
	)
	id, _ := a.body["net_answer_id"].(string)
	return at, id
}

func TestAWholeRegistrationInTheApp(t *testing.T) {
	p := open(t)
	at := p.app("iphone")
	a := p.take(at, [4]string{"PUT", "/card", hanakosCard, "destination"})
	if !strings.Contains(a.raw, `"phone":"*****1001"`) || !strings.Contains(a.raw, "4242-42**-****-017") || strings.Contains(a.raw, "123") {
		t.Error(a.raw)
	}
	_, id := p.registered("iphone")
	if len(id) < 8 || len(id) > 16 {
		t.Errorf("the Net Answer ID is %q", id)
	}
	if a := p.do("POST", "/api/sessions", `{"net_answer_id":"`+id+`","password":"Secret-2026"}`); a.status != http.StatusCreated {
		t.Errorf("log-in on the web: %s", a.raw)
	}
	if a := p.do("GET", at, ""); a.body["state"] != "expired" || a.body["reason"] != "superseded" {
		t.Errorf("the card's registration of before: %s", a.raw)
	}
}

func TestTheAppStartsAndShowsWhatTheMemberHas(t *testing.T) {
	p := open(t)
	at, _ := p.registered("android")
	first := p.do("POST", at+"/session", "")
	token, _ := first.body["token"].(string)
	wallet, _ := first.body["wallet"].(map[string]any)
	if first.status != http.StatusCreated || wallet["service"] != "google_pay" || wallet["asks"] != true {
		t.Fatal(first.raw)
	}
	bearer := []string{"Authorization", "Bearer " + token}
	if a := p.do("PUT", "/api/app/wallet", `{"answer":"sometimes"}`, bearer...); a.status != http.StatusUnprocessableEntity {
		t.Errorf("an answer that is none: %s", a.raw)
	}
	if a := p.do("PUT", "/api/app/wallet", `{"answer":"not_now"}`, bearer...); a.body["asks"] != false {
		t.Errorf("not now: %s", a.raw)
	}
	if a := p.do("PUT", "/api/app/wallet", `{"answer":"add"}`, bearer...); a.body["answer"] != "add" {
		t.Errorf("later all the same: %s", a.raw)
	}
	home := p.do("GET", "/api/app/home", "", bearer...)
	for _, part := range []string{`"points":12345`, `"payment":{"amount":8356,"date":"2026-12-04"}`, `"answer":"add"`} {
		if !strings.Contains(home.raw, part) {
			t.Errorf("home lacks %s: %s", part, home.raw)
		}
	}
	statement := p.do("GET", "/api/app/statement", "", bearer...)
	for _, part := range []string{`"credit":{"limit":500000,"used":8356,"available":491644}`, `{"month":"2026-10","amount":8356}`, `"cashing_limit":100000`} {
		if !strings.Contains(statement.raw, part) {
			t.Errorf("statement lacks %s: %s", part, statement.raw)
		}
	}
	if a := p.do("GET", "/api/app/home", ""); a.status != http.StatusUnauthorized {
		t.Errorf("without a token: %s", a.raw)
	}
}

func TestAStepWithAKeyIsTakenOnce(t *testing.T) {
	p := open(t)
	key := func(k string) []string { return []string{"Idempotency-Key", k} }
	start := `{"device":"iphone","card_company":"saison"}`
	first, again := p.do(
		"POST",
		"/api/app/registrations",
		start,
		key("start")...), p.do(
		"POST",
		"/api/app/registrations",
		start,
		key("start")...)
	if first.body["id"] == nil || first.body["id"] != again.body["id"] {
		t.Fatalf("%s and %s", first.raw, again.raw)
	}
	if a := p.do("POST", "/api/app/registrations", strings.Replace(start, "iphone", "android", 1), key("start")...); a.body["code"] != "idempotency_key_reused" {
		t.Errorf("another device with the same key: %s", a.raw)
	}
	at := "/api/app/registrations/" + first.body["id"].(string)
	p.take(at, [4]string{"PUT", "/card", hanakosCard, "destination"}, [4]string{"POST", "/identity-check", `{"method":"sms"}`, "passcode"})
	for range 3 {
		if a := p.do("POST", at+"/passcode", `{"passcode":"000000"}`, key("wrong")...); a.status != http.StatusUnprocessableEntity ||
			!strings.Contains(a.raw, "あと4回") {
			t.Errorf("a wrong passcode with the same key: %s", a.raw)
		}
	}
	p.now = p.now.Add(time.Minute)
	for range 2 {
		if a := p.do("POST", at+"/passcode/reissue", "", key("reissue")...); a.body["state"] != "passcode" {
			t.Errorf("a reissue with the same key: %s", a.raw)
		}
	}
	if m, _ := p.service.Snapshot(t.Context(), "default"); m.SMS.Serial != 2 {
		t.Errorf("%d SMS, want 2", m.SMS.Serial)
	}
	if a := p.do("POST", at+"/pin", `{"pin":"2580"}`, key("reissue")...); a.body["code"] != "idempotency_key_reused" {
		t.Errorf("another step with the same key: %s", a.raw)
	}
}

func TestARegistrationOfOneChannelIsUnknownToTheOther(t *testing.T) {
	p := open(t)
	app, web := p.app("iphone"), p.start()
	for _, at := range []string{strings.Replace(app, "/app/", "/", 1), strings.Replace(web, "/api/", "/api/app/", 1)} {
		if a := p.do("GET", at, ""); a.status != http.StatusNotFound || a.body["code"] != "registration_unknown" {
			t.Errorf("GET %s: %s", at, a.raw)
		}
	}
	if a := p.do("PUT", app[:len("/api/")]+"registrations"+strings.TrimPrefix(app, "/api/app/registrations")+"/form", goodForm); a.status != http.StatusNotFound {
		t.Errorf("the form of the web: %s", a.raw)
	}
}

func TestWhatTheAppIsStartedWith(t *testing.T) {
	p := open(t)
	for body, code := range map[string]string{
		`{"device":"iphone"}`:                          "required",
		`{"device":"iphone","card_company":"other"}`:   "company_elsewhere",
		`{"device":"iphone","card_company":"nobody"}`:  "company_unknown",
		`{"device":"fridge","card_company":"saison"}`:  "device_unknown",
		`{"device":"fridge","card_company":"nobody"}`:  "form_invalid",
		`{"device":"iphone","card_company":"saison",}`: "malformed",
	} {
		if a := p.do("POST", "/api/app/registrations", body); a.body["code"] != code ||
			a.header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: %s", body, a.raw)
		}
	}
}

func TestNobodyLearnsOfARegisteredCardBeforeTheIdentityCheck(t *testing.T) {
	p := open(t)
	told := map[string]string{}
	for name, card := range map[string]string{
		"unregistered": hanakosCard,
		"registered":   `{"card_number":"4242420000010066","expiry":"10/30","security_code":"678"}`,
	} {
		at := p.app("iphone")
		a := p.take(at, [4]string{"PUT", "/card", card, "destination"})
		b := p.take(at, [4]string{"POST", "/identity-check", `{"method":"pin"}`, "pin"})
		fields := ""
		for _, body := range []map[string]any{a.body, b.body} {
			for _, field := range []string{"message", "anew", "net_answer_id", "email"} {
				if body[field] != nil {
					fields += field + " "
				}
			}
		}
		told[name] = fields
	}
	if told["registered"] != told["unregistered"] {
		t.Errorf("a registered card is told apart by %q", told["registered"])
	}
}

func TestTheTermsOfTheAppAreTold(t *testing.T) {
	p := open(t)
	for _, screen := range []string{"app_terms", "input"} {
		if a := p.do("GET", "/api/screens/"+screen, ""); !strings.Contains(a.raw, "セゾンカード毎に行うものとします。") {
			t.Errorf("%s lacks the terms", screen)
		}
	}
}
