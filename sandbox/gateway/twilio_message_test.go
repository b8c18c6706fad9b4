package gateway_test

import (
	"net/url"
	"strings"
	"testing"
	"time"
)

const (
	messages = "/2010-04-01/Accounts/ACmine/Messages.json"
	pool     = "MG0123456789abcdef0123456789abcdef"
)

// TestAMessagingServiceSends follows the Message resource as Twilio documents it.
func TestAMessagingServiceSends(t *testing.T) {
	s, g := open(t)
	c := twilioOf(t, g, "ACmine")
	for name, tt := range map[string]struct {
		form       url.Values
		from, then any
	}{
		"alone":     {url.Values{"MessagingServiceSid": {pool}}, nil, "+15005550006"},
		"with From": {url.Values{"MessagingServiceSid": {pool}, "From": {"SAISON"}}, "SAISON", "SAISON"},
		"as From":   {url.Values{"From": {pool}}, nil, "+15005550006"},
	} {
		tt.form.Set("To", "+819000001001")
		tt.form.Set("Body", name)
		var created, fetched map[string]any
		if status := c.do("POST", messages, tt.form, &created); status != 201 || created["from"] != tt.from ||
			created["messaging_service_sid"] != pool ||
			created["status"] != "accepted" {
			t.Errorf("%s: %d %v", name, status, created)
			continue
		}
		c.do("GET", created["uri"].(string), nil, &fetched)
		if fetched["from"] != tt.then || fetched["status"] != "delivered" || fetched["messaging_service_sid"] != pool {
			t.Errorf("%s, later: %v", name, fetched)
		}
	}
	_ = s
}

func TestAMessageIsScheduledAndTakenBack(t *testing.T) {
	s, g := open(t)
	c := twilioOf(t, g, "ACmine")
	at := func(d time.Duration) string {
		m, err := s.Snapshot(t.Context(), "mine")
		if err != nil {
			t.Fatal(err)
		}
		return m.Now.Add(d).UTC().Format(time.RFC3339)
	}
	form := func(more ...string) url.Values {
		v := url.Values{
			"To":                  {"+819000001001"},
			"Body":                {"later"},
			"MessagingServiceSid": {pool},
			"ScheduleType":        {"fixed"},
			"SendAt":              {at(time.Hour)},
		}
		for i := 0; i < len(more); i += 2 {
			if v.Set(more[i], more[i+1]); more[i+1] == "" {
				v.Del(more[i])
			}
		}
		return v
	}
	for name, tt := range map[string]struct {
		form url.Values
		want int
	}{
		"no SendAt":            {form("SendAt", ""), 35111},
		"no ScheduleType":      {form("ScheduleType", ""), 35126},
		"another ScheduleType": {form("ScheduleType", "daily"), 35126},
		"no messaging service": {form("MessagingServiceSid", "", "From", "SAISON"), 35118},
		"in four minutes":      {form("SendAt", at(4*time.Minute)), 35114},
		"in 36 days":           {form("SendAt", at(36*24*time.Hour)), 35114},
		"no time":              {form("SendAt", "tomorrow"), 35114},
	} {
		var m restMessage
		if status := c.do("POST", messages, tt.form, &m); status != 400 || m.Code != tt.want {
			t.Errorf("%s: %d %d, want %d", name, status, m.Code, tt.want)
		}
	}
	var one, two restMessage
	c.do("POST", messages, form(), &one)
	c.do("POST", messages, form(), &two)
	if one.Status != "scheduled" || one.SID == "" {
		t.Fatalf("%+v", one)
	}
	var canceled restMessage
	if status := c.do("POST", one.URI, url.Values{"Status": {"canceled"}}, &canceled); status != 200 || canceled.Status != "canceled" {
		t.Errorf("%d %+v", status, canceled)
	}
	advance(t, s, "mine", time.Hour)
	for uri, want := range map[string]string{one.URI: "canceled", two.URI: "delivered"} {
		var m restMessage
		if c.do("GET", uri, nil, &m); m.Status != want {
			t.Errorf("after an hour: %v, want %s", m.Status, want)
		}
		if status := c.do("POST", uri, url.Values{"Status": {"canceled"}}, &m); status != 409 || m.Code != 30409 {
			t.Errorf("taken back again: %d %d", status, m.Code)
		}
	}
	if m, err := s.Snapshot(t.Context(), "mine"); err != nil || len(m.SMS.List("", m.Now)) != 1 {
		t.Errorf("%v", err)
	}
}

