package telephone_test

import (
	"fmt"
	"net"
	"os"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/mocks/ivr/sip"
	"example.com/netanswer/sandbox/server"
)

// BenchmarkCallsWithSound has 300 callers of sipp listen to a guidance of eight
// seconds at once, and one of ours measure how evenly its packets come. A call
// that fails, fails the benchmark. Clients and sandbox share the machine.
func BenchmarkCallsWithSound(b *testing.B) {
	const calls = 300
	limits := sip.DefaultLimits()
	limits.Linger = 200 * time.Millisecond
	for b.Loop() {
		s, controls := telephoneFor(b, limits)
		rows := slices.Repeat([]string{"0312345678;bench;sipp@127.0.0.1"}, calls)
		done := make(chan struct{})
		var most, memory int
		go func() {
			defer close(done)
			for most < calls && clock.Pass(b.Context(), 20*time.Millisecond) == nil {
				if n := s.CallsGoing(); n > most {
					most, memory = n, resident()
				}
			}
			memory = resident()
		}()
		before := resident()
		go func() {
			// Halfway through the rush.
			_ = clock.Pass(b.Context(), 2*time.Second) // the benchmark's own end ends it
			late, lost := evenness(b, s)
			b.ReportMetric(float64(late.Microseconds())/1000, "ms-late-p99")
			b.ReportMetric(float64(lost), "packets-lost")
		}()
		callsFrom(b, s, "hears.xml", rows, "-r", "150")
		<-done
		found, err := controls.Calls(b.Context(), "bench")
		if err != nil || len(found) != calls {
			b.Fatal(len(found), err)
		}
		for _, c := range found {
			if !c.HeardAll {
				b.Fatalf("%+v", c)
			}
		}
		b.ReportMetric(float64(most), "calls-at-once")
		b.ReportMetric(float64(memory-before)/1024, "MB-for-them")
	}
}

// BenchmarkCallSetUps has sipp call and hang up at once, at rates that grow. A
// call that fails, fails the benchmark.
func BenchmarkCallSetUps(b *testing.B) {
	for _, rate := range []int{500, 1000, 2000} {
		b.Run(fmt.Sprintf("rate=%d", rate), func(b *testing.B) {
			for b.Loop() {
				s, _ := telephoneFor(b, sip.DefaultLimits())
				var rows []string
				for i := range 5 * rate {
					rows = append(rows, "0312345678;bench-"+strconv.Itoa(i%10)+";sipp@127.0.0.1")
				}
				began := clock.Machine()
				callsFrom(b, s, "leaves.xml", rows, "-d", "0", "-r", strconv.Itoa(rate))
				b.ReportMetric(float64(len(rows))/clock.Machine().Sub(began).Seconds(), "calls/s")
			}
		})
	}
}

// resident is how many kB of memory this process holds, 0 where that is not told.
func resident() int {
	runtime.GC()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	if m := regexp.MustCompile(`VmRSS:\s+(\d+) kB`).FindSubmatch(status); m != nil {
		kb, _ := strconv.Atoi(string(m[1])) // digits
		return kb
	}
	return 0
}

// evenness calls and returns how much later than 20 ms after the one before
// all but one in a hundred packets come, and how many do not come.
func evenness(b *testing.B, s *server.Sandbox) (late time.Duration, lost int) {
	rtp, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		b.Error(err)
		return 0, 0
	}
	defer rtp.Close()
	signal, err := net.Dial("udp", s.SIP())
	if err != nil {
		b.Error(err)
		return 0, 0
	}
	defer signal.Close()
	_, port, _ := net.SplitHostPort(rtp.LocalAddr().String()) // it has one
	sdp := "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio " + port + " RTP/AVP 0\r\n"
	write := func(method, branch, to, body string) {
		fmt.Fprintf(
			signal,
			"%s sip:0120000111@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP %s;branch=z9hG4bK%s\r\nFrom: <sip:0312345678@127.0.0.1>;tag=1\r\nTo: %s\r\nCall-ID: even\r\nCSeq: 1 %s\r\n"+
				"Contact: <sip:x@%s>\r\nX-Netanswer-World: even\r\nContent-Type: application/sdp\r\nContent-Length: %d\r\n\r\n%s",
			method,
			signal.LocalAddr(),
			branch,
			to,
			method,
			signal.LocalAddr(),
			len(body),
			body,
		)
	}
	write("INVITE", "1", "<sip:0120000111@127.0.0.1>", sdp)
	buffer, to := make([]byte, 4096), ""
	for to == "" {
		n, err := signal.Read(buffer)
		if err != nil {
			b.Error(err)
			return 0, 0
		}
		if answer := string(buffer[:n]); strings.HasPrefix(answer, "SIP/2.0 200") {
			to = regexp.MustCompile(`To: (.*)\r\n`).FindStringSubmatch(answer)[1]
		}
	}
	write("ACK", "2", to, "")
	var gaps []time.Duration
	var last time.Time
	for range 300 {
		if err := rtp.SetReadDeadline(clock.Machine().Add(time.Second)); err != nil {
			b.Error(err)
			return 0, 0
		}
		if _, _, err := rtp.ReadFrom(buffer); err != nil {
			lost++
			continue
		}
		now := clock.Machine()
		if !last.IsZero() {
			gaps = append(gaps, now.Sub(last)-20*time.Millisecond)
		}
		last = now
	}
	slices.Sort(gaps)
	return gaps[len(gaps)*99/100], lost
}
