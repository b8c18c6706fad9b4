package gateway_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/mocks/fault"
)

// TestCallsOfABackendAreListed asks for the calls of an account by the filters and
// pages that Twilio documents.
func TestCallsOfABackendAreListed(t *testing.T) {
	s, g := open(t)
	c := twilioOf(t, g, "ACmine")
	place := func(form url.Values, kind fault.Kind) string {
		t.Helper()
		backend := newCalling(t)
		if kind != "" {
			plan(t, s, "mine", "call", fault.Fault{Kind: kind, Times: 1})
		}
		form.Set("Twiml", spoken)
		form.Set("StatusCallback", backend.URL+"/status")
		var k placed
		if status := c.do("POST", "/2010-04-01/Accounts/ACmine/Calls.json", form, &k); status != 201 {
			t.Fatalf("%d %+v", status, k)
		}
		backend.next(t) // it has ended
		return k.SID
	}
	first := place(url.Values{"To": {"+819000001001"}, "From": {"+15005550006"}}, "")
	second := place(url.Values{"To": {"+81300001009"}, "From": {"+81120000111"}}, "")
	busy := place(url.Values{"To": {"+819000001001"}, "From": {"+15005550006"}}, fault.Busy)
	m, err := s.Snapshot(t.Context(), "mine")
	if err != nil {
		t.Fatal(err)
	}
	today, yesterday := m.Now.UTC().Format("2006-01-02"), m.Now.UTC().AddDate(0, 0, -1).Format("2006-01-02")

	for name, tt := range map[string]struct {
		query url.Values
		want  []string
	}{
		"all, the newest first":    {nil, []string{busy, second, first}},
		"to somebody":              {url.Values{"To": {"+819000001001"}}, []string{busy, first}},
		"to nobody called":         {url.Values{"To": {"+819000001002"}}, nil},
		"from a number":            {url.Values{"From": {"+81120000111"}}, []string{second}},
		"of a status":              {url.Values{"Status": {"busy"}}, []string{busy}},
		"of another status":        {url.Values{"Status": {"canceled"}}, nil},
		"of a call":                {url.Values{"ParentCallSid": {first}}, nil},
		"begun today":              {url.Values{"StartTime": {today}}, []string{second, first}},
		"begun until yesterday":    {url.Values{"StartTime<": {yesterday}}, nil},
		"begun since yesterday":    {url.Values{"StartTime>": {yesterday + "T00:00:00Z"}}, []string{second, first}},
		"ended today":              {url.Values{"EndTime": {today}}, []string{busy, second, first}},
		"ended between":            {url.Values{"EndTime>": {yesterday}, "EndTime<": {yesterday}}, nil},
		"by two filters":           {url.Values{"To": {"+819000001001"}, "Status": {"completed"}}, []string{first}},
		"beyond the last page":     {url.Values{"Page": {"7"}}, nil},
		"one to a page":            {url.Values{"PageSize": {"1"}}, []string{busy, second, first}},
		"one to a page, by status": {url.Values{"PageSize": {"1"}, "Status": {"completed"}}, []string{second, first}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for next := "/2010-04-01/Accounts/ACmine/Calls.json?" + tt.query.Encode(); next != ""; {
				var p struct {
					Calls       []placed
					PageSize    int    `json:"page_size"`
					NextPageURI string `json:"next_page_uri"`
				}
				if status := c.do("GET", next, nil, &p); status != 200 || p.Calls == nil {
					t.Fatalf("%s: %d %+v", next, status, p)
				}
				if size := tt.query.Get("PageSize"); size == "1" && (p.PageSize != 1 || len(p.Calls) != 1) {
					t.Errorf("%d on a page of %d", len(p.Calls), p.PageSize)
				}
				for _, k := range p.Calls {
					got = append(got, k.SID)
				}
				next = p.NextPageURI
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	// The last call of a page may be wanted no longer when the next page is asked for.
	var left struct{ Calls []placed }
	if status := c.do("GET", "/2010-04-01/Accounts/ACmine/Calls.json?Status=completed&Page=1&PageToken=PA"+busy, nil, &left); status != 200 ||
		len(left.Calls) != 2 || left.Calls[0].SID != second || left.Calls[1].SID != first {
		t.Errorf("behind a call that is wanted no longer: %d %+v", status, left)
	}
	for _, query := range []string{"Status=over", "StartTime=soon", "EndTime%3E=never", "PageSize=0", "Page=-1", "Page=9223372036854775807",
		"PageToken=garbage", "PageToken=PA", "PageToken=PACA" + strings.Repeat("0", 32), "PageToken=PA0&Page=1&PageSize=1"} {
		var k placed
		if status := c.do("GET", "/2010-04-01/Accounts/ACmine/Calls.json?"+query, nil, &k); status != 400 || k.Code != 20001 {
			t.Errorf("%s: %d %+v", query, status, k)
		}
	}
}

// TestCallsOfAnAccountAreItsOwn lists what an account of no world placed, and
// nothing of a member's own calls.
func TestCallsOfAnAccountAreItsOwn(t *testing.T) {
	_, g := open(t)
	account, other := "AC"+strings.Repeat("1", 32), "AC"+strings.Repeat("2", 32)
	var k placed
	form := url.Values{"To": {"+819000001001"}, "From": {"+15005550006"}, "Twiml": {spoken}}
	if status := twilioOf(t, g, account).do("POST", "/2010-04-01/Accounts/"+account+"/Calls.json", form, &k); status != 201 {
		t.Fatalf("%d %+v", status, k)
	}
	for who, want := range map[string]int{account: 1, other: 0, "ACelsewhere": 0} {
		var p struct{ Calls []placed }
		if status := twilioOf(t, g, who).do("GET", "/2010-04-01/Accounts/"+who+"/Calls.json", nil, &p); status != 200 || len(p.Calls) != want {
			t.Errorf("%s: %d %+v", who, status, p)
		}
	}
}
