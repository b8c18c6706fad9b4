package netanswer_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/smtp"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/linxGnu/gosmpp/data"
	"github.com/linxGnu/gosmpp/pdu"
	"github.com/testcontainers/testcontainers-go"

	"example.com/netanswer/client"
	netanswer "example.com/netanswer/testcontainers"
)

// sandbox runs a sandbox that ends with the test.
func sandbox(tb testing.TB, opts ...testcontainers.ContainerCustomizer) *netanswer.Container {
	tb.Helper()
	wanted(tb, made.wrong)
	c, err := netanswer.Run(tb.Context(), image, opts...)
	testcontainers.CleanupContainer(tb, c)
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

// must is the value of a call that may not fail.
func must[T any](v T, err error) func(testing.TB) T {
	return func(tb testing.TB) T {
		tb.Helper()
		if err != nil {
			tb.Fatal(err)
		}
		return v
	}
}

func TestEveryListenerIsReached(t *testing.T) {
	t.Parallel()
	c := sandbox(t)
	ctx := t.Context()
	controls := must(c.Control(ctx))(t)

	t.Run("pages and API, by header and by host", func(t *testing.T) {
		service := must(c.ServiceURL(ctx))(t)
		for world, address := range map[string]string{"": service, "by-header": service, "by-host": must(c.WorldURL(ctx, "by-host"))(t)} {
			u, err := url.Parse(address)
			if err != nil {
				t.Fatal(err)
			}
			q := must(http.NewRequestWithContext(ctx, http.MethodPost, service+"/api/registrations", strings.NewReader("{}")))(t)
			q.Host = u.Host // no resolver need know *.localhost
			q.Header.Set("Content-Type", "application/json")
			if world == "by-header" {
				q.Header.Set("Netanswer-World", world)
			}
			answer := must(http.DefaultClient.Do(q))(t)
			body := must(io.ReadAll(answer.Body))(t)
			answer.Body.Close()
			w := must(controls.World(ctx, or(world, "default")))(t)
			if answer.StatusCode != http.StatusCreated || w.Counts.Registrations != 1 {
				t.Errorf("world %q: %d %s; it has %d registrations, want 1", world, answer.StatusCode, body, w.Counts.Registrations)
			}
		}
	})
	t.Run("Twilio's REST", func(t *testing.T) {
		rest := strings.Replace(must(c.RESTURL(ctx))(t), "://", "://ACmine:any@", 1)
		answer := must(
			http.PostForm(
				rest+"/2010-04-01/Accounts/ACmine/Messages.json",
				url.Values{"To": {"+819000001001"}, "From": {"SAISON"}, "Body": {"パスコード 123456"}},
			),
		)(
			t,
		)
		answer.Body.Close()
		sms, err := controls.AwaitSMS(ctx, "mine", "090-0000-1001", "", 5*time.Second)
		if err != nil || sms.Passcode == nil || sms.Passcode.Code != "123456" {
			t.Errorf("%d; on the phone %+v %v", answer.StatusCode, sms, err)
		}
	})
	t.Run("SMTP", func(t *testing.T) {
		client := must(smtp.NewClient(dial(t, "tcp", must(c.SMTPAddress(ctx))(t)), "localhost"))(t)
		if err := errors.Join(client.Mail("shop@example.com"), client.Rcpt("hanako@example.jp")); err != nil {
			t.Fatal(err)
		}
		w := must(client.Data())(t)
		must(io.WriteString(w, "Subject: hello\r\n\r\nhello\r\n"))(t)
		if err := errors.Join(w.Close(), client.Quit()); err != nil {
			t.Fatal(err)
		}
		if mail, err := controls.AwaitMail(ctx, "default", "hanako@example.jp", "", 5*time.Second); err != nil || mail.Subject != "hello" {
			t.Errorf("%+v %v", mail, err)
		}
	})
	t.Run("IMAP", func(t *testing.T) {
		conn := dial(t, "tcp", must(c.IMAPAddress(ctx))(t))
		if said, err := bufio.NewReader(conn).ReadString('\n'); err != nil || !strings.HasPrefix(said, "* OK") {
			t.Errorf("%q %v", said, err)
		}
	})
	t.Run("SMPP", func(t *testing.T) {
		conn := dial(t, "tcp", must(c.SMPPAddress(ctx))(t))
		bind := pdu.NewBindRequest(pdu.Transceiver)
		bind.SystemID, bind.Password = "mine", "any"
		buf := pdu.NewBuffer(nil)
		bind.Marshal(buf)
		must(conn.Write(buf.Bytes()))(t)
		p, err := pdu.Parse(conn)
		if answer, ok := p.(*pdu.BindResp); err != nil || !ok || answer.CommandStatus != data.ESME_ROK {
			t.Errorf("%+v %v", p, err)
		}
	})
	for _, network := range []string{"udp", "tcp"} {
		t.Run("SIP over "+network, func(t *testing.T) {
			conn := dial(t, network, must(c.SIPAddress(ctx, network))(t))
			must(io.WriteString(conn, options(network, conn.LocalAddr().String())))(t)
			if said, err := bufio.NewReader(conn).ReadString('\n'); err != nil || !strings.HasPrefix(said, "SIP/2.0 200") {
				t.Errorf("%q %v", said, err)
			}
		})
	}
}

// options asks a telephone whether it is there.
func options(network, here string) string {
	return strings.Join(
		[]string{
			"OPTIONS sip:0120000111@mine.localhost SIP/2.0",
			"Via: SIP/2.0/" + strings.ToUpper(network) + " " + here + ";branch=z9hG4bK1;rport",
			"Max-Forwards: 70",
			"From: <sip:test@" + here + ">;tag=1",
			"To: <sip:0120000111@mine.localhost>",
			"Call-ID: 1@test",
			"CSeq: 1 OPTIONS",
			"Contact: <sip:test@" + here + ">",
			"Content-Length: 0",
			"",
			"",
		},
		"\r\n",
	)
}

// dial connects for as long as the test, and for ten seconds at most.
func dial(t *testing.T, network, address string) net.Conn {
	t.Helper()
	conn, err := (&net.Dialer{Timeout: 10 * time.Second}).DialContext(t.Context(), network, address)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	ended := context.AfterFunc(ctx, func() { conn.Close() })
	t.Cleanup(func() { ended(); cancel(); conn.Close() })
	return conn
}

func or(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

func TestWorldsAreArrangedBeforeRunEnds(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 24, 10, 0, 0, 0, time.FixedZone("JST", 9*60*60))
	c := sandbox(
		t,
		netanswer.WithControlToken("a-token-of-my-own"),
		netanswer.WithPolicy("passcode_lifetime", "5m"),
		netanswer.WithPolicy("passcode_digits", 4),
		netanswer.WithWorld("frozen", client.Setup{Clock: &client.ClockMove{Now: &at, Running: new(false)}}),
		netanswer.WithWorld(
			"eight",
			client.Setup{Policy: client.Policy{"passcode_digits": 8}, Texts: map[string]string{"home.lead": "ようこそ"}},
		),
	)
	controls := must(c.Control(t.Context()))(t)
	type rules struct {
		life, digits any
		frozen       bool
		text         string
	}
	for name, want := range map[string]rules{
		"frozen": {"5m0s", 4.0, true, ""}, "eight": {"5m0s", 8.0, false, "ようこそ"}, "fresh": {"10m0s", 6.0, false, ""},
	} {
		w := must(controls.World(t.Context(), name))(t)
		got := rules{
			w.Policy["passcode_lifetime"],
			w.Policy["passcode_digits"],
			w.Clock.Now.Equal(at) && !w.Clock.Running,
			w.Texts["home.lead"],
		}
		if got != want {
			t.Errorf("world %s is %+v, want %+v", name, got, want)
		}
	}
	if c.ControlToken() != "a-token-of-my-own" {
		t.Errorf("the token is %q", c.ControlToken())
	}
	var refused *client.Problem
	_, err := client.New(must(c.ControlURL(t.Context()))(t), client.WithToken("another-token-altogether")).Bounds(t.Context())
	if !errors.As(err, &refused) || refused.Status != http.StatusUnauthorized {
		t.Errorf("another token: %v", err)
	}
}

func TestPolicyWithoutAWorldIsThatOfTheDefault(t *testing.T) {
	t.Parallel()
	c := sandbox(t, netanswer.WithPolicy("passcode_digits", 8),
		testcontainers.WithEnv(map[string]string{"NETANSWER_MAX_WORLDS": "7", "NETANSWER_CONTROL_TOKEN": "set-by-a-variable"}))
	controls := must(c.Control(t.Context()))(t)
	if p := must(controls.Policy(t.Context(), "default"))(t); p["passcode_digits"] != 8.0 {
		t.Errorf("passcodes of %v digits", p["passcode_digits"])
	}
	if b := must(controls.Bounds(t.Context()))(t); b.Worlds != 7 {
		t.Errorf("%d worlds, want what the variable says", b.Worlds)
	}
}

func TestASandboxThatCannotStartSaysWhy(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		with  testcontainers.ContainerCustomizer
		wrong []string
	}{
		"an unknown setting":       {testcontainers.WithEnv(map[string]string{"NETANSWER_MAX_WORDLS": "7"}), []string{"知らない変数 NETANSWER_MAX_WORDLS"}},
		"a blank token":            {testcontainers.WithEnv(map[string]string{"NETANSWER_CONTROL_TOKEN": ""}), []string{"control-token: 空白だけです"}},
		"an unknown policy":        {netanswer.WithPolicy("passcode_liftime", "5m"), []string{"arrange world default", "passcode_liftime"}},
		"a value that cannot be":   {netanswer.WithPolicy("passcode_lifetime", "soon"), []string{"arrange world default", "soon"}},
		"a name that no world has": {netanswer.WithWorld("no world", client.Setup{}), []string{"arrange world no world"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			wanted(t, made.wrong)
			ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
			defer cancel()
			c, err := netanswer.Run(ctx, image, tt.with)
			testcontainers.CleanupContainer(t, c)
			for _, part := range tt.wrong {
				if err == nil || !strings.Contains(err.Error(), part) {
					t.Errorf("%v, want %q", err, part)
				}
			}
		})
	}
}
