package providerclient_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/mocks/issuer"
	"example.com/netanswer/mocks/outbound"
	"example.com/netanswer/sandbox/providerclient"
)

// hasty waits for nothing.
func hasty() providerclient.RetryPolicy {
	return providerclient.RetryPolicy{Try: 5 * time.Second, Total: 20 * time.Second, Retries: 2, Failures: 0, Rest: time.Minute}
}

// core is a core system that answers as told, and what asks it.
func core(t *testing.T, p providerclient.RetryPolicy, answer http.HandlerFunc) *providerclient.Issuer {
	t.Helper()
	server := httptest.NewServer(answer)
	t.Cleanup(server.Close)
	i, err := providerclient.NewIssuer(server.URL, p, outbound.Owner{})
	if err != nil {
		t.Fatal(err)
	}
	return i
}

func says(w http.ResponseWriter, status int, body string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, body) // the client is this test
}

var (
	card = issuer.CardQuestion{CardNumber: "4242420000010017", ExpiryMonth: "11", ExpiryYear: "35", SecurityCode: "987"}
	pin  = issuer.PINQuestion{CardNumber: "4242420000010017", PIN: "2580"}
)

func TestTimeoutsThatCannotBe(t *testing.T) {
	for name, spoil := range map[string]func(*providerclient.RetryPolicy){
		"no time for a try":     func(p *providerclient.RetryPolicy) { p.Try = 0 },
		"less than one try":     func(p *providerclient.RetryPolicy) { p.Total = p.Try / 2 },
		"retries below zero":    func(p *providerclient.RetryPolicy) { p.Retries = -1 },
		"retries without end":   func(p *providerclient.RetryPolicy) { p.Retries = 11 },
		"a wait below zero":     func(p *providerclient.RetryPolicy) { p.Wait = -1 },
		"failures below zero":   func(p *providerclient.RetryPolicy) { p.Failures = -1 },
		"a circuit never shuts": func(p *providerclient.RetryPolicy) { p.Rest = 0 },
	} {
		p := providerclient.DefaultRetryPolicy()
		if err := p.Check(); err != nil {
			t.Fatal(err)
		}
		if spoil(&p); p.Check() == nil {
			t.Errorf("%s is allowed", name)
		}
		if _, err := providerclient.NewIssuer("http://127.0.0.1:1", p, outbound.Owner{}); err == nil {
			t.Errorf("%s makes a client", name)
		}
	}
	for _, address := range []string{"", "127.0.0.1:8091", "ftp://127.0.0.1", "http://"} {
		if _, err := providerclient.NewIssuer(address, hasty(), outbound.Owner{}); err == nil {
			t.Errorf("%q is an address", address)
		}
	}
}

func TestHowAQuestionIsAsked(t *testing.T) {
	type asked struct{ Line, World, Key, User, Password, Type, Body string }
	var got asked
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body) // what cannot be read differs below
		user, password, _ := r.BasicAuth()
		got = asked{
			r.Method + " " + r.URL.String(),
			r.Header.Get("Netanswer-World"),
			r.Header.Get("Idempotency-Key"),
			user,
			password,
			r.Header.Get("Content-Type"),
			string(body),
		}
		says(w, 201, `{"repeated":false,"more":{"than":"asked"}}`)
	}))
	defer server.Close()
	i, err := providerclient.NewIssuer(strings.Replace(server.URL, "://", "://bank-{world}:secret@", 1)+"/base/", hasty(), outbound.Owner{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := i.Enrol(t.Context(), "mine", issuer.EnrolmentQuestion{CardNumber: card.CardNumber, Key: "k-1"}); err != nil {
		t.Fatal(err)
	}
	want := asked{
		"POST /base/issuer/v1/three-d-secure-enrolments",
		"mine",
		"k-1",
		"bank-mine",
		"secret",
		"application/json",
		`{"card_number":"4242420000010017"}`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestNothingLeaks: a core system that repeats what it was asked, wherever it
// can, finds none of it in an error.
func TestNothingLeaks(t *testing.T) {
	for name, answer := range map[string]http.HandlerFunc{
		"in a problem": func(w http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			says(w, 422, `{"code":"4242420000010017","detail":"987 2580","body":`+string(body)+`}`)
		},
		"in a mistyped answer": func(w http.ResponseWriter, r *http.Request) {
			says(w, 200, `{"verified":"4242420000010017","right":"2580","tries_left":"987","stopped":false}`)
		},
		"in an answer of another form": func(w http.ResponseWriter, r *http.Request) {
			says(w, 200, `{"verified":true,"holder":{"member_id":"x","name":"x","birth_date":"4242420000010017","brand":"987","product":"2580","status":"2580"},"right":true,"tries_left":2580,"stopped":false}`)
		},
		"in no JSON": func(w http.ResponseWriter, r *http.Request) { says(w, 200, `4242420000010017 2580 987`) },
		"in a header": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Location", "/4242420000010017?2580=987")
			w.WriteHeader(302)
		},
		"in a status line": func(w http.ResponseWriter, r *http.Request) {
			conn, _, err := w.(http.Hijacker).Hijack()
			if err != nil {
				panic(err)
			}
			_, _ = io.WriteString(conn, "HTTP/1.1 4242420000010017 2580 987\r\n\r\n")
			_ = conn.Close()
		},
	} {
		i := core(t, hasty(), answer)
		_, err1 := i.Verify(t.Context(), "w", card)
		_, err2 := i.CheckPIN(t.Context(), "w", pin)
		for _, err := range []error{err1, err2} {
			if err == nil {
				t.Errorf("%s: there is an answer", name)
				continue
			}
			for _, secret := range []string{card.CardNumber, card.SecurityCode, pin.PIN} {
				if strings.Contains(err.Error(), secret) {
					t.Errorf("%s: the error says %s: %v", name, secret, err)
				}
			}
		}
	}
}

func TestNobodyElseIsAsked(t *testing.T) {
	var elsewhere atomic.Int32
	other := httptest.NewServer(
		http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { elsewhere.Add(1); says(w, 200, `{"verified":false}`) }),
	)
	defer other.Close()
	for _, status := range []int{301, 302, 307, 308} {
		i := core(t, hasty(), func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, other.URL+r.URL.Path, status) })
		_, err := i.Verify(t.Context(), "w", card)
		if f := issuer.HowFailed(err); f == nil || f.Way != issuer.Refused || f.Status != status || elsewhere.Load() != 0 {
			t.Errorf("%d: %v, and elsewhere asked %d times", status, err, elsewhere.Load())
		}
	}
}

