package control_test

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/sandbox/control"
	"example.com/netanswer/sandbox/world"
)

// watch opens the stream of a world and returns its serials as they come.
// The channel is closed when the stream ends.
func (s sandbox) watch(ctx context.Context, name string) (header http.Header, serials <-chan int) {
	s.Helper()
	resp, err := http.DefaultClient.Do(s.request("GET", "/api/worlds/"+name+"/events", "").WithContext(ctx))
	if err != nil {
		s.Fatal(err)
	}
	told := make(chan int)
	go func() {
		defer close(told)
		defer resp.Body.Close()
		var event string
		for lines := bufio.NewScanner(resp.Body); lines.Scan(); {
			field, value, _ := strings.Cut(lines.Text(), ": ")
			switch {
			case field == "event":
				event = value
			case field == "data" && event == "change":
				n, err := strconv.Atoi(strings.TrimSuffix(strings.TrimPrefix(value, `{"serial":`), "}"))
				if err != nil {
					n = -1
				}
				told <- n
			}
		}
	}()
	return resp.Header, told
}

func TestStreamTellsEveryChangeUntilTheClientGoes(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	ctx, leave := context.WithCancel(t.Context())
	defer leave()
	header, serials := s.watch(ctx, "w")
	if header.Get("Content-Type") != "text/event-stream" {
		t.Errorf("content type %q", header.Get("Content-Type"))
	}
	if n := <-serials; n != 0 {
		t.Errorf("at first the serial is %d, want 0", n)
	}
	for i := range 3 {
		m, err := s.service.Control().Arrange(t.Context(), "w", world.Setup{Clock: world.ClockMove{Running: new(i%2 == 0)}})
		if err != nil {
			t.Fatal(err)
		}
		if n := <-serials; n != m.Timeline.Serial {
			t.Errorf("told of %d, want %d", n, m.Timeline.Serial)
		}
	}
	if _, err := s.service.Web().Start(t.Context(), "another"); err != nil {
		t.Fatal(err)
	}
	for range 5 { // told one by one or as one, but of the last in the end
		if _, err := s.service.Web().Start(t.Context(), "w"); err != nil {
			t.Fatal(err)
		}
	}
	for n := range serials {
		if n == 8 {
			break
		}
		if n < 4 || n > 8 {
			t.Fatalf("told of %d", n)
		}
	}
	if err := s.service.Control().Delete(t.Context(), "w"); err != nil {
		t.Fatal(err)
	}
	if n := <-serials; n != 0 {
		t.Errorf("after the world's end told of %d, want 0", n)
	}
	leave()
	for range serials {
		t.Error("told of something after leaving")
	}
}

func TestAnybodyMayWatchAtOnce(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	var watchers []<-chan int
	for range 20 {
		_, serials := s.watch(t.Context(), "w")
		<-serials
		watchers = append(watchers, serials)
	}
	if _, err := s.service.Web().Start(t.Context(), "w"); err != nil {
		t.Fatal(err)
	}
	for i, serials := range watchers {
		if n := <-serials; n != 1 {
			t.Errorf("watcher %d was told of %d, want 1", i, n)
		}
	}
}

func TestStreamOutlivesTheLimitOnReadingRequests(t *testing.T) {
	t.Parallel()
	s := newHasty(t, 200*time.Millisecond)
	_, serials := s.watch(t.Context(), "w")
	<-serials
	s.refused("GET", "/api/worlds/w/mail/wait?within=400ms", "", 404, "nothing_arrived") // longer than the listener's limit
	if _, err := s.service.Web().Start(t.Context(), "w"); err != nil {
		t.Fatal(err)
	}
	if n, open := <-serials; n != 1 || !open {
		t.Errorf("told of %d, open %v", n, open)
	}
}

// TestAStreamThatNobodyReadsEnds: its client takes what the machine buffers for it, and
// looks at nothing.
func TestAStreamThatNobodyReadsEnds(t *testing.T) {
	t.Parallel()
	s := newSandbox(t, func(_ *world.Config, c *control.Config) { c.Stream = 300 * time.Millisecond })
	conn, err := net.Dial("tcp", strings.TrimPrefix(s.base, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, "GET /api/worlds/w/events HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	if err := conn.SetReadDeadline(clock.Machine().Add(20 * time.Second)); err != nil {
		t.Fatal(err)
	}
	told, err := io.ReadAll(conn) // ends as the sandbox ends it
	if err != nil || !strings.Contains(string(told), "event: change") || !strings.HasSuffix(string(told), "0\r\n\r\n") {
		t.Errorf("%v: %q", err, told)
	}
}
