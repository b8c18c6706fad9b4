package cli_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"io"
	"math/big"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/sandbox/server"
	"example.com/netanswer/test/sandboxtest"
)

// certificate writes a certificate and its key, and returns their files.
func certificate(t *testing.T) (cert, key string) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	now := clock.Machine()
	of := &x509.Certificate{SerialNumber: big.NewInt(1), DNSNames: []string{"sandbox.example"}, NotBefore: now, NotAfter: now.AddDate(0, 0, 1)}
	signed, err := x509.CreateCertificate(rand.Reader, of, of, &private.PublicKey, private)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return written(t, "cert.pem", pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: signed})),
		written(t, "key.pem", pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret}))
}

func written(t *testing.T, name string, text []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestASandboxIsServedByTLS reaches both ports of pages by TLS, and asks a command
// that has the certificate and the token in files.
func TestASandboxIsServedByTLS(t *testing.T) {
	t.Parallel()
	cert, key := certificate(t)
	another, _ := certificate(t)
	const token = "a-token-of-the-tests"
	file := written(t, "token", []byte(token+"\n"))
	s := sandboxtest.Start(t, func(c *server.Config) { c.TLSCert, c.TLSKey, c.Token = cert, key, token })

	trusting := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}
	for url, want := range map[string]int{
		s.MemberURL + "/": http.StatusOK, s.ConsoleURL + "/": http.StatusUnauthorized, s.ConsoleURL + "/healthz": http.StatusOK,
		strings.Replace(s.MemberURL, "https", "http", 1) + "/": http.StatusBadRequest,
	} {
		answer, err := trusting.Get(url)
		if err != nil {
			t.Errorf("%s: %v", url, err)
			continue
		}
		_, _ = io.Copy(io.Discard, answer.Body) // the next request needs the connection
		_ = answer.Body.Close()
		if answer.StatusCode != want {
			t.Errorf("%s: status %d, want %d", url, answer.StatusCode, want)
		}
	}

	console := strings.TrimPrefix(s.ConsoleURL, "https://")
	for name, tt := range map[string]struct {
		args  []string
		wrong string
	}{
		"certificate and token":   {[]string{"-tls-cert", cert, "-control-token-file", file}, ""},
		"no certificate":          {[]string{"-control-token-file", file}, "400"},
		"another certificate":     {[]string{"-tls-cert", another}, "it shows another certificate"},
		"what is no certificate":  {[]string{"-tls-cert", file}, "no certificate in PEM"},
		"a token that is blank":   {[]string{"-control-token-file", written(t, "blank", []byte(" \n"))}, "is blank"},
		"a token that is missing": {[]string{"-control-token-file", "no-such-file"}, "no-such-file"},
		"two tokens":              {[]string{"-control-token-file", file, "-control-token", token}, "give one of them"},
	} {
		for _, command := range []string{"health", "open"} {
			_, err := sandboxtest.Netanswer(t, append([]string{command, "-lang", "en", "-console", console}, tt.args...)...)
			if tt.wrong == "" && err != nil || tt.wrong != "" && (err == nil || !strings.Contains(err.Error(), tt.wrong)) {
				t.Errorf("%s, %s: %v, want %q", command, name, err, tt.wrong)
			}
		}
	}
	_, err := sandboxtest.Netanswer(t, "verify", "-control-token-file", "no-such-file")
	if err == nil || !strings.Contains(err.Error(), "no-such-file") {
		t.Errorf("verify: %v", err)
	}
}
