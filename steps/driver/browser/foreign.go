package browser

import (
	"fmt"
	"maps"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"example.com/netanswer/steps/driver"
)

// A Foreign says how an implementation differs that is not the sandbox. Its home
// page is the Base of each world, on whatever host, by HTTP or HTTPS. Its maps
// go from the guide's words to its own; what is left out is as the guide has it.
type Foreign struct {
	// Hosts may be reached, those of the pages among them. This machine may be besides,
	// unless all of them are elsewhere.
	Hosts []string
	// Insecure takes certificates that nobody vouches for.
	Insecure bool
	// Labels are what its buttons, links and fields are called.
	Labels map[string]string
	// Titles are the titles of its documents, or their main headings.
	Titles map[string]string
	// Addresses are where it has what a person types into the address bar, by
	// the titles of the screens (検索, アプリのストア and アプリ besides): whole, or
	// relative to the home page. What has none cannot be asked.
	Addresses map[string]string
}

// Places lists what Addresses may name.
func Places() []string {
	var names []string
	for name := range places {
		if name != homeTitle {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// reachable lets no name or number be resolved but those of this machine and of
// Foreign. A route would do the same at a cost for every request. A proxy that
// the environment names would resolve for itself, so there is none.
func (c Config) reachable() string {
	rule := "--host-resolver-rules=MAP * ~NOTFOUND"
	if c.here() {
		rule += ", EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1, EXCLUDE [::1]"
	}
	if c.Foreign != nil {
		for _, host := range c.Foreign.Hosts {
			rule += ", EXCLUDE " + host
		}
	}
	return rule
}

// here tells whether what is tried is on this machine. Where it is elsewhere, its pages
// have no business here: what else runs here would be asked by them.
func (c Config) here() bool {
	return c.Foreign == nil || len(c.Foreign.Hosts) == 0 || slices.ContainsFunc(c.Foreign.Hosts, loopback)
}

// loopback tells whether a host, or a pattern like *.localhost, is this machine.
func loopback(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.TrimPrefix(host, "*.")
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	ip, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return err == nil && ip.IsLoopback()
}

// home is where the home page of a world is.
func (c Config) home(at driver.World) (string, error) {
	if c.Foreign == nil {
		return origin(at)
	}
	base, err := url.Parse(at.Base)
	if err != nil || base.Host == "" || base.Scheme != "http" && base.Scheme != "https" {
		return "", fmt.Errorf("address of the pages: %q is none by http or https", page(at.Base))
	}
	return base.String(), nil
}

// address is where something is that a person types into the address bar.
func (s *session) address(place string) (string, error) {
	if s.config.Foreign == nil {
		if places[place] == "" {
			return "", fmt.Errorf("nobody knows an address of 「%s」", place)
		}
		return s.window.home + places[place], nil
	}
	to := s.config.Foreign.Addresses[place]
	if to == "" && place != homeTitle {
		return "", fmt.Errorf("%w: addresses に「%s」がありません", driver.ErrInapplicable, place)
	}
	base, err := url.Parse(s.window.home)
	if err != nil {
		return "", err
	}
	there, err := base.Parse(to)
	if err != nil {
		return "", fmt.Errorf("address of 「%s」: %w", place, err)
	}
	return there.String(), nil
}

// word is what something is called here that the guide calls name.
func (c Config) word(name string) string {
	if c.Foreign != nil && c.Foreign.Labels[name] != "" {
		return c.Foreign.Labels[name]
	}
	return name
}

// named are names with those of the guide in the place of theirs; what is called
// otherwise here than in the guide is not there by the guide's name.
func (f *Foreign) named(names []string) []string {
	var out []string
	for _, name := range names {
		if f.Labels[name] == "" {
			out = append(out, name)
		}
		for _, guide := range slices.Sorted(maps.Keys(f.Labels)) {
			if f.Labels[guide] == name {
				out = append(out, guide)
			}
		}
	}
	return out
}

// guided is the same for what is known by a name.
func guided[V any](f *Foreign, by map[string]V) map[string]V {
	out := make(map[string]V, len(by))
	for name, value := range by {
		for _, known := range f.named([]string{name}) {
			out[known] = value
		}
	}
	return out
}
