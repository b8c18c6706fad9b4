// The command twilioclient sends, fetches, lists, schedules, cancels and calls by the
// service's own client for Go, and writes what it saw as JSON. One argument: the
// address of the sandbox. The client takes an account and a token of letters and digits
// only. It is a module of its own, as the client takes long to compile.
package main

import (
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"time"

	"github.com/twilio/twilio-go/client"
	api "github.com/twilio/twilio-go/rest/api/v2010"
)

// there sends every request to one address, whatever the client thinks.
type there struct{ url *url.URL }

func (t there) RoundTrip(r *http.Request) (*http.Response, error) {
	r.URL.Scheme, r.URL.Host, r.Host = t.url.Scheme, t.url.Host, t.url.Host
	return http.DefaultTransport.RoundTrip(r)
}

func must[T any](v *T, err error) *T {
	if err != nil {
		panic(err)
	}
	return v
}

func count[T any](all []T, err error) int {
	if err != nil {
		panic(err)
	}
	return len(all)
}

func main() {
	to := must(url.Parse(os.Args[1]))
	c := &client.Client{Credentials: client.NewCredentials("ACtwiliogo", "0123456789abcdef"),
		HTTPClient: &http.Client{Transport: there{to}, Timeout: 10 * time.Second}}
	c.SetAccountSid("ACtwiliogo")
	s := api.NewApiService(client.NewRequestHandler(c))
	message := func() *api.CreateMessageParams {
		return new(api.CreateMessageParams).SetTo("+819000001001").SetFrom("NETANSWER").SetBody("パスコード 123456")
	}
	saw := map[string]any{}
	sent := must(s.CreateMessage(message()))
	fetched := must(s.FetchMessage(*sent.Sid, nil))
	saw["sent"] = []string{*sent.Status, *fetched.Status, *fetched.Body, *fetched.To, *fetched.NumSegments}
	must(s.CreateMessage(message()))
	saw["listed"] = count(s.ListMessage(new(api.ListMessageParams).SetTo("+819000001001").SetPageSize(1)))
	saw["before"] = count(s.ListMessage(new(api.ListMessageParams).SetDateSentBefore(time.Now().Add(-time.Hour))))
	later := message().SetScheduleType("fixed").SetSendAt(time.Now().Add(time.Hour)).SetMessagingServiceSid("MG0123456789abcdef0123456789abcdef")
	scheduled := must(s.CreateMessage(later))
	canceled := must(s.UpdateMessage(*scheduled.Sid, new(api.UpdateMessageParams).SetStatus("canceled")))
	saw["scheduled"] = []string{*scheduled.Status, *canceled.Status}
	_, err := s.CreateMessage(message().SetTo("12"))
	refused, _ := err.(*client.TwilioRestError)
	saw["refused"] = refused != nil && refused.Code == 21211 && refused.Status == 400
	call := must(s.CreateCall(new(api.CreateCallParams).SetTo("+819000001001").SetFrom("+815000000000").SetTwiml("<Response><Say>482913</Say></Response>")))
	saw["called"] = *call.Status
	if err := json.NewEncoder(os.Stdout).Encode(saw); err != nil {
		panic(err)
	}
}
