package several_test

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/linxGnu/gosmpp/data"
	"github.com/linxGnu/gosmpp/pdu"

	"example.com/netanswer/client"
	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/test/sandboxtest"
)

// callsBySIP goes through the scenarios of a telephone, which calls one sandbox;
// all others are asked what came of it.
func callsBySIP(t *testing.T, database string) {
	called := begin(t, database)
	b := balance(t, begin(t, database), begin(t, database))
	said, err := sandboxtest.Netanswer(t, "verify", "-driver", "api", "-name", "SIP", "-out", t.TempDir(),
		"-member", b.member, "-console", b.console, "-sip", called.at["sip"])
	if err != nil || !strings.Contains(said, "失敗 0、判定不能・未実行 0、対象外 0") {
		t.Errorf("%v\n%s", err, said)
	}
}

// A bound is an SMPP connection of a backend.
type bound struct{ net.Conn }

// binds binds as a world.
func binds(t *testing.T, s *sandbox, world string) bound {
	t.Helper()
	conn, err := net.Dial("tcp", s.at["smpp"])
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	bind := pdu.NewBindRequest(pdu.Transceiver)
	bind.SystemID, bind.Password = world, "any"
	b := bound{conn}
	b.says(t, bind)
	if answer, ok := b.hears(t).(*pdu.BindResp); !ok || answer.CommandStatus != data.ESME_ROK {
		t.Fatalf("bind: %+v", answer)
	}
	return b
}

func (b bound) says(t *testing.T, p pdu.PDU) {
	t.Helper()
	buffer := pdu.NewBuffer(nil)
	p.Marshal(buffer)
	if _, err := b.Write(buffer.Bytes()); err != nil {
		t.Fatal(err)
	}
}

