// Package outbound makes every HTTP client by which a sandbox asks others. None of
// them follows a redirect, uses a proxy that nobody named, or looks up a name that
// ends in .localhost, which is this machine (RFC 6761, 6.3).
//
// There are two kinds. A client of an Owner asks an address that whoever started
// the sandbox named. A client of Rules asks addresses that anybody may have named,
// such as a status call-back: of this machine and of hosts that the owner lists,
// never of the sandbox itself. What is checked is the address that is dialled, so
// that a name whose address changes leads nowhere else.
package outbound

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Header marks a request whose address somebody outside may have named. A sandbox
// refuses it at its own control API and providers' APIs, by whatever way it comes.
const Header = "Netanswer-Call-Back"

// The errors of an address that is not asked.
var (
	ErrHost = errors.New("this sandbox makes no requests to that host")
	ErrSelf = errors.New("this sandbox makes no requests to itself")
	ErrPort = errors.New("there is no such port")
)

// Rules say which addresses are asked that somebody outside has named. The zero
// Rules allow this machine.
type Rules struct {
	hosts []string

	mu  sync.Mutex
	own []netip.AddrPort
}

// NewRules allows this machine, and hosts besides: names, addresses, and networks
// like 10.0.0.0/8, which hold addresses but no names.
func NewRules(hosts ...string) *Rules {
	lower := make([]string, len(hosts))
	for i, h := range hosts {
		lower[i] = strings.ToLower(h)
	}
	return &Rules{hosts: lower}
}

// hostName is a name that an address on the web can have.
var hostName = regexp.MustCompile(`^[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*\.?$`)

// CheckHosts returns an error that names the first host of a list that no address
// could ever have.
func CheckHosts(hosts ...string) error {
	for _, h := range hosts {
		if !canMatch(strings.ToLower(h)) {
			return fmt.Errorf("%q matches no host: want a name (without scheme, port and path; xn-- for one that is not in ASCII), "+
				"an address, or a network like 10.0.0.0/8", h)
		}
	}
	return nil
}

// canMatch tells whether there can be an address that is listed so. A name whose
// last label is a number is an address, or nothing (https://url.spec.whatwg.org/#host-parsing).
func canMatch(host string) bool {
	if network, err := netip.ParsePrefix(host); err == nil {
		return !network.Addr().Is4In6()
	}
	if ip, err := netip.ParseAddr(host); err == nil {
		return ip.Zone() == ""
	}
	last := strings.TrimSuffix(host, ".")
	last = last[strings.LastIndexByte(last, '.')+1:]
	return len(host) <= 254 && hostName.MatchString(host) && strings.Trim(last, "0123456789") != ""
}

// Own forbids the address of a listener of the sandbox itself.
func (r *Rules) Own(address net.Addr) {
	if at, err := netip.ParseAddrPort(address.String()); err == nil {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.own = append(r.own, netip.AddrPortFrom(at.Addr().Unmap(), at.Port()))
	}
}

// Reaches tells whether requests are made to a host: a name or an address.
func (r *Rules) Reaches(host string) bool {
	host = strings.ToLower(host)
	if ip, err := netip.ParseAddr(host); err == nil {
		return r.holds(ip.Unmap())
	}
	return local(host) || slices.Contains(r.hosts, host)
}

// holds tells whether an address is of this machine's loopback, or listed.
func (r *Rules) holds(ip netip.Addr) bool {
	return ip.IsLoopback() || slices.ContainsFunc(r.hosts, func(listed string) bool {
		if one, err := netip.ParseAddr(listed); err == nil {
			return one.Unmap() == ip
		}
		network, err := netip.ParsePrefix(listed)
		return err == nil && network.Contains(ip)
	})
}

// Check returns an error if an address, http or https, is not asked: ErrHost, ErrPort,
// or ErrSelf. What a name that is not of this machine leads to shows when it is dialled.
func (r *Rules) Check(address string) error {
	u, err := url.Parse(address)
	if err != nil || !r.Reaches(u.Hostname()) {
		return ErrHost
	}
	port, err := Port(u)
	if err != nil {
		return err
	}
	ips := []netip.Addr{netip.IPv6Loopback(), netip.AddrFrom4([4]byte{127, 0, 0, 1})}
	if !local(u.Hostname()) {
		ip, err := netip.ParseAddr(u.Hostname())
		if err != nil {
			return nil
		}
		ips = []netip.Addr{ip.Unmap().WithZone("")}
	}
	if slices.ContainsFunc(ips, func(ip netip.Addr) bool { return r.self(ip, port) }) {
		return ErrSelf
	}
	return nil
}

