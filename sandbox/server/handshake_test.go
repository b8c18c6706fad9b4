package server_test

import (
	"bytes"
	"crypto/x509"
	"encoding/pem"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"example.com/netanswer/sandbox/server"
	"example.com/netanswer/test/sandboxtest"
)

// TestAHandshakeThatFailsIsALineOfTheLog shows that nothing is written beside the
// log, which may be JSON, or silent.
func TestAHandshakeThatFailsIsALineOfTheLog(t *testing.T) {
	t.Parallel()
	own := httptest.NewTLSServer(nil)
	defer own.Close()
	secret, err := x509.MarshalPKCS8PrivateKey(own.TLS.Certificates[0].PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	cert, key := filepath.Join(t.TempDir(), "cert.pem"), filepath.Join(t.TempDir(), "key.pem")
	for file, block := range map[string]*pem.Block{cert: {Type: "CERTIFICATE", Bytes: own.TLS.Certificates[0].Certificate[0]},
		key: {Type: "PRIVATE KEY", Bytes: secret}} {
		if err := os.WriteFile(file, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var logged shared
	c := server.EphemeralConfig()
	c.TLSCert, c.TLSKey = cert, key
	s, err := server.Start(c, slog.New(slog.NewJSONHandler(&logged, &slog.HandlerOptions{Level: slog.LevelDebug})))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Stop()
	if answer, err := http.Get("http" + strings.TrimPrefix(s.ConsoleURL, "https") + "/healthz"); err == nil {
		answer.Body.Close()
	}
	sandboxtest.Eventually(t, sandboxtest.AnswerTimeout, func() bool { return strings.Contains(logged.String(), "TLS handshake error") })
}

// A shared buffer is written and read by several at once.
type shared struct {
	mu     sync.Mutex
	buffer bytes.Buffer
}

func (s *shared) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.buffer.Write(p)
}

func (s *shared) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.buffer.String()
}
