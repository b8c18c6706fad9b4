package bench_test

import (
	"bytes"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"path"
	"sync"
	"testing"

	"example.com/netanswer/test/sandboxtest"
)

// bareServer is a server of net/http that answers the requests of a registration
// with what the sandbox answered one.
func bareServer(b *testing.B) (url string) {
	b.Helper()
	s := sandboxtest.Start(b)
	heard := &recording{said: map[string]said{}}
	l := &load{Caller: sandboxtest.Caller{HTTP: &http.Client{Transport: heard}, World: "bare"}, member: s.MemberURL, console: s.ConsoleURL}
	if err := l.register(); err != nil {
		b.Fatal(err)
	}
	bare := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer, ok := heard.said[verb(r)]
		if _, err := io.Copy(io.Discard, r.Body); err != nil || !ok {
			http.Error(w, "not asked when it was heard", http.StatusNotFound)
			return
		}
		maps.Copy(w.Header(), answer.header)
		w.WriteHeader(answer.status)
		_, _ = w.Write(answer.body) // a client that is gone is told by itself
	}))
	b.Cleanup(bare.Close)
	return bare.URL
}

// said is one answer.
type said struct {
	status int
	header http.Header
	body   []byte
}

// recording keeps what is answered to each request.
type recording struct {
	mu   sync.Mutex
	said map[string]said
}

// verb tells the requests of a registration apart, whoever registers.
func verb(r *http.Request) string { return r.Method + " " + path.Base(r.URL.Path) }

func (h *recording) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return nil, err
	}
	if err := answer.Body.Close(); err != nil {
		return nil, err
	}
	answer.Body = io.NopCloser(bytes.NewReader(body))
	h.mu.Lock()
	defer h.mu.Unlock()
	h.said[verb(r)] = said{answer.StatusCode, answer.Header, body}
	return answer, nil
}