// Port is the port of an address, http or https. The error is ErrPort.
func Port(u *url.URL) (uint16, error) {
	text := u.Port()
	if text == "" {
		return map[bool]uint16{false: 80, true: 443}[u.Scheme == "https"], nil
	}
	port, err := strconv.ParseUint(text, 10, 16)
	if err != nil || port == 0 {
		return 0, fmt.Errorf("%w: %s", ErrPort, text)
	}
	return uint16(port), nil
}

// dialled checks the address that a name has led to.
func (r *Rules) dialled(host string, to netip.AddrPort) error {
	ip := to.Addr().Unmap().WithZone("")
	if r.self(ip, to.Port()) {
		return ErrSelf
	}
	if slices.Contains(r.hosts, host) && ip.IsGlobalUnicast() || r.holds(ip) {
		return nil
	}
	return fmt.Errorf("%w: %s", ErrHost, ip)
}

// self tells whether one of the sandbox's own listeners is there.
func (r *Rules) self(ip netip.Addr, port uint16) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.ContainsFunc(r.own, func(own netip.AddrPort) bool {
		if own.Port() != port {
			return false
		}
		at := own.Addr()
		return at == ip || ip.IsUnspecified() || at.IsUnspecified() && ofThisMachine(ip)
	})
}

// ofThisMachine tells whether something that listens everywhere is found there.
// Where the machine does not tell, it is taken to be so.
func ofThisMachine(ip netip.Addr) bool {
	if ip.IsLoopback() {
		return true
	}
	all, err := net.InterfaceAddrs()
	if err != nil {
		return true
	}
	return slices.ContainsFunc(all, func(a net.Addr) bool {
		network, err := netip.ParsePrefix(a.String())
		return err == nil && network.Addr().Unmap() == ip
	})
}

// Client asks what the rules allow, within a time.
func (r *Rules) Client(within time.Duration) *http.Client {
	return &http.Client{Timeout: within, CheckRedirect: stay, Transport: sender{transport(nil, r.dialled), true}}
}

// An Owner is who started the sandbox, and named an address and maybe a proxy.
type Owner struct{ Proxy *url.URL } // nil for none

// Client asks whatever the owner named, within a time; 0 for as long as its
// context lasts. Its transport may be set up further.
func (o Owner) Client(within time.Duration, setUp ...func(*http.Transport)) *http.Client {
	t := transport(o.Proxy, func(string, netip.AddrPort) error { return nil })
	for _, set := range setUp {
		set(t)
	}
	return &http.Client{Timeout: within, CheckRedirect: stay, Transport: sender{t, false}}
}

// Dial connects to an address that the owner named.
func (o Owner) Dial(ctx context.Context, network, address string) (net.Conn, error) {
	return dialer{func(string, netip.AddrPort) error { return nil }}.dial(ctx, network, address)
}

// stay follows no redirect: its answer is the answer.
func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

func transport(proxy *url.URL, allow func(host string, to netip.AddrPort) error) *http.Transport {
	t := &http.Transport{
		DialContext:         dialer{allow}.dial,
		MaxIdleConnsPerHost: 64, // many worlds ask at once
		MaxIdleConns:        256,
		// Sooner than servers close them, which would look like a broken answer.
		IdleConnTimeout:        15 * time.Second,
		TLSHandshakeTimeout:    10 * time.Second,
		MaxResponseHeaderBytes: 32 << 10,
		ForceAttemptHTTP2:      true,
	}
	if proxy != nil {
		t.Proxy = func(q *http.Request) (*url.URL, error) {
			if ip := net.ParseIP(q.URL.Hostname()); local(q.URL.Hostname()) || ip != nil && ip.IsLoopback() {
				return nil, nil // this machine is no business of a proxy
			}
			return proxy, nil
		}
	}
	return t
}

// A dialer connects where an address is allowed, and looks up no name of this
// machine.
type dialer struct {
	allow func(host string, to netip.AddrPort) error
}

func (d dialer) dial(ctx context.Context, network, address string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	host = strings.ToLower(host)
	if !local(host) {
		return d.of(host).DialContext(ctx, network, address)
	}
	conn, err := d.of(host).DialContext(ctx, network, net.JoinHostPort("127.0.0.1", port))
	if err != nil && !errors.Is(err, ErrSelf) {
		return d.of(host).DialContext(ctx, network, net.JoinHostPort("::1", port))
	}
	return conn, err
}

// of is a dialer that checks each address which a host has led to.
func (d dialer) of(host string) *net.Dialer {
	return &net.Dialer{Timeout: 10 * time.Second, Control: func(_, address string, _ syscall.RawConn) error {
		to, err := netip.ParseAddrPort(address)
		if err != nil {
			return err
		}
		return d.allow(host, to)
	}}
}

// local tells whether a name is one of this machine.
func local(host string) bool {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	return host == "localhost" || strings.HasSuffix(host, ".localhost")
}
