package gateway_test

import (
	"encoding/json"
	"net/url"
	"slices"
	"testing"
	"time"

	"example.com/netanswer/sandbox/world"
)

const verifications = "/v2/Services/VA0123456789abcdef0123456789abcdef/Verifications"
const checks = "/v2/Services/VA0123456789abcdef0123456789abcdef/VerificationCheck"

// A verified is what Verify answers.
type verified struct {
	SID, To string
	Status  any // of the verification, or of HTTP where it is an error
	Valid   bool
	Code    int
}

// TestANumberIsVerified follows Verify v2 as Twilio documents it.
func TestANumberIsVerified(t *testing.T) {
	s, g := open(t)
	c := twilioOf(t, g, "ACmine")
	ask := func(want int, path string, form url.Values) (v verified) {
		t.Helper()
		method := "POST"
		if form == nil {
			method = "GET"
		}
		if status := c.do(method, path, form, &v); status != want {
			t.Fatalf("%s: %d, want %d: %+v", path, status, want, v)
		}
		return v
	}
	begin := url.Values{"To": {"+819000001001"}, "Channel": {"sms"}}
	read := func() string {
		t.Helper()
		m, err := s.Snapshot(t.Context(), "mine")
		if err != nil {
			t.Fatal(err)
		}
		found, ok := m.SMS.Latest("090-0000-1001", "", m.Now)
		if !ok || found.Passcode == nil {
			t.Fatalf("%+v", found)
		}
		return found.Passcode.Code
	}
	other := func(code string) string {
		if code[0] == '9' {
			return "0" + code[1:]
		}
		return "9" + code[1:]
	}

	v := ask(201, verifications, begin)
	code := read()
	if v.Status != "pending" || v.Valid || v.To != "+819000001001" || len(v.SID) != 34 {
		t.Errorf("%+v", v)
	}
	if again := ask(201, verifications, begin); again.SID != v.SID || read() != code {
		t.Errorf("sent again: %+v with another code", again)
	}
	if wrong := ask(200, checks, url.Values{"To": {"+819000001001"}, "Code": {other(code)}}); wrong.Status != "pending" || wrong.Valid {
		t.Errorf("a wrong code: %+v", wrong)
	}
	if got := ask(200, verifications+"/"+v.SID, nil); got.Status != "pending" {
		t.Errorf("%+v", got)
	}
	if right := ask(200, checks, url.Values{"VerificationSid": {v.SID}, "Code": {code}}); right.Status != "approved" || !right.Valid {
		t.Errorf("the right code: %+v", right)
	}
	if gone := ask(404, checks, url.Values{"To": {"+819000001001"}, "Code": {code}}); gone.Code != 20404 {
		t.Errorf("once more: %+v", gone)
	}

	ask(201, verifications, begin)
	if code = read(); code == "" {
		t.Fatal("no code")
	}
	for range 5 {
		ask(200, checks, url.Values{"To": {"+819000001001"}, "Code": {other(code)}})
	}
	if many := ask(429, checks, url.Values{"To": {"+819000001001"}, "Code": {code}}); many.Code != 60202 {
		t.Errorf("too many: %+v", many)
	}
	if _, err := s.Control().Arrange(t.Context(), "mine", world.Setup{Clock: world.ClockMove{Advance: 10 * time.Minute}}); err != nil {
		t.Fatal(err)
	}
	ask(404, checks, url.Values{"To": {"+819000001001"}, "Code": {code}})
	v = ask(201, verifications, url.Values{"To": {"+819000001001"}, "Channel": {"sms"}, "CustomCode": {"12345"}, "Locale": {"ja"}})
	if read() != "12345" {
		t.Errorf("not the code that was given: %s", read())
	}
	if ended := ask(200, verifications+"/"+v.SID, url.Values{"Status": {"canceled"}}); ended.Status != "canceled" {
		t.Errorf("%+v", ended)
	}
	ask(404, verifications+"/"+v.SID, nil)
}

