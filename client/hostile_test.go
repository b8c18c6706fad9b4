package client_test

import (
	"compress/gzip"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"example.com/netanswer/client"
)

// TestAnAnswerOfAnotherProgramIsBounded asks servers that are no sandbox.
func TestAnAnswerOfAnotherProgramIsBounded(t *testing.T) {
	t.Parallel()
	elsewhere := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		t.Errorf("%s %s went where nobody named", r.Method, r.URL)
	}))
	defer elsewhere.Close()
	blank := []byte(strings.Repeat(" ", 1<<20))
	for name, answer := range map[string]http.HandlerFunc{
		"endless": func(w http.ResponseWriter, r *http.Request) {
			for r.Context().Err() == nil {
				if _, err := w.Write(blank); err != nil {
					return
				}
			}
		},
		"compressed a thousand times": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			for range 2 * client.MaxAnswer >> 20 {
				if _, err := z.Write(blank); err != nil {
					return
				}
			}
			_ = z.Close() // the client has left
		},
		"another protocol": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Connection", "Upgrade")
			w.Header().Set("Upgrade", "netanswer")
			w.WriteHeader(http.StatusSwitchingProtocols)
			c, _, err := http.NewResponseController(w).Hijack()
			if err != nil {
				return
			}
			<-r.Context().Done()
			_ = c.Close() // says nothing
		},
		"somewhere else": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, elsewhere.URL, http.StatusTemporaryRedirect)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(answer)
			defer server.Close()
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			_, err := client.New(server.URL, client.WithToken(token)).Take(ctx, "s", client.Taking{World: "w"})
			if err == nil || ctx.Err() != nil || errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("%v, context %v", err, ctx.Err())
			}
			server.CloseClientConnections()
		})
	}
}
