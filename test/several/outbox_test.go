package several_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"example.com/netanswer/client"
	"example.com/netanswer/sandbox/server"
	"example.com/netanswer/test/postgres"
	"example.com/netanswer/test/sandboxtest"
)

// killedWhileTelling kills a sandbox before a provider over the wire has what it is handed,
// and after, when nobody has heard of that. Nobody looks at the world then: another sandbox
// tells what is left, and each thing arrives once.
func killedWhileTelling(t *testing.T, database *postgres.Server) {
	for _, what := range []string{"sms", "enrolment", "mail"} {
		for _, moment := range []string{"before", "after"} {
			t.Run(what+" "+moment, func(t *testing.T) {
				t.Parallel()
				arrivesOnce(t, database.Database(t), what, moment)
			})
		}
	}
}

func arrivesOnce(t *testing.T, database, what, moment string) {
	providers := sandboxtest.Start(t)
	k := &killer{t: t, what: what, moment: moment}
	w := wire{SMS: k.http(providers.RESTURL, "AC{world}:token", "sms", "/Messages.json"), Mail: "smtp://{world}:x@" + k.smtp(providers.SMTP),
		Issuer: k.http(providers.RESTURL, "", "enrolment", "/three-d-secure-enrolments")}
	settings, err := json.Marshal(w)
	if err != nil {
		t.Fatal(err)
	}
	one := begin(t, database, wired+"="+string(settings))
	k.kill = one.kill
	there := client.New(providers.ConsoleURL)
	members, err := there.Generate(t.Context(), "mine", 1)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := client.New(one.at["console"]).Generate(t.Context(), "mine", 1); err != nil { // the same, by their number
		t.Fatal(err)
	}
	untilKilled(t, one.at["member"], there, members[0])
	if !k.done() {
		t.Fatal("nobody was killed")
	}
	begin(t, database, wired+"="+string(settings))
	kept, err := server.OpenStored(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	defer kept.Close()
	sandboxtest.Eventually(t, 30*time.Second, func() bool {
		names, err := kept.Owing(t.Context())
		return err == nil && len(names) == 0
	})
	sms, err1 := there.SMS(t.Context(), "mine", "")
	mails, err2 := there.Mails(t.Context(), "mine", "")
	events, err3 := there.Timeline(t.Context(), "mine")
	if err1 != nil || err2 != nil || err3 != nil {
		t.Fatal(err1, err2, err3)
	}
	mail, enrolled := 1, 1
	if what == "sms" {
		mail, enrolled = 0, 0
	}
	if n := strings.Count(fmt.Sprint(events), "本人認証サービス（3Dセキュア）に登録しました"); len(sms) != 1 || len(mails) != mail || n != enrolled {
		t.Errorf("%d SMS, %d mails, enrolled %d times", len(sms), len(mails), n)
	}
	if keys := slices.Compact(slices.Sorted(slices.Values(k.keys))); len(keys) > 1 {
		t.Errorf("one enrolment has the keys %v", keys)
	}
}

// untilKilled registers a member, as far as there is an answer.
func untilKilled(t *testing.T, member string, there *client.Client, m client.Member) {
	var r struct{ ID, State string }
	card := m.Cards[0]
	form := fmt.Sprintf(`{"card_number":%q,"expiry_month":%q,"expiry_year":%q,"security_code":%q,"net_answer_id":"several2026","password":"Secret-2026",
		"password_confirmation":"Secret-2026","email_pc":"b@example.jp","terms_agreed":true}`,
		card.Number, card.Expiry[:2], card.Expiry[3:], card.SecurityCode)
	api := member + "/api/registrations"
	for _, step := range []struct{ method, path, body string }{{"POST", "", ""}, {"PUT", "/form", form}, {"POST", "/identity-check", ""}, {"POST", "/passcode", ""}} {
		at := api
		if r.ID != "" {
			at += "/" + r.ID + step.path
		}
		if step.path == "/passcode" {
			sms, err := there.AwaitSMS(t.Context(), "mine", m.Phone, "", sandboxtest.AnswerTimeout)
			if err != nil {
				t.Fatal(err)
			}
			step.body = fmt.Sprintf(`{"passcode":%q}`, sms.Passcode.Code)
		}
		if status, err := ask(step.method, at, "mine", step.body, &r); err != nil || status >= http.StatusBadRequest {
			return // it was killed, which is asked for next
		}
	}
}

// A killer stands between a sandbox and its providers, and kills the sandbox at a
// moment of what it hands over first.
type killer struct {
	t            *testing.T
	what, moment string
	kill         func()

	mu     sync.Mutex
	killed bool
	keys   []string // of enrolments
}

// at kills the sandbox, once, if this is the moment.
func (k *killer) at(what, moment string) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.killed || what != k.what || moment != k.moment {
		return false
	}
	k.killed = true
	k.kill()
	return true
}

func (k *killer) done() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.killed
}

// http stands before a provider's REST.
func (k *killer) http(provider, user, what, path string) string {
	behind, err := url.Parse(provider)
	if err != nil {
		k.t.Fatal(err)
	}
	forward := httputil.NewSingleHostReverseProxy(behind)
	front := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		this := r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, path)
		if this && what == "enrolment" {
			k.mu.Lock()
			k.keys = append(k.keys, r.Header.Get("Idempotency-Key"))
			k.mu.Unlock()
		}
		if this && k.at(what, "before") {
			return
		}
		answer := httptest.NewRecorder()
		forward.ServeHTTP(answer, r)
		if this && k.at(what, "after") {
			return
		}
		for name, values := range answer.Header() {
			rw.Header()[name] = values
		}
		rw.WriteHeader(answer.Code)
		_, _ = rw.Write(answer.Body.Bytes()) // who does not hear it asks again
	}))
	k.t.Cleanup(front.Close)
	at := strings.TrimPrefix(front.URL, "http://")
	if user != "" {
		at = user + "@" + at
	}
	return "http://" + at
}

// smtp stands before a provider's mail server.
func (k *killer) smtp(provider string) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		k.t.Fatal(err)
	}
	k.t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			in, err := l.Accept()
			if err != nil {
				return // the test is over
			}
			out, err := net.Dial("tcp", provider)
			if err != nil {
				_ = in.Close()
				continue
			}
			go k.lines(in, out, "before", "DATA")
			go k.lines(out, in, "after", "queued")
		}
	}()
	return l.Addr().String()
}

// lines passes lines on, up to one of the moment.
func (k *killer) lines(from, to net.Conn, moment, has string) {
	defer from.Close()
	defer to.Close()
	lines := bufio.NewReader(from)
	for {
		line, err := lines.ReadString('\n')
		if err != nil || strings.Contains(line, has) && k.at("mail", moment) {
			return
		}
		if _, err := io.WriteString(to, line); err != nil {
			return
		}
	}
}
