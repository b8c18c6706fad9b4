package gateway

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"math/big"
	"net"
	"time"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/mocks/mailbox/smtp"
)

// SMTP is the listener of the protocol. Close it before the gateway.
func (g *Gateway) SMTP(cert tls.Certificate) *smtp.Listener {
	return smtp.New(smtp.Config{Server: sending{g}, TLS: &tls.Config{Certificates: []tls.Certificate{cert}, MinVersion: tls.VersionTLS12},
		Idle: g.Limits.Idle, Hold: g.Limits.Hold, Mail: g.Limits.Mail, Recipients: g.Limits.Recipients, Log: g.Log})
}

// sending implements smtp.Server.
type sending struct{ *Gateway }

// Enter implements smtp.Server.
func (g sending) Enter(user string) error {
	_, err := g.Service.Route(user, "")
	return err
}

// Refuses implements smtp.Server.
func (g sending) Refuses(user, to, from string) (bool, error) {
	name, err := g.Service.Route(user, to)
	if err != nil {
		return false, err
	}
	m, err := g.Service.Moment(name)
	return m.Mailbox.Refuses(to, from), err
}

// Deliver implements smtp.Server.
func (g sending) Deliver(user string, to []string, raw []byte) []error {
	errs := make([]error, len(to))
	for i, address := range to {
		name, err := g.Service.Route(user, address)
		if err == nil {
			_, err = g.Service.TakeMail(name, address, raw)
		}
		errs[i] = err
	}
	return errs
}

// Certificate makes a certificate of the sandbox's own, which nobody trusts who
// is not told to, for this machine's names.
func Certificate() (tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, fmt.Errorf("certificate of the mail server: %w", err)
	}
	now := clock.Machine()
	about := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "netanswer sandbox (TEST ONLY)"},
		NotBefore: now.Add(-time.Hour), NotAfter: now.AddDate(1, 0, 0), KeyUsage: x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}, DNSNames: []string{"localhost", "*.localhost"},
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback}, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, about, about, key.Public(), key)
	if err != nil {
		return tls.Certificate{}, fmt.Errorf("certificate of the mail server: %w", err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, nil
}
