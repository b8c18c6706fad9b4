package bench_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"strconv"
	"testing"
	"time"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/test/sandboxtest"
)

// BenchmarkProcess starts the binary itself: how long from its start to the
// first page, and how much memory it holds idle and with 10,000 worlds touched.
func BenchmarkProcess(b *testing.B) {
	if runtime.GOOS != "linux" {
		b.Skip("resident memory is read from /proc, which only Linux has")
	}
	binary := sandboxtest.Build(b)
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
