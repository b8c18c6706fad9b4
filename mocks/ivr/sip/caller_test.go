package sip_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/mocks/ivr"
	"example.com/netanswer/mocks/ivr/sip"
)

func TestWhoCallsWhom(t *testing.T) {
	t.Parallel()
	const from, landline = "From: <sip:03-0000-1009@example.jp>;tag=1\r\n", "0300001009"
	asserted := func(value string) string { return "P-Asserted-Identity: " + value + "\r\n" }
	for name, tt := range map[string]struct {
		uri, headers string
		want         sip.Incoming
	}{
		"From":                       {freeDial, from, sip.Incoming{From: landline}},
		"From with a name":           {freeDial, "From: \"Tadashi, <x>\" <sip:0300001009@example.jp:5060;user=phone>;tag=1\r\n", sip.Incoming{From: landline}},
		"From in E.164":              {freeDial, "From: <sip:+81300001009@example.jp>;tag=1\r\n", sip.Incoming{From: landline}},
		"asserted goes before From":  {freeDial, asserted("<sip:+81-3-0000-1009@example.jp>") + "From: <sip:0900@example.jp>;tag=1\r\n", sip.Incoming{From: landline}},
		"asserted as tel":            {freeDial, asserted("\"T\" <tel:+81300001009;phone-context=x>"), sip.Incoming{From: landline}},
		"asserted without brackets":  {freeDial, asserted("tel:0300001009"), sip.Incoming{From: landline}},
		"asserted twice in one":      {freeDial, asserted("<sip:tadashi@example.jp>, <tel:+81300001009>"), sip.Incoming{From: landline}},
		"asserted twice":             {freeDial, asserted("<sip:tadashi@example.jp>") + asserted("<tel:0300001009>"), sip.Incoming{From: landline}},
		"asserted but private":       {freeDial, asserted("<tel:0300001009>") + "Privacy: id\r\nFrom: \"Anonymous\" <sip:anonymous@anonymous.invalid>;tag=1\r\n", sip.Incoming{From: landline, Withheld: true}},
		"private among others":       {freeDial, from + "Privacy: critical; user\r\n", sip.Incoming{From: landline, Withheld: true}},
		"no privacy":                 {freeDial, from + "Privacy: none\r\n", sip.Incoming{From: landline}},
		"anonymous":                  {freeDial, "From: \"Anonymous\" <sip:anonymous@anonymous.invalid>;tag=1\r\n", sip.Incoming{Withheld: true}},
		"a name only":                {freeDial, "From: <sip:hanako@example.jp>;tag=1\r\n", sip.Incoming{Withheld: true}},
		"184 before the number":      {"sip:1840120000111@127.0.0.1", from, sip.Incoming{From: landline, Withheld: true}},
		"186 before the number":      {"sip:1860120000111@127.0.0.1", from, sip.Incoming{From: landline}},
		"called in E.164":            {"sip:+81120000111@127.0.0.1", from, sip.Incoming{From: landline}},
		"called with hyphens":        {"sip:0120-000111;user=phone@127.0.0.1", from, sip.Incoming{From: landline}},
		"called as tel":              {"tel:0120-000-111", from, sip.Incoming{From: landline}},
		"called as tel in E.164":     {"tel:+81-120-000111;phone-context=x", from, sip.Incoming{From: landline}},
		"called with escapes":        {"sip:0120%2D000%2d111@127.0.0.1", from, sip.Incoming{From: landline}},
		"From as tel":                {freeDial, "From: <tel:+81-3-0000-1009>;tag=1\r\n", sip.Incoming{From: landline}},
		"From with +81 and 0":        {freeDial, "From: <sip:+810300001009@example.jp>;tag=1\r\n", sip.Incoming{From: landline}},
		"From in E.164 without +":    {freeDial, "From: <sip:81300001009@example.jp>;tag=1\r\n", sip.Incoming{From: landline}},
		"From with an escaped +":     {freeDial, "From: <sip:%2B81300001009@example.jp>;tag=1\r\n", sip.Incoming{From: landline}},
		"called by a name":           {"sip:desk@127.0.0.1", from, sip.Incoming{From: landline, To: "-"}},
		"a world by its host":        {"sip:0120000111@Mine.localhost:5060", from, sip.Incoming{From: landline, World: "mine"}},
		"a world by its header":      {"sip:0120000111@other.localhost", from + "X-Netanswer-World: mine\r\n", sip.Incoming{From: landline, World: "mine"}},
		"a host that is not a world": {"sip:0120000111@localhost", from, sip.Incoming{From: landline}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := &handler{outcome: ivr.Unassigned}
			p := newPhone(t, serve(t, e, nil))
			p.id = "call"
			headers := tt.headers
			p.send("INVITE", tt.uri, sdpType+headers, p.offers(""))
			p.settles(p.gets("SIP/2.0 404"))
			tt.want.Via = "UDP"
			if tt.want.To == "" {
				tt.want.To = "0120000111"
			} else if tt.want.To == "-" {
				tt.want.To = ""
			}
			e.mu.Lock()
			defer e.mu.Unlock()
			if diff := cmp.Diff([]sip.Incoming{tt.want}, e.calls); diff != "" {
				t.Errorf("incoming (-want +got):\n%s", diff)
			}
		})
	}
}
