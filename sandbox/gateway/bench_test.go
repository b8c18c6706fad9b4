package gateway_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/mocks/mailbox"
	"example.com/netanswer/mocks/sms"
	"example.com/netanswer/sandbox/gateway"
	"example.com/netanswer/sandbox/store"
	"example.com/netanswer/sandbox/world"
)

// large is a service that holds many messages.
func large(b *testing.B, most int) (*world.Service, *gateway.Gateway) {
	b.Helper()
	bounds := world.DefaultBounds()
	bounds.Messages = most
	service, err := world.New(world.Config{Machine: clock.Machine, Bounds: bounds, Store: store.NewMemory(clock.Machine, bounds)})
	if err != nil {
		b.Fatal(err)
	}
	g := gateway.New(gateway.Config{Service: service, Limits: gateway.DefaultLimits(), Log: slog.New(slog.DiscardHandler)})
	b.Cleanup(g.Close)
	return service, g
}

// passcodeMail is a mail as the reference backend writes it.
func passcodeMail(b *testing.B) []byte {
	b.Helper()
	raw, err := mailbox.Compose(mailbox.Draft{FromName: "セゾンカード", FromAddress: "namr@mail.saisoncard.co.jp", To: "hanako@example.jp",
		Subject: "<セゾンカード>ワンタイムパスコードのお知らせ", Date: time.Date(2026, 11, 24, 10, 0, 0, 0, clock.Japan), MessageID: "1@mail.saisoncard.co.jp",
		Text: strings.Repeat("会員登録のためのワンタイムパスコードをお送りします。\n", 3) + "\n012345\n\n※有効期限は 10 分間です。\n"})
	if err != nil {
		b.Fatal(err)
	}
	return raw
}

// BenchmarkSMTP sends mails, each read and to be found, one after another on
// each of so many connections, by a client as lean as can be. The answers to
// MAIL, RCPT and DATA are read together, as PIPELINING allows.
func BenchmarkSMTP(b *testing.B) {
	raw := passcodeMail(b)
	for _, connections := range []int{1, 8} {
		b.Run(fmt.Sprintf("connections=%d", connections), func(b *testing.B) {
			_, g := large(b, b.N+10)
			address := listen(b, smtpOf(g))
			envelope := []byte("MAIL FROM:<namr@mail.saisoncard.co.jp>\r\nRCPT TO:<hanako@example.jp>\r\nDATA\r\n")
			body := append(slices.Clone(raw), "\r\n.\r\n"...)
			var next atomic.Int64
			var group sync.WaitGroup
			wires := make([]wire, connections)
			for i := range wires {
				wires[i] = dial(b, address)
				wires[i].hear()
				wires[i].say("EHLO bench\r\n")
			}
			b.ResetTimer()
			for _, w := range wires {
				group.Go(func() {
					for next.Add(1) <= int64(b.N) {
						if err := w.mail(envelope, body); err != nil {
							b.Error(err)
							return
						}
					}
				})
			}
			group.Wait()
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "mails/s")
		})
	}
}

// mail sends one mail.
func (w wire) mail(envelope, body []byte) error {
	if _, err := w.Write(envelope); err != nil {
		return err
	}
	for _, want := range "223" {
		if err := w.expect(byte(want)); err != nil {
			return err
		}
	}
	if _, err := w.Write(body); err != nil {
		return err
	}
	return w.expect('2')
}

func (w wire) expect(want byte) error {
	line, err := w.in.ReadSlice('\n')
	if err != nil {
		return err
	}
	if line[0] != want {
		return fmt.Errorf("answered %s", line)
	}
	return nil
}

// BenchmarkREST sends SMS by Twilio's REST on so many connections.
func BenchmarkREST(b *testing.B) {
	for _, connections := range []int{1, 8} {
		b.Run(fmt.Sprintf("connections=%d", connections), func(b *testing.B) {
			_, g := large(b, b.N+10)
			server := httptest.NewServer(g.Twilio())
			b.Cleanup(server.Close)
			client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: connections}}
			form := url.Values{"To": {"+819000001001"}, "From": {"SAISON"}, "Body": {"パスコード 012345\nご利用のサービスに入力して手続きを進めてください。"}}.Encode()
			var next atomic.Int64
			var group sync.WaitGroup
			b.ResetTimer()
			for range connections {
				group.Go(func() {
					for next.Add(1) <= int64(b.N) {
						if err := post(client, server.URL+"/2010-04-01/Accounts/ACbench/Messages.json", form); err != nil {
							b.Error(err)
							return
						}
					}
				})
			}
			group.Wait()
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "SMS/s")
		})
	}
}

