package twilio_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"example.com/netanswer/mocks/fault"
	"example.com/netanswer/mocks/outbound"
	"example.com/netanswer/mocks/sms"
	"example.com/netanswer/mocks/sms/twilio"
)

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// desk is a gateway of one world. What it does not do is asked by no test here.
type desk struct {
	twilio.Gateway
	fails error

	mu      sync.Mutex
	box     sms.Box
	speaker string
}

// took is what was sent so far, and for which world the last was.
func (d *desk) took() (sent []sms.Message, speaker string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.box.Messages, d.speaker
}

func (d *desk) kept(m sms.Message) twilio.Kept {
	return twilio.Kept{Message: m, SID: "SM" + strings.Repeat("0", 31) + strings.TrimPrefix(m.ID, "sms-"), Now: noon}
}

func (d *desk) Now(context.Context, string, string) (time.Time, error) { return noon, nil }

func (d *desk) Send(_ context.Context, speaker string, draft sms.Draft) (twilio.Kept, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.speaker = speaker; d.fails != nil {
		return twilio.Kept{}, d.fails
	}
	m, err := d.box.Take(draft, noon, 100)
	return d.kept(m), err
}

func (d *desk) Messages(_, account string) (all []twilio.Kept, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, m := range d.box.Messages {
		all = append(all, d.kept(m))
	}
	return all, nil
}

// api serves a gateway, and keeps what was watched.
func api(t *testing.T, d *desk) (address string, watched chan string) {
	t.Helper()
	watched = make(chan string, 100)
	server := httptest.NewServer(twilio.New(twilio.Config{Gateway: d, Body: 16 << 10, Hold: time.Millisecond,
		CallBack: outbound.NewRules().Check,
		Watch:    func(q twilio.Request) { watched <- q.String() }}))
	t.Cleanup(server.Close)
	return server.URL, watched
}

// ask sends a form, "" for a GET, as an account of a token.
func ask(t *testing.T, address, account, token, form string) (status int, said map[string]any) {
	t.Helper()
	method := http.MethodGet
	if form != "" {
		method = http.MethodPost
	}
	q, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(form))
	if err != nil {
		t.Fatal(err)
	}
	q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	q.SetBasicAuth(account, token)
	answer, err := http.DefaultClient.Do(q)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if err := json.NewDecoder(answer.Body).Decode(&said); err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, said
}

const messages = "/2010-04-01/Accounts/ACmine/Messages.json"

func draft(changes ...string) string {
	form := url.Values{"From": {"SAISON"}, "To": {"+819000001001"}, "Body": {"パスコード 123456"}}
	for i := 0; i < len(changes); i += 2 {
		form.Set(changes[i], changes[i+1])
	}
	return form.Encode()
}

func TestAMessageIsTakenOver(t *testing.T) {
	d := &desk{}
	address, watched := api(t, d)
	status, said := ask(t, address+messages, "ACmine", "t", draft())
	if status != http.StatusCreated || said["status"] != "queued" || said["to"] != "+819000001001" || said["num_segments"] != "1" ||
		said["account_sid"] != "ACmine" || said["error_code"] != nil {
		t.Errorf("%d %v", status, said)
	}
	if sent, speaker := d.took(); len(sent) != 1 || sent[0].Body != "パスコード 123456" || speaker != "mine" {
		t.Errorf("%+v of %q", sent, speaker)
	}
	if seen := <-watched; seen != "POST /Messages.json → 201" {
		t.Errorf("watched was %q", seen)
	}
	if status, said := ask(t, address+messages, "ACmine", "t", ""); status != http.StatusOK || len(said["messages"].([]any)) != 1 {
		t.Errorf("%d %v", status, said)
	}
}

