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
	"example.com/netanswer/mocks/fault"
	"example.com/netanswer/mocks/mailbox"
	"example.com/netanswer/mocks/mailbox/smtp"
	"example.com/netanswer/sandbox/world"
)

// SMTP is the listener of the protocol. Close it before the gateway.
func (g *Gateway) SMTP(cert tls.Certificate) *smtp.Listener {
	return smtp.New(smtp.Config{Server: sending{g}, TLS: &tls.Config{Certificates: []tls.Certificate{cert}, MinVersion: tls.VersionTLS12},
		Idle: g.Limits.Idle, Hold: g.Limits.Hold, Mail: g.Limits.Mail, Recipients: g.Limits.Recipients, Machine: clock.Machine, Log: g.Log})
}

// sending implements smtp.Server.
type sending struct{ *Gateway }

// Enter implements smtp.Server.
func (g sending) Enter(user string) error {
	_, err := g.enter(user, "SMTPのログイン")
	return err
}

// Refused implements smtp.Server.
func (g sending) Refused(user, to string, code int) {
	name, err := g.providers.Route(g.ctx, user, to)
	if err != nil {
		name = world.DefaultName
	}
	g.witness(name, fmt.Sprintf("SMTPで %.254s へのメールを断りました（%d）", to, code))
}

// Admit implements smtp.Server.
func (g sending) Admit(user, to, from string) (fault.Fault, error) {
	name, err := g.providers.Route(g.ctx, user, to)
	if err != nil {
		return fault.Fault{}, err
	}
	return g.providers.AdmitMail(g.ctx, name, to, from)
}

// Deliver implements smtp.Server.
func (g sending) Deliver(user string, to []smtp.Recipient, raw []byte) []error {
	errs := make([]error, len(to))
	m, err := mailbox.Parse(raw) // once, for whoever gets it
	if err != nil {
		for i := range errs {
			errs[i] = err
		}
		return errs
	}
	for i, r := range to {
		name, err := g.providers.Route(g.ctx, user, r.Address)
		if err == nil {
			_, err = g.providers.DeliverMail(g.ctx, name, r.Address, m, r.Fault)
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
