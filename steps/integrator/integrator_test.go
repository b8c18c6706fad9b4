package integrator_test

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/linxGnu/gosmpp/data"
	"github.com/linxGnu/gosmpp/pdu"

	"example.com/netanswer/client"
	"example.com/netanswer/steps/actor"
	"example.com/netanswer/steps/integrator"
)

const (
	hanako = "花子さん"
	phone  = "090-1234-5678"
	email  = "hanako@example.jp"
)

// An answer is what a provider says to one request: a status before its body, or
// "cut" for a connection that is lost before one, "half" in the middle of it.
type answer struct {
	status int
	body   string
}

const (
	cut  = -1
	half = -2
)

// Providers answer by script. REST and the control API are one server.
type providers struct {
	answers map[string]answer // by method, and path after the world's or the account's
	smtp    map[string]string // by command; "" ends the connection
	smpp    func(*pdu.SubmitSM) []pdu.PDU

	mu    sync.Mutex
	mails []string     // as they came
	forms []url.Values // that REST was sent
}

func (p *providers) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path := strings.TrimPrefix(r.URL.Path, "/api/worlds/")
	path = strings.TrimPrefix(path, "/2010-04-01/Accounts/ACw/")
	_ = r.ParseForm() // what is no form has no fields
	p.mu.Lock()
	p.forms = append(p.forms, r.PostForm)
	a, known := p.answers[r.Method+" "+path]
	p.mu.Unlock()
	switch {
	case !known:
		a = answer{http.StatusInternalServerError, `{"detail":"nobody wrote an answer to ` + path + `"}`}
	case a.status == cut:
		panic(http.ErrAbortHandler)
	case a.status == half:
		w.Header().Set("Content-Length", "9999")
		a.status = http.StatusCreated
	case a.status == 0:
		a.status = http.StatusOK
	}
	w.WriteHeader(a.status)
	_, _ = io.WriteString(w, a.body) // a client that is gone shows in what it gets
}

// listen serves each connection until it ends.
func listen(t *testing.T, serve func(net.Conn)) (address string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	all.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			all.Go(func() {
				defer c.Close()
				serve(c)
			})
		}
	})
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
		all.Wait()
	})
	return l.Addr().String()
}

// takeMail speaks SMTP.
func (p *providers) takeMail(c net.Conn) {
	in := bufio.NewScanner(c)
	say := func(line string) { _, _ = io.WriteString(c, line+"\r\n") } // likewise
	say("220 ready")
	for in.Scan() {
		command, _, _ := strings.Cut(in.Text(), " ")
		if told, ok := p.smtp[command]; ok {
			if told == "" {
				return
			}
			say(told)
			continue
		}
		switch command {
		case "EHLO":
			say("250-here\r\n250 AUTH PLAIN")
		case "AUTH":
			say("235 in")
		case "DATA":
			say("354 go on")
			mail := ""
			for in.Scan() && in.Text() != "." {
				mail += in.Text() + "\r\n"
			}
			p.mu.Lock()
			p.mails = append(p.mails, mail)
			p.mu.Unlock()
			if told, ok := p.smtp["."]; ok && told == "" {
				return
			} else if ok {
				say(told)
			} else {
				say("250 taken")
			}
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 fine")
		}
	}
}

// takeTexts speaks SMPP.
func (p *providers) takeTexts(c net.Conn) {
	for {
		heard, err := pdu.Parse(c)
		if err != nil {
			return
		}
		answers := []pdu.PDU{}
		switch heard := heard.(type) {
		case *pdu.SubmitSM:
			answers = p.smpp(heard)
		default:
			if heard.CanResponse() {
				answers = append(answers, heard.GetResponse())
			}
		}
		for _, a := range answers {
			out := pdu.NewBuffer(nil)
			a.Marshal(out)
			_, _ = c.Write(out.Bytes()) // likewise
		}
	}
}

// response is the answer to a message, with a status.
func response(to *pdu.SubmitSM, status data.CommandStatusType) pdu.PDU {
	r := to.GetResponse().(*pdu.SubmitSMResp)
	r.CommandStatus = status
	return r
}

// receipt is one in these words.
func receipt(t *testing.T, words string) pdu.PDU {
	d := pdu.NewDeliverSM().(*pdu.DeliverSM)
	if err := d.Message.SetMessageWithEncoding(words, data.GSM7BIT); err != nil {
		t.Error(err)
	}
	return d
}

// before is a backend before providers, in the world w.
func before(t *testing.T, p *providers) context.Context {
	t.Helper()
	server := httptest.NewServer(p)
	t.Cleanup(server.Close)
	if p.answers == nil {
		p.answers = map[string]answer{}
	}
	p.answers["GET /api/providers"] = answer{body: `{"rest":"` + server.URL + `","smpp":"` + listen(t, p.takeTexts) +
		`","smtp":"` + listen(t, p.takeMail) + `","imap":"127.0.0.1:1"}`}
	scene := &actor.Scene{Cast: map[string]actor.Person{hanako: {Called: hanako, Phone: phone, Email: email}}}
	scene.World.Name = "w"
	ctx := integrator.Enter(actor.Enter(t.Context(), scene), &integrator.Backend{Controls: client.New(server.URL), Now: never})
	t.Cleanup(func() {
		if err := integrator.Leave(ctx); err != nil {
			t.Error(err)
		}
	})
	return ctx
}

// expect compares an error with what it should say, "" for none.
func expect(t *testing.T, name string, err error, want string) {
	t.Helper()
	if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
		t.Errorf("%s: %v; want %q", name, err, want)
	}
}

// all does one thing after another until one fails.
func all(steps ...func() error) error {
	for _, do := range steps {
		if err := do(); err != nil {
			return err
		}
	}
	return nil
}