func TestWhatIsWrongWithAMessageHasTwiliosCode(t *testing.T) {
	address, _ := api(t, &desk{})
	for name, tt := range map[string]struct {
		changes []string
		code    float64
	}{
		"nobody to send to":              {[]string{"To", ""}, 21604},
		"a number that is none":          {[]string{"To", "+8112"}, 21211},
		"a scheme, read as a channel":    {[]string{"To", "tel:+819000001001"}, 21212},
		"a colon":                        {[]string{"To", ":"}, 21212},
		"another channel":                {[]string{"To", "whatsapp:+819000001001"}, 63007},
		"nobody who sends":               {[]string{"From", ""}, 21603},
		"a sender of twelve letters":     {[]string{"From", "SAISONSAISON"}, 21212},
		"a sender of marks":              {[]string{"From", "--"}, 21212},
		"a sender who is the recipient":  {[]string{"From", "+819000001001"}, 21266},
		"and is written otherwise":       {[]string{"From", "+8109000001001"}, 21266},
		"no words":                       {[]string{"Body", ""}, 21602},
		"1601 characters":                {[]string{"Body", strings.Repeat("あ", twilio.MaxBody+1)}, 21617},
		"a picture":                      {[]string{"MediaUrl", "http://127.0.0.1/a.png"}, 20001},
		"a call-back that is no address": {[]string{"StatusCallback", "here"}, 21609},
		"a call-back to anybody":         {[]string{"StatusCallback", "http://example.com/"}, 21609},
		"a body of NUL":                  {[]string{"Body", "\x00"}, 21602},
		"NUL within a body":              {[]string{"Body", "a\x00b"}, 20001},
		"a call-back to no port":         {[]string{"StatusCallback", "http://127.0.0.1:99999/"}, 21609},
		"good for no time":               {[]string{"ValidityPeriod", "0"}, 21621},
		"good for too long":              {[]string{"ValidityPeriod", "36001"}, 21621},
		"a time without a kind":          {[]string{"SendAt", "2026-11-24T13:00:00Z"}, 35126},
		"a time without a service":       {[]string{"ScheduleType", "fixed", "SendAt", "2026-11-24T13:00:00Z"}, 35118},
	} {
		status, said := ask(t, address+messages, "ACmine", "t", draft(tt.changes...))
		if status != http.StatusBadRequest || said["code"] != tt.code {
			t.Errorf("%s: %d %v, want %v", name, status, said, tt.code)
		}
	}
}

func TestScheduledIsFiveMinutesTo35DaysAhead(t *testing.T) {
	address, _ := api(t, &desk{})
	for ahead, want := range map[time.Duration]int{
		5*time.Minute - time.Second: 400, 5 * time.Minute: 201, 35 * 24 * time.Hour: 201, 35*24*time.Hour + time.Second: 400,
	} {
		status, said := ask(t, address+messages, "ACmine", "t", draft("From", "", "MessagingServiceSid", "MG"+strings.Repeat("0", 32),
			"ScheduleType", "fixed", "SendAt", noon.Add(ahead).Format(time.RFC3339)))
		if status != want || want == 201 && said["status"] != "scheduled" {
			t.Errorf("%s ahead: %d %v, want %d", ahead, status, said, want)
		}
	}
}

func TestWhoeverIsNotTheAccountIsRefused(t *testing.T) {
	d := &desk{}
	address, _ := api(t, d)
	for name, who := range map[string][2]string{"another account": {"ACother", "t"}, "no token": {"ACmine", ""}, "nobody": {"", "t"}} {
		if status, said := ask(t, address+messages, who[0], who[1], draft()); status != http.StatusUnauthorized || said["code"] != 20003.0 {
			t.Errorf("%s: %d %v", name, status, said)
		}
	}
	if sent, _ := d.took(); len(sent) != 0 {
		t.Error("something was sent")
	}
	if status, _ := ask(t, address+messages, "SKkey", "t", draft()); status != http.StatusCreated {
		t.Errorf("an API key: %d", status)
	}
}

// TestAnAccountOfARealProductSpeaksForNoWorld: 32 digits of base 16 are nobody's name.
func TestAnAccountOfARealProductSpeaksForNoWorld(t *testing.T) {
	for account, want := range map[string]string{"AC" + strings.Repeat("0a", 16): "", "ACnetanswer": "", "ACmine": "mine"} {
		d := &desk{}
		address, _ := api(t, d)
		ask(t, address+"/2010-04-01/Accounts/"+account+"/Messages.json", account, "t", draft())
		if sent, speaker := d.took(); speaker != want || len(sent) != 1 {
			t.Errorf("%s speaks for %q, want %q", account, speaker, want)
		}
	}
}

func TestWhatGoesWrongBehindIsTold(t *testing.T) {
	for name, tt := range map[string]struct {
		fails  error
		status int
		code   float64
	}{
		"a planned fault":     {fault.ErrFault, 503, 20503},
		"a full world":        {sms.ErrFull, 429, 20429},
		"a name that is no":   {twilio.ErrSpeaker, 401, 20003},
		"a store that is off": {errors.New("the store is off"), 503, 20503},
	} {
		address, _ := api(t, &desk{fails: tt.fails})
		if status, said := ask(t, address+messages, "ACmine", "t", draft()); status != tt.status || said["code"] != tt.code {
			t.Errorf("%s: %d %v", name, status, said)
		}
	}
}

func TestWhatIsNotModelledSaysSo(t *testing.T) {
	address, _ := api(t, &desk{})
	status, said := ask(t, address+"/2010-04-01/Accounts/ACmine/Faxes.json", "ACmine", "t", "a=b")
	if text, _ := said["message"].(string); status != http.StatusNotFound || said["code"] != 20404.0 || !strings.Contains(text, "Faxes is not modelled") {
		t.Errorf("%d %v", status, said)
	}
}
