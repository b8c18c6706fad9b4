package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"example.com/netanswer/sandbox/world"
)

func TestTheMeterAnswersFromTheBodyOnly(t *testing.T) {
	t.Parallel()
	b := open(t, newService(t, world.Ports{}))
	for value, want := range map[string]string{
		"":            `{"level":"","sentence":""}`,
		"haru":        `{"level":"low","sentence":"安全性：低い"}`,
		"Secret-2026": `{"level":"very_high","sentence":"安全性：非常に高い"}`,
	} {
		p := b.post("/registration/strength", url.Values{"credential": {value}})
		if p.status != http.StatusOK || p.header.Get("Content-Type") != "application/json" || p.header.Get("Cache-Control") != "no-store" ||
			p.body != want {
			t.Errorf("%q: status %d, %s", value, p.status, p.body)
		}
	}
	if p := b.get("/registration/strength?credential=Secret-2026"); p.status != http.StatusMethodNotAllowed {
		t.Errorf("in the address: status %d", p.status)
	}
	if p := b.post("/registration/strength", url.Values{"password": {"Secret-2026"}}); p.status != http.StatusBadRequest {
		t.Errorf("another field: status %d", p.status)
	}
	b.header.Set("Sec-Fetch-Site", "cross-site")
	if p := b.post("/registration/strength", url.Values{"credential": {"x"}}); p.status != http.StatusForbidden {
		t.Errorf("another origin: status %d", p.status)
	}
}

func TestWithoutAScriptTheMeterSpeaksOnceTheFormWasSent(t *testing.T) {
	t.Parallel()
	b := open(t, newService(t, world.Ports{}))
	if p := b.get("/registration"); strings.Contains(p.body, "安全性：") {
		t.Error("the meter speaks of nothing")
	}
	p := b.press("/registration/input", with(hanako(), "net_answer_id", "Haru-257", "security_code", "12"))
	if got := p.find("p", "id", "net_answer_id-strength"); len(got) != 1 || fold(got[0].text) != "安全性：非常に高い" ||
		got[0].attrs["data-level"] != "very_high" {
		t.Errorf("the meter of the ID: %v", got)
	}
	if got := p.find("p", "id", "password-strength"); len(got) != 1 || fold(got[0].text) != "" {
		t.Errorf("the meter of a password that is not shown: %v", got)
	}
}

func TestTheKeysStandAsThePolicySays(t *testing.T) {
	t.Parallel()
	b := open(t, newService(t, world.Ports{}))
	keys := func() string {
		all := ""
		for _, e := range b.get("/registration").find("button", "type", "button") {
			if text := fold(e.text); len(text) == 1 && text != "?" {
				all += text
			}
		}
		return all
	}
	if got := keys(); got != "1234567890" { // of the security code
		t.Errorf("the keys stand as %s", got)
	}
	if _, err := b.service.Control().Arrange(t.Context(), b.world, world.Setup{Policy: []byte(`{"software_keyboard_shuffle":true}`)}); err != nil {
		t.Fatal(err)
	}
	orders := map[string]bool{}
	for range 5 { // that all are alike by chance happens once in 10!⁴ times
		got := keys()
		digits := strings.Split(got, "")
		slices.Sort(digits)
		if strings.Join(digits, "") != "0123456789" {
			t.Fatalf("the keys stand as %s", got)
		}
		orders[got] = true
	}
	if len(orders) == 1 {
		t.Error("the keys stand the same each time")
	}
}

func TestAClubOnCardHasOneWayOn(t *testing.T) {
	t.Parallel()
	b := open(t, newService(t, world.Ports{}))
	ways := func(p page) int {
		n := 0
		for _, e := range p.find("a", "", "") {
			if fold(e.text) == "こちらへお進みください" {
				n++
			}
		}
		return n
	}
	if n := ways(b.get("/registration")); n != 1 {
		t.Errorf("%d ways on beside the notice", n)
	}
	p := b.press(
		"/registration/input",
		with(hanako(), "card_number_second", "4200", "card_number_third", "0001", "card_number_fourth", "0322",
			"expiry_month", "07", "expiry_year", "34", "security_code", "246"),
	)
	if n := ways(p); p.status != http.StatusUnprocessableEntity || n != 1 {
		t.Errorf("status %d, %d ways on beside the refusal", p.status, n)
	}
}