func TestDateSentGoesByItsTime(t *testing.T) {
	s, g := open(t)
	c := twilioOf(t, g, "ACmine")
	c.send("090-0000-1001", "one")
	advance(t, s, "mine", time.Hour)
	c.send("090-0000-1001", "two")
	for query, want := range map[string]string{
		"DateSent<=2026-11-24T01:30:00Z":                      "one",
		"DateSent>=2026-11-24T01:30:00Z":                      "two",
		"DateSent<=2026-11-24T00:30:00Z":                      "",
		"DateSent>=2026-11-24T10:30:00%2B09:00":               "two",
		"DateSent=2026-11-24":                                 "two one",
		"DateSent<=2026-11-23":                                "",
		"DateSent>=2026-11-24&DateSent<=2026-11-24T01:00:00Z": "one",
		"DateSent>=2026-11-25":                                "",
	} {
		query = strings.NewReplacer("<=", "%3C=", ">=", "%3E=").Replace(query)
		var list struct{ Messages []restMessage }
		if status := c.do("GET", messages+"?"+query, nil, &list); status != 200 {
			t.Errorf("%s: %d", query, status)
		}
		var got []string
		for _, m := range list.Messages {
			got = append(got, m.Body)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
}

func TestFieldsAreTakenOrRefusedAsDocumented(t *testing.T) {
	_, g := open(t)
	c := twilioOf(t, g, "ACmine")
	for name, tt := range map[string]struct {
		form   []string
		status int
		code   int
		to     string
	}{
		"a number without its 0":       {[]string{"To", "9000001001"}, 201, 0, "+819000001001"},
		"a landline without its 0":     {[]string{"To", "312345678"}, 201, 0, "+81312345678"},
		"+81 and 0":                    {[]string{"To", "+8109000001001"}, 201, 0, "+819000001001"},
		"a number that is none here":   {[]string{"To", "4155550100"}, 400, 21211, ""},
		"1,600 letters":                {[]string{"Body", strings.Repeat("a", 1600)}, 201, 0, "+819000001001"},
		"1,601 letters":                {[]string{"Body", strings.Repeat("a", 1601)}, 400, 21617, ""},
		"1,600 characters":             {[]string{"Body", strings.Repeat("あ", 1600)}, 201, 0, "+819000001001"},
		"a sender of twelve letters":   {[]string{"From", "ABCDEFGHIJKL"}, 400, 21212, ""},
		"a sender in kana":             {[]string{"From", "セゾン"}, 400, 21212, ""},
		"a sender of digits, too long": {[]string{"From", "1234567890123456"}, 400, 21212, ""},
		"a short code":                 {[]string{"From", "12345"}, 201, 0, "+819000001001"},
		"no messaging service":         {[]string{"MessagingServiceSid", "MG1"}, 400, 21701, ""},
		"a picture":                    {[]string{"MediaUrl", "http://example.com/a.png"}, 400, 20001, ""},
		"a template":                   {[]string{"ContentSid", "HX1"}, 400, 20001, ""},
		"another channel":              {[]string{"To", "whatsapp:+819000001001"}, 400, 63007, ""},
		"valid for a minute":           {[]string{"ValidityPeriod", "60"}, 201, 0, "+819000001001"},
		"valid for no time":            {[]string{"ValidityPeriod", "0"}, 400, 21621, ""},
	} {
		form := url.Values{"To": {"+819000001001"}, "From": {"SAISON"}, "Body": {"x"}}
		for i := 0; i < len(tt.form); i += 2 {
			form.Set(tt.form[i], tt.form[i+1])
		}
		var m restMessage
		if status := c.do("POST", messages, form, &m); status != tt.status || m.Code != tt.code || m.To != tt.to {
			t.Errorf("%s: %d %d %q", name, status, m.Code, m.To)
		}
	}
}

func TestWhatIsNotModelledIsNamed(t *testing.T) {
	_, g := open(t)
	c := twilioOf(t, g, "ACmine")
	for path, want := range map[string]string{
		"/2010-04-01/Accounts/ACmine/IncomingPhoneNumbers.json": "IncomingPhoneNumbers",
		"/2010-04-01/Accounts/ACmine/Messages/SM1/Media.json":   "Messages/Media",
		"/2010-04-01/Accounts/ACmine/Recordings/RE1.json":       "Recordings",
		"/v1/Services": "Services",
	} {
		var m struct {
			Code     int
			Message  string
			Status   int
			MoreInfo string `json:"more_info"`
		}
		if status := c.do("GET", path, nil, &m); status != 404 || m.Code != 20404 || m.Status != 404 || m.MoreInfo == "" ||
			!strings.Contains(m.Message, "GET "+want+" is not modelled") {
			t.Errorf("%s: %d %+v", path, status, m)
		}
	}
	var m restMessage
	if status := c.do("DELETE", "/2010-04-01/Accounts/ACmine/Messages/SM00.json", nil, &m); status != 404 || m.Code != 20404 {
		t.Errorf("DELETE: %d %+v", status, m)
	}
}