func post(client *http.Client, address, form string) error {
	q, err := http.NewRequest(http.MethodPost, address, strings.NewReader(form))
	if err != nil {
		return err
	}
	q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	q.SetBasicAuth("ACbench", "token")
	answer, err := client.Do(q)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if _, err := io.Copy(io.Discard, answer.Body); err != nil {
		return err
	}
	if answer.StatusCode != http.StatusCreated {
		return fmt.Errorf("answered %s", answer.Status)
	}
	return nil
}

// BenchmarkVisible measures how long after a mail was accepted by SMTP a blocked
// wait has it: from the answer to DATA where that comes first.
func BenchmarkVisible(b *testing.B) {
	s, g := large(b, 1_000_000)
	w := dial(b, listen(b, smtpOf(g)))
	w.hear()
	w.say("EHLO bench\r\n")
	envelope := []byte("MAIL FROM:<namr@mail.saisoncard.co.jp>\r\nRCPT TO:<hanako@example.jp>\r\nDATA\r\n")
	body := append(passcodeMail(b), "\r\n.\r\n"...)
	var took []time.Duration
	after := ""
	type seen struct {
		mail mailbox.Mail
		at   time.Time
	}
	for b.Loop() {
		found := make(chan seen, 1)
		go func() {
			m, _, err := s.Control().AwaitMail(context.Background(), world.DefaultName, "hanako@example.jp", after)
			if err != nil {
				b.Error(err)
			}
			found <- seen{m, clock.Machine()}
		}()
		if err := w.mail(envelope, body); err != nil {
			b.Fatal(err)
		}
		f := <-found
		after = f.mail.ID
		took = append(took, f.at.Sub(f.mail.AcceptedAt)) // the world's clock runs with the machine's
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "median-µs")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
}

// BenchmarkIMAPSearch looks among 20,000 mails for words that none has, one has
// and all have.
func BenchmarkIMAPSearch(b *testing.B) {
	const held = 20_000
	s, g := large(b, held)
	raw := passcodeMail(b)
	for i := range held {
		mail := raw
		if i == held/2 {
			mail = bytes.Replace(raw, []byte("Subject: "), []byte("Subject: needle "), 1)
		}
		if _, err := s.Providers().TakeMail(b.Context(), "mine", "hanako@example.jp", mail); err != nil {
			b.Fatal(err)
		}
	}
	c := reads(b, listen(b, imapOf(g)), "mine")
	for word, want := range map[string]int{"見つからない語": 0, "needle": 1, "namr@mail": held} {
		b.Run(word, func(b *testing.B) {
			for b.Loop() {
				found, err := c.UIDSearch(&imap.SearchCriteria{Text: []string{word}}, nil).Wait()
				if err != nil || len(found.AllUIDs()) != want {
					b.Fatal(len(found.AllUIDs()), err)
				}
			}
		})
	}
}

// BenchmarkMemory tells what 100,000 messages take that a world holds.
func BenchmarkMemory(b *testing.B) {
	const held = 100_000
	raw := passcodeMail(b)
	for name, take := range map[string]func(s *world.Service, i int) error{
		"sms": func(s *world.Service, i int) error {
			_, err := s.Providers().TakeSMS(b.Context(), "memory", sms.Draft{From: "SAISON", To: "0900000" + fmt.Sprintf("%04d", i%10_000),
				Body: strings.Clone("パスコード 012345\nご利用のサービスに入力して手続きを進めてください。")})
			return err
		},
		"mail": func(s *world.Service, i int) error {
			_, err := s.Providers().TakeMail(b.Context(), "memory", "m"+strconv.Itoa(i%10_000)+"@example.jp", raw)
			return err
		},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				s, _ := large(b, held)
				before := inUse()
				for i := range held {
					if err := take(s, i); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(inUse()-before)/(1<<20), "MiB")
				if m, err := s.Snapshot(b.Context(), "memory"); err != nil || len(m.SMS.Messages)+len(m.Mailbox.Mails) != held {
					b.Fatalf("held are %d, %v", len(m.SMS.Messages)+len(m.Mailbox.Mails), err)
				}
			}
		})
	}
}

func inUse() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