func TestAnAnswerWithoutEnd(t *testing.T) {
	i := core(t, hasty(), func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		for r.Context().Err() == nil {
			if _, err := w.Write([]byte(strings.Repeat(" ", 1<<16))); err != nil {
				return
			}
		}
	})
	_, err := i.Verify(t.Context(), "w", card)
	if f := issuer.HowFailed(err); f == nil || f.Way != issuer.Malformed || !strings.Contains(err.Error(), "more than 262144 bytes") {
		t.Errorf("%v", err)
	}
}

func TestAnAnswerThatSwitchesProtocols(t *testing.T) {
	var asked atomic.Int32
	i := core(t, hasty(), func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		conn, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			panic(err)
		}
		defer conn.Close()
		_, _ = io.WriteString(conn, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n")
		_, _ = conn.Read(make([]byte, 1)) // silent until the other side has gone
	})
	_, err := i.Verify(t.Context(), "w", card)
	if f := issuer.HowFailed(err); f == nil || f.Way != issuer.Malformed || asked.Load() != 1 {
		t.Errorf("%v, asked %d times", err, asked.Load())
	}
}

func TestAnUnknownCardIsAnAnswer(t *testing.T) {
	i := core(t, hasty(), func(w http.ResponseWriter, _ *http.Request) { says(w, 404, `{"code":"card_unknown"}`) })
	if _, err := i.Standing(t.Context(), "w", issuer.StandingQuestion{CardNumber: "x"}); !errors.Is(err, issuer.ErrUnknownCard) ||
		issuer.HowFailed(err) != nil {
		t.Errorf("%v", err)
	}
}

func TestNobodyListens(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	i, err := providerclient.NewIssuer("http://"+address, hasty(), outbound.Owner{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := i.Verify(t.Context(), "w", card); issuer.HowFailed(err) == nil || issuer.HowFailed(err).Way != issuer.Unreachable {
		t.Errorf("%v", err)
	}
}

func TestAMemberWhoLeavesIsNotWaitedFor(t *testing.T) {
	ctx, leave := context.WithCancel(t.Context())
	var count atomic.Int32
	i := core(
		t,
		providerclient.RetryPolicy{Try: 5 * time.Second, Total: 20 * time.Second, Retries: 2, Failures: 1, Rest: time.Minute},
		func(_ http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body) // so that the server sees the client go
			if count.Add(1) == 1 {
				leave()
				<-r.Context().Done()
			}
			panic(http.ErrAbortHandler)
		},
	)
	if _, err := i.Verify(ctx, "w", card); !errors.Is(err, context.Canceled) || count.Load() != 1 {
		t.Errorf("%v after %d tries", err, count.Load())
	}
	// Nor is it the issuer's failure: the circuit is shut.
	if _, err := i.Verify(t.Context(), "w", card); issuer.HowFailed(err) == nil || issuer.HowFailed(err).Way != issuer.Broken {
		t.Errorf("%v", err)
	}
}
