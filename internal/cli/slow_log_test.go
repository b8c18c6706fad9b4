package cli_test

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"example.com/netanswer/internal/cli"
)

// A held writer is a pipe that nobody reads until it is released.
type held struct {
	released chan struct{}
	read     bytes.Buffer
}

func (h *held) Write(p []byte) (int, error) {
	<-h.released
	return h.read.Write(p)
}

func TestALogThatNobodyReadsKeepsNobodyWaiting(t *testing.T) {
	t.Parallel()
	for _, format := range []string{"text", "json"} {
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		out, said := io.Pipe()
		log, ended := &held{released: make(chan struct{})}, make(chan error, 1)
		go func() {
			ended <- cli.Run(ctx, cli.Process{Out: said, Err: log}, []string{"serve", "-lang", "en", "-log-level", "debug", "-log-format", format,
				"-member", "127.0.0.1:0", "-console", "127.0.0.1:0", "-rest", "", "-smtp", "", "-imap", "", "-smpp", "", "-sip", "off"})
		}()
		greeting, api := bufio.NewScanner(out), ""
		for api == "" && greeting.Scan() {
			if fields := strings.Fields(greeting.Text()); len(fields) == 3 && fields[0] == "JSON" {
				api = strings.TrimSuffix(fields[2], "docs/")
			}
		}
		go func() { _, _ = io.Copy(io.Discard, out) }() // until its other end is closed
		client := http.Client{Timeout: 10 * time.Second}
		for range 1100 {
			answer, err := client.Get(api + "screens/input")
			if err != nil {
				t.Fatal(err)
			}
			_, _ = io.Copy(io.Discard, answer.Body) // read for the connection's sake
			answer.Body.Close()
		}
		close(log.released)
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		for _, want := range []string{"listening", "lines of the log are left out"} {
			if !strings.Contains(log.read.String(), want) {
				t.Errorf("%s: %q is not in its %d bytes", format, want, log.read.Len())
			}
		}
	}
}
