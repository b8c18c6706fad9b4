package server

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"

	"example.com/netanswer/mocks/listener"
)

// certificate is what the members' pages and the console are served with by TLS;
// nil where they are not.
func (c Config) certificate() (*tls.Config, error) {
	switch {
	case c.TLSCert == "" && c.TLSKey == "":
		return nil, nil
	case c.TLSCert == "" || c.TLSKey == "":
		return nil, errors.New("tls-cert, tls-key: give both or none")
	}
	pair, err := tls.LoadX509KeyPair(c.TLSCert, c.TLSKey)
	if err != nil {
		return nil, fmt.Errorf("tls-cert, tls-key: %w", err)
	}
	return &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12, NextProtos: []string{"http/1.1"}}, nil
}

// A site is a listener of pages: by TLS where there is a certificate.
type site struct {
	net.Listener
	scheme string
}

// listenForPages listens for the pages and the API of one port.
func (s *Sandbox) listenForPages(what, flag, address string, c Config) (site, error) {
	certificate, err := c.certificate()
	if err != nil {
		return site{}, err
	}
	l, err := s.listen(what, flag, address, listener.Config{Most: c.Limits.Connections, Share: longest, Write: slow})
	if err != nil {
		return site{}, err
	}
	if certificate == nil {
		return site{l, "http"}, nil
	}
	return site{tls.NewListener(l, certificate), "https"}, nil
}

// url is where this machine finds it.
func (l site) url() string {
	url, _ := reachable(l.scheme, l.Addr().String()) // a listener's address has a port
	return url
}
