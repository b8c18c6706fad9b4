package world

import (
	"fmt"
	"net/netip"
	"net/url"
	"slices"
	"strings"
)

// Reaches tells whether requests are made to a host where somebody outside names
// it: to this machine, and to what Config.Hosts lists.
func (s *core) Reaches(host string) bool {
	host = strings.ToLower(host)
	if host == "localhost" || strings.HasSuffix(host, ".localhost") || slices.Contains(s.hosts, host) {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && (ip.IsLoopback() || slices.ContainsFunc(s.hosts, func(network string) bool {
		p, err := netip.ParsePrefix(network)
		return err == nil && p.Contains(ip.Unmap())
	}))
}

// reaches returns an error if no request is made to one of the addresses.
func (s *core) reaches(addresses ...string) error {
	for _, address := range addresses {
		if u, err := url.Parse(address); address != "" && (err != nil || !s.Reaches(u.Hostname())) {
			return fmt.Errorf("%w: %s is of a host that this sandbox makes no requests to; start it with -call-back-hosts", ErrRequest, address)
		}
	}
	return nil
}