// hears is what the sandbox says next.
func (b bound) hears(t *testing.T) pdu.PDU {
	t.Helper()
	if err := b.SetReadDeadline(clock.Machine().Add(sandboxtest.AnswerTimeout)); err != nil {
		t.Fatal(err)
	}
	p, err := pdu.Parse(b)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// receiptOnce binds one world to two sandboxes, sends by the one and sees that its
// receipt is told once: to nobody else, and not once more.
func receiptOnce(t *testing.T, database string) {
	one, two := begin(t, database), begin(t, database)
	controls := client.New(one.at["console"])
	if err := controls.Arrange(t.Context(), "mine", client.Setup{Clock: sandboxtest.Frozen()}); err != nil {
		t.Fatal(err)
	}
	lines := []bound{binds(t, one, "mine"), binds(t, two, "mine")}
	const messages = 5
	told, submitted := make(chan string, 2*messages), make(chan data.CommandStatusType, messages)
	for _, l := range lines { // a receipt may come before the answer to the next message
		go l.receipts(told, submitted)
	}
	for range messages {
		m := pdu.NewSubmitSM().(*pdu.SubmitSM)
		m.RegisteredDelivery = 1
		if err := m.DestAddr.SetAddress("819000001001"); err != nil {
			t.Fatal(err)
		}
		if err := m.Message.SetMessageWithEncoding("hello", data.GSM7BIT); err != nil {
			t.Fatal(err)
		}
		lines[0].says(t, m)
	}
	late, cancel := context.WithTimeout(t.Context(), sandboxtest.AnswerTimeout)
	defer cancel()
	for range messages {
		select {
		case status := <-submitted:
			if status != data.ESME_ROK {
				t.Fatalf("submit: %v", status)
			}
		case <-late.Done():
			t.Fatal("a message is not answered")
		}
	}
	if _, err := controls.Advance(t.Context(), "mine", time.Minute); err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	for range messages {
		select {
		case id := <-told:
			ids[id] = true
		case <-late.Done():
			t.Fatalf("only %d of %d were told", len(ids), messages)
		}
	}
	if len(ids) != messages {
		t.Errorf("one was told twice: %v", ids)
	}
	for _, l := range lines { // whatever would come now is before the answer to this
		l.says(t, pdu.NewEnquireLink())
		if id := <-told; id != "" {
			t.Errorf("told once more: %s", id)
		}
	}
}

// receipts tells the ids of the receipts that come, and "" for an answer to a
// question; submitted is how messages were answered.
func (b bound) receipts(told chan<- string, submitted chan<- data.CommandStatusType) {
	if err := b.SetReadDeadline(time.Time{}); err != nil {
		return // the test is over
	}
	for {
		p, err := pdu.Parse(b)
		if err != nil {
			return // the test is over
		}
		switch p := p.(type) {
		case *pdu.EnquireLinkResp:
			told <- ""
		case *pdu.SubmitSMResp:
			submitted <- p.CommandStatus
		case *pdu.DeliverSM:
			text, err := p.Message.GetMessage()
			if err != nil {
				text = err.Error()
			}
			answer := pdu.NewBuffer(nil)
			p.GetResponse().Marshal(answer)
			if _, err := b.Write(answer.Bytes()); err != nil {
				return
			}
			told <- strings.Fields(text)[0]
		}
	}
}

// watchesElsewhere watches a world at one sandbox and changes it at another.
func watchesElsewhere(t *testing.T, database string) {
	one, two := begin(t, database), begin(t, database)
	changes := client.New(one.at["console"])
	if err := changes.Arrange(t.Context(), "mine", client.Setup{Clock: sandboxtest.Frozen()}); err != nil {
		t.Fatal(err)
	}
	q, err := http.NewRequestWithContext(t.Context(), http.MethodGet, two.at["console"]+"/api/worlds/mine/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	stream, err := http.DefaultClient.Do(q)
	if err != nil {
		t.Fatal(err)
	}
	defer stream.Body.Close()
	lines := bufio.NewScanner(stream.Body)
	next := func() string {
		for lines.Scan() {
			if id, ok := strings.CutPrefix(lines.Text(), "id: "); ok {
				return id
			}
		}
		return fmt.Sprint("nothing: ", lines.Err())
	}
	for range 3 {
		before := next()
		if _, err := changes.Advance(t.Context(), "mine", time.Second); err != nil {
			t.Fatal(err)
		}
		if after := next(); after == before || strings.HasPrefix(after, "nothing") {
			t.Errorf("after the change %s: %s", before, after)
		}
		if _, err := changes.Advance(t.Context(), "mine", time.Second); err != nil {
			t.Fatal(err)
		}
	}
}

// oneTap sends one tap of a wrong PIN to two sandboxes at once: it counts once.
func oneTap(t *testing.T, database string) {
	sandboxes := []*sandbox{begin(t, database), begin(t, database)}
	controls := client.New(sandboxes[0].at["console"])
	for i := range 10 {
		name := fmt.Sprintf("tap-%d", i)
		put, err := controls.Put(t.Context(), name, client.Placing{At: "pin", Channel: "app"})
		if err != nil {
			t.Fatal(err)
		}
		tap := func(s *sandbox, key string) string {
			left, err := wrongPIN(s, name, put.Registration.ID, key)
			if err != nil {
				t.Error(err)
			}
			return left
		}
		var both sync.WaitGroup
		said := make([]string, len(sandboxes))
		for i, s := range sandboxes {
			both.Go(func() { said[i] = tap(s, "one") })
		}
		both.Wait()
		if after := tap(sandboxes[0], "two"); said[0] != said[1] || said[0] == after {
			t.Errorf("left are %v, after another tap %s", said, after)
		}
		events, err := controls.Timeline(t.Context(), name)
		if n := strings.Count(fmt.Sprint(events), "暗証番号が一致しませんでした"); n != 2 || err != nil {
			t.Errorf("the issuer counted %d for two taps: %v", n, err)
		}
	}
}

// wrongPIN is what is said of it.
func wrongPIN(s *sandbox, world, id, key string) (string, error) {
	at, err := url.JoinPath(s.at["member"], "/api/app/registrations", id, "pin")
	if err != nil {
		return "", err
	}
	q, err := http.NewRequest(http.MethodPost, at, strings.NewReader(`{"pin":"0000"}`))
	if err != nil {
		return "", err
	}
	q.Header.Set("Netanswer-World", world)
	q.Header.Set("Content-Type", "application/json")
	q.Header.Set("Idempotency-Key", key)
	answer, err := http.DefaultClient.Do(q)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	line, err := bufio.NewReader(answer.Body).ReadString('\n')
	if answer.StatusCode != http.StatusUnprocessableEntity {
		return "", fmt.Errorf("%s: %s %w", answer.Status, line, err)
	}
	return line, nil
}
