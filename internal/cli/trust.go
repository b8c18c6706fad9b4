package cli

import (
	"bytes"
	"crypto/x509"
	"fmt"
	"io"
	"os"
	"runtime"
	"sync"

	"golang.org/x/crypto/x509roots/fallback/bundle"
)

// trustAuthorities has TLS trust the authorities that browsers trust where the machine
// names none, as in an image that holds nothing but the program. Those of the machine
// are left to be read by whoever speaks TLS first: to read either of them takes longer
// than all else before main.
var trustAuthorities = sync.OnceFunc(func() {
	if runtime.GOOS == "linux" && os.Getenv("SSL_CERT_FILE") == "" && os.Getenv("SSL_CERT_DIR") == "" && named(authorityFiles) {
		return
	}
	pool := x509.NewCertPool()
	for root := range bundle.Roots() {
		c, err := x509.ParseCertificate(root.Certificate)
		switch {
		case err != nil:
			panic(fmt.Errorf("authorities: %w", err)) // embedded
		case root.Constraint != nil:
			pool.AddCertWithConstraint(c, root.Constraint)
		default:
			pool.AddCert(c)
		}
	}
	x509.SetFallbackRoots(pool) // it changes nothing where the machine names some
})

// authorityFiles are where crypto/x509 looks for the authorities of a machine with Linux.
var authorityFiles = []string{
	"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem", "/etc/pki/tls/cacert.pem",
	"/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", "/etc/ssl/cert.pem",
}

// named tells whether the first of the files that is there names an authority. What
// crypto/x509 can read is the one it takes.
func named(files []string) bool {
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			continue
		}
		defer f.Close()
		begin := make([]byte, 4096)
		n, err := io.ReadFull(f, begin)
		return (err == nil || err == io.ErrUnexpectedEOF) && bytes.Contains(begin[:n], []byte("-----BEGIN CERTIFICATE-----"))
	}
	return false
}