func TestWhatVerifyRefuses(t *testing.T) {
	_, g := open(t)
	c := twilioOf(t, g, "ACmine")
	for name, tt := range map[string]struct {
		path         string
		form         url.Values
		status, code int
	}{
		"no number":      {verifications, url.Values{"To": {"x"}, "Channel": {"sms"}}, 400, 60200},
		"a landline":     {verifications, url.Values{"To": {"+81300001009"}, "Channel": {"sms"}}, 400, 60205},
		"nobody":         {verifications, url.Values{"Channel": {"sms"}}, 400, 20001},
		"no channel":     {verifications, url.Values{"To": {"+819000001001"}}, 400, 20001},
		"by call":        {verifications, url.Values{"To": {"+819000001001"}, "Channel": {"call"}}, 400, 60200},
		"a short code":   {verifications, url.Values{"To": {"+819000001001"}, "Channel": {"sms"}, "CustomCode": {"123"}}, 400, 60200},
		"no service":     {"/v2/Services/x/Verifications", url.Values{"To": {"+819000001001"}, "Channel": {"sms"}}, 404, 20404},
		"no code":        {checks, url.Values{"To": {"+819000001001"}}, 400, 20001},
		"a bad code":     {checks, url.Values{"To": {"+819000001001"}, "Code": {"12ab"}}, 400, 60200},
		"nothing to end": {verifications + "/VE00000000000000000000000000000000", url.Values{"Status": {"canceled"}}, 404, 20404},
		"a new service":  {"/v2/Services", url.Values{"FriendlyName": {"x"}}, 404, 20404},
	} {
		var v verified
		if status := c.do("POST", tt.path, tt.form, &v); status != tt.status || v.Code != tt.code {
			t.Errorf("%s: %d %+v, want %d %d", name, status, v, tt.status, tt.code)
		}
	}
}

func TestANumberIsLookedUp(t *testing.T) {
	_, g := open(t)
	c := twilioOf(t, g, "ACmine")
	for number, want := range map[string]string{"+819000001001": "mobile", "+81300001009": "landline", "+81120000111": "tollFree", "+815012345678": "nonFixedVoip"} {
		var got struct {
			Valid       bool
			CountryCode string                `json:"country_code"`
			Line        struct{ Type string } `json:"line_type_intelligence"`
		}
		if status := c.do("GET", "/v2/PhoneNumbers/"+number+"?Fields=line_type_intelligence", nil, &got); status != 200 || !got.Valid ||
			got.CountryCode != "JP" || got.Line.Type != want {
			t.Errorf("%s: %d %+v, want %s", number, status, got, want)
		}
	}
	for number, want := range map[string]string{
		"x": "NOT_A_NUMBER", "+8190": "TOO_SHORT", "+8190000010011": "INVALID_LENGTH", "+99912345678": "INVALID_COUNTRY_CODE",
		"+8190000010010000000": "TOO_LONG", "1": "TOO_SHORT",
		"09000001001": "TOO_LONG", "0312345678901": "TOO_LONG", "(03)%201234": "TOO_SHORT", // of the United States, where no country is named
	} {
		var got struct {
			Valid       *bool
			Errors      []string         `json:"validation_errors"`
			CountryCode *string          `json:"country_code"`
			Line        *json.RawMessage `json:"line_type_intelligence"`
		}
		if status := c.do("GET", "/v2/PhoneNumbers/"+number+"?Fields=line_type_intelligence", nil, &got); status != 200 || got.Valid == nil || *got.Valid ||
			!slices.Equal(got.Errors, []string{want}) || got.CountryCode != nil || got.Line != nil {
			t.Errorf("%s: %d %+v, want %s", number, status, got, want)
		}
	}
	for path, want := range map[string]string{
		"09000001001?CountryCode=JP": "+819000001001", "+819000001001?CountryCode=US": "+819000001001", "4159929960?CountryCode=us": "+14159929960",
		"07400123456?CountryCode=GB": "+447400123456", "0300001009?CountryCode=JP": "+81300001009",
		"(415)%20992-9960": "+14159929960", "415%20992-9960?CountryCode=": "+14159929960",
	} {
		var got struct {
			Number string `json:"phone_number"`
			Valid  bool
		}
		if status := c.do("GET", "/v2/PhoneNumbers/"+path, nil, &got); status != 200 || got.Number != want || !got.Valid {
			t.Errorf("%s: %d %+v, want %s", path, status, got, want)
		}
	}
	for path, want := range map[string]int{"/v2/PhoneNumbers/+819000001001?Fields=sim_swap": 400, "/v2/PhoneNumbers/09000001001?CountryCode=XX": 400} {
		if status := c.do("GET", path, nil, &struct{}{}); status != want {
			t.Errorf("%s: %d, want %d", path, status, want)
		}
	}
}
