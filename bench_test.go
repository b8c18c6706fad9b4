package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"example.com/netanswer/mocks/clock"
)

// BenchmarkRegistrations registers members over HTTP as a load test would: five
// requests each, the SMS read included, in worlds of their own that are made
// anew before they grow large. Client and sandbox share the machine.
func BenchmarkRegistrations(b *testing.B) {
	for _, clients := range []int{1, 8, 64} {
		b.Run(fmt.Sprintf("clients=%d", clients), func(b *testing.B) {
			s := sandboxFor(b)
			transport := &http.Transport{MaxIdleConnsPerHost: 2 * clients}
			defer transport.CloseIdleConnections()
			var next atomic.Int64
			var group sync.WaitGroup
			b.ReportAllocs()
			b.ResetTimer()
			for c := range clients {
				group.Go(func() {
					l := &load{http: &http.Client{Transport: transport}, s: s, world: "bench-" + strconv.Itoa(c)}
					for next.Add(1) <= int64(b.N) {
						if err := l.register(); err != nil {
							b.Error(err)
							return
						}
					}
				})
			}
			group.Wait()
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "registrations/s")
		})
	}
}

// membersPerWorld is how many registrations a client makes before it takes a
// fresh world.
const membersPerWorld = 200

// A load is one client that registers one member after another.
type load struct {
	http  *http.Client
	s     *sandbox
	world string
	cards []loadCard
}

type loadCard struct {
	Number string `json:"number"`
	Expiry string `json:"expiry"`
	Code   string `json:"security_code"`
	phone  string
}

func (l *load) register() error {
	if len(l.cards) == 0 {
		if err := l.freshWorld(); err != nil {
			return err
		}
	}
	card := l.cards[0]
	l.cards = l.cards[1:]
	var r struct {
		ID    string `json:"id"`
		State string `json:"state"`
	}
	api := l.s.MemberURL + "/api/registrations"
	if err := l.do(http.MethodPost, api, "", &r); err != nil {
		return err
	}
	form := `{"card_number":"` + card.Number + `","expiry_month":"` + card.Expiry[:2] + `","expiry_year":"` + card.Expiry[3:] + `","security_code":"` + card.Code +
		`","net_answer_id":"bench` + card.Number[8:] + `","password":"Secret-2026","password_confirmation":"Secret-2026","email_pc":"b@example.jp","terms_agreed":true}`
	if err := l.do(http.MethodPut, api+"/"+r.ID+"/form", form, &r); err != nil {
		return err
	}
	if err := l.do(http.MethodPost, api+"/"+r.ID+"/identity-check", "", &r); err != nil {
		return err
	}
	var sms struct {
		Passcode struct {
			Code string `json:"code"`
		} `json:"passcode"`
	}
	if err := l.do(http.MethodGet, l.s.ConsoleURL+"/api/worlds/"+l.world+"/sms/wait?within=5s&to="+card.phone, "", &sms); err != nil {
		return err
	}
	if err := l.do(http.MethodPost, api+"/"+r.ID+"/passcode", `{"passcode":"`+sms.Passcode.Code+`"}`, &r); err != nil {
		return err
	}
	if r.State != "completed" {
		return fmt.Errorf("registration ended %s", r.State)
	}
	return nil
}

func (l *load) freshWorld() error {
	world := l.s.ConsoleURL + "/api/worlds/" + l.world
	if err := l.do(http.MethodDelete, world, "", nil); err != nil {
		return err
	}
	var made struct {
		Members []struct {
			Phone string     `json:"phone"`
			Cards []loadCard `json:"cards"`
		} `json:"members"`
	}
	if err := l.do(http.MethodPost, world+"/members", fmt.Sprintf(`{"count":%d}`, membersPerWorld), &made); err != nil {
		return err
	}
	for _, m := range made.Members {
		m.Cards[0].phone = m.Phone
		l.cards = append(l.cards, m.Cards[0])
	}
	return nil
}

func (l *load) do(method, url, body string, out any) error {
	q, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		return err
	}
	q.Header.Set("Netanswer-World", l.world)
	if body != "" {
		q.Header.Set("Content-Type", "application/json")
	}
	answer, err := l.http.Do(q)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	if err != nil || out == nil {
		return err
	}
	if answer.StatusCode >= 300 {
		return fmt.Errorf("%s %s: %d %s", method, url, answer.StatusCode, data)
	}
	return json.Unmarshal(data, out)
}

// BenchmarkProcess starts the binary itself: how long from its start to the
// first page, and how much memory it holds idle and with 10,000 worlds touched.
func BenchmarkProcess(b *testing.B) {
	if runtime.GOOS != "linux" {
		b.Skip("resident memory is read from /proc, which only Linux has")
	}
	binary := filepath.Join(b.TempDir(), "netanswer")
	if out, err := exec.CommandContext(b.Context(), "go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	var total time.Duration
	var idle, touched float64
	for b.Loop() {
		began := clock.Machine()
		p := startProcess(b, binary)
		get(b, p.member+"/")
		total += clock.Machine().Sub(began)
		idle = p.resident(b)
		for i := range 10_000 {
			q, _ := http.NewRequest(http.MethodPost, p.member+"/api/registrations", nil) // a constant address
			q.Header.Set("Netanswer-World", "w"+strconv.Itoa(i))
			answer, err := http.DefaultClient.Do(q)
			if err != nil || answer.StatusCode != http.StatusCreated {
				b.Fatal(err, answer)
			}
			_, _ = io.Copy(io.Discard, answer.Body) // read for the connection's sake
			answer.Body.Close()
		}
		touched = p.resident(b)
		p.end(b)
	}
	b.ReportMetric(float64(total.Microseconds())/1000/float64(b.N), "ms/start")
	b.ReportMetric(idle, "MB-idle")
	b.ReportMetric(touched, "MB-10000-worlds")
}

type process struct {
	command *exec.Cmd
	member  string
}

var greeting = regexp.MustCompile(`会員の画面\s+(\S+?)/?$`)

func startProcess(b *testing.B, binary string) process {
	b.Helper()
	c := exec.CommandContext(context.Background(), binary, "serve", "-member", "127.0.0.1:0", "-console", "127.0.0.1:0",
		"-rest", "127.0.0.1:0", "-smtp", "127.0.0.1:0", "-imap", "127.0.0.1:0", "-smpp", "127.0.0.1:0", "-sip", "off")
	out, err := c.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	var trouble bytes.Buffer
	c.Stderr = &trouble
	if err := c.Start(); err != nil {
		b.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if m := greeting.FindStringSubmatch(lines.Text()); m != nil {
			go func() { _, _ = io.Copy(io.Discard, out) }() // what else it says is not read
			return process{c, m[1]}
		}
	}
	b.Fatal("no address: ", trouble.String())
	return process{}
}

func (p process) resident(b *testing.B) float64 {
	b.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.command.Process.Pid))
	if err != nil {
		b.Fatal(err)
	}
	m := regexp.MustCompile(`VmRSS:\s+(\d+) kB`).FindSubmatch(status)
	kb, _ := strconv.Atoi(string(m[1])) // digits
	return float64(kb) / 1024
}

func (p process) end(b *testing.B) {
	b.Helper()
	if err := p.command.Process.Signal(os.Interrupt); err != nil {
		b.Fatal(err)
	}
	if err := p.command.Wait(); err != nil {
		b.Errorf("interrupted, it ended with %v", err)
	}
}

func get(b *testing.B, url string) {
	b.Helper()
	answer, err := http.Get(url)
	if err != nil {
		b.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		b.Fatal(answer.Status)
	}
}
