package server

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/url"
	"strings"
	"time"

	"example.com/netanswer/internal/settings"
	"example.com/netanswer/mocks/ivr/sip"
	"example.com/netanswer/mocks/outbound"
	"example.com/netanswer/sandbox/gateway"
	"example.com/netanswer/sandbox/providerclient"
	"example.com/netanswer/sandbox/world"
)

// Config is everything that can be set, read once: defaults, then NETANSWER_*
// variables, then flags. The table in docs/settings.md is made from its flags.
type Config struct {
	Member  string // address of the member-facing pages and JSON API
	Public  string // where a browser finds a world's pages, "" for <world>.localhost at that port
	Console string // address of the console and control API
	Token   string // what the console and control API ask for, "" for nothing
	// TokenFile holds Token, where other users of the machine cannot see it among
	// the arguments of a process.
	TokenFile string
	// TLSCert and TLSKey are files of a certificate in PEM, by which the members' and
	// the console's port are served; "" for no TLS.
	TLSCert, TLSKey string
	SIP             string // address of the telephone, UDP and TCP; "" or "off" for none
	Bounds          world.Bounds

	Seed       string        // file of worlds to begin with, "" for none
	Save       string        // folder that worlds are written to at the end and read from at the start, "" for none
	Store      string        // where worlds are kept; see store.Open
	StoreLimit time.Duration // how long it may take for one thing

	REST, SMTP, IMAP, SMPP string // addresses of the providers' protocols, "" for none
	Limits                 gateway.Limits
	CallBackHosts          settings.List // hosts besides this machine that status call-backs and voice webhooks are of

	SMSGateway, MailServer string        // providers that the reference backend uses over the wire, "" for those in this process
	ProviderTimeout        time.Duration // how long it waits for them
	VoiceWebhook           string        // the telephone asks it in worlds that name none, "" for these worlds
	VoiceToken             string        // signs what the reference backend's own voice webhook is asked, "" for no such webhook
	Issuer                 string        // core system that it asks over the wire, "" for the one in this process
	IssuerCards            string        // "test": it is asked about test cards and members of the world only; "any"
	IssuerRetry            providerclient.RetryPolicy
	Proxy                  string     // that SMSGateway and Issuer are asked by, "" for none
	Open                   bool       // serve opens the console in a browser
	Plain                  bool       // serve has no live view on a terminal
	Only                   string     // "providers" serves no members, "" everything
	LogLevel               slog.Level // what is logged; serve logs from info on
	LogFormat              string     // "text" or "json"
	Calls                  sip.Limits
}

// ReadConfig reads the settings of serve: defaults, then variables, then flags.
// Anything it does not know is an error.
func ReadConfig(args, environ []string, out io.Writer) (Config, error) {
	c := DefaultConfig()
	set := c.settings(out, settings.LanguageOf(args, environ))
	if err := set.Parse(args, environ); err != nil {
		return Config{}, err
	}
	if err := c.spread(set); err != nil {
		return Config{}, err
	}
	if err := settings.ReadToken(set.Placed(), &c.Token, c.TokenFile); err != nil {
		return Config{}, err
	}
	return c, c.Check()
}

// DefaultConfig is a sandbox as serve starts it where nothing is set: all
// listeners on loopback, at their usual ports.
func DefaultConfig() Config {
	c := Config{
		Bounds:      world.DefaultBounds(),
		Limits:      gateway.DefaultLimits(),
		Calls:       sip.DefaultLimits(),
		IssuerRetry: providerclient.DefaultRetryPolicy(),
	}
	c.settings(io.Discard, settings.English) // every flag writes its default
	return c
}

// EphemeralConfig is a sandbox on free ports of loopback, for tests: all
// listeners, nothing set, and nobody is kept waiting who waits for a time-out.
func EphemeralConfig() Config {
	c := DefaultConfig()
	for _, address := range c.addresses() {
		*address.at = "127.0.0.1:0"
	}
	c.Limits.Hold = 50 * time.Millisecond
	c.Calls.Linger = 100 * time.Millisecond
	return c
}

// Check tells everything that is wrong with the settings.
func (c Config) Check() error {
	var errs []error
	var exposed []string
	for _, a := range c.addresses() {
		if *a.at == "" && a.optional || a.flag == "sip" && !c.telephone() {
			continue
		}
		local, err := onLoopback(*a.at)
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", a.flag, err))
		} else if !local {
			exposed = append(exposed, a.flag+" "+*a.at)
		}
	}
	if len(exposed) > 0 && c.Token == "" {
		errs = append(
			errs,
			fmt.Errorf("not on loopback, so a control token is needed, of 16 characters or more (-control-token-file or %sCONTROL_TOKEN): %s",
				settings.Prefix, strings.Join(exposed, ", ")),
		)
	}
	errs = append(errs, checkToken(c.Token))
	errs = append(errs, c.checkBounds(), c.checkStore())
	if _, err := c.certificate(); err != nil {
		errs = append(errs, err)
	}
	if _, err := c.ports(); err != nil {
		errs = append(errs, err)
	} else if err := c.IssuerRetry.Check(); err != nil {
		errs = append(errs, err)
	}
	if c.IssuerCards != "test" && c.IssuerCards != "any" {
		errs = append(errs, fmt.Errorf("issuer-cards: %q, want test or any", c.IssuerCards))
	}
	if err := outbound.CheckHosts(c.CallBackHosts...); err != nil {
		errs = append(errs, fmt.Errorf("call-back-hosts: %w", err))
	}
	errs = append(errs, c.checkVoice())
	errs = append(errs, c.checkPublic())
	if c.Only != "" && c.Only != OnlyProviders {
		errs = append(errs, fmt.Errorf("only: %q, want %s", c.Only, OnlyProviders))
	}
	if c.LogFormat != "" && c.LogFormat != "text" && c.LogFormat != "json" {
		errs = append(errs, fmt.Errorf("log-format: %q, want text or json", c.LogFormat))
	}
	if c.telephone() {
		errs = append(errs, c.Calls.Check())
	}
	return errors.Join(errs...)
}

// checkBounds tells which settings are too small.
func (c Config) checkBounds() error {
	var errs []error
	for _, n := range []struct {
		flag         string
		given, least int64
	}{
		{"max-worlds", int64(c.Bounds.Worlds), 1}, {"max-snapshots", int64(c.Bounds.Snapshots), 1},
		{"max-messages", int64(c.Bounds.Messages), 1}, {"max-registrations", int64(c.Bounds.Journeys), 1},
		{"max-body", c.Bounds.Body, 1 << 10}, {"max-connections", int64(c.Limits.Connections), 1},
		{"max-mail", c.Limits.Mail, 1 << 10}, {"max-recipients", int64(c.Limits.Recipients), 1}, {"max-parts", int64(c.Limits.Window), 1},
		{"max-outgoing-calls", int64(c.Limits.Outgoing), 1},
	} {
		if n.given < n.least {
			errs = append(errs, fmt.Errorf("-%s %d: want %d or more", n.flag, n.given, n.least))
		}
	}
	for _, d := range []struct {
		flag         string
		given, least time.Duration
	}{
		{"world-idle", c.Bounds.Idle, time.Second}, {"provider-idle", c.Limits.Idle, time.Second}, {"provider-hold", c.Limits.Hold, 0},
		{"call-back-time", c.Limits.CallBack, time.Millisecond}, {"provider-timeout", c.ProviderTimeout, time.Millisecond},
	} {
		if d.given < d.least {
			errs = append(errs, fmt.Errorf("-%s %s: want %s or longer", d.flag, d.given, d.least))
		}
	}
	return errors.Join(errs...)
}

// memberURL is where a browser finds the pages of a world by -member-url.
func (c Config) memberURL(world string) string {
	return strings.TrimSuffix(strings.ReplaceAll(c.Public, worldPlace, world), "/") + "/"
}

func (c Config) checkPublic() error {
	if c.Public == "" {
		return nil
	}
	u, err := url.Parse(c.memberURL("w"))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.Path != "/" || u.User != nil || u.RawQuery != "" ||
		u.Fragment != "" ||
		!strings.Contains(c.Public, worldPlace) {
		return fmt.Errorf("member-url: %q, want something like http://%s.localhost:18080", c.Public, worldPlace)
	}
	return nil
}

// OnlyProviders is the value of -only.
const OnlyProviders = "providers"

// ports are the providers that the reference backend uses over the wire.
func (c Config) ports() (p world.Ports, err error) {
	owner, err := c.owner()
	if err != nil {
		return p, err
	}
	if c.SMSGateway != "" {
		sms, err := providerclient.NewSMS(c.SMSGateway, c.ProviderTimeout, owner)
		if err != nil {
			return p, err
		}
		p.SMS = sms
	}
	if c.MailServer != "" {
		mail, err := providerclient.NewMail(c.MailServer, c.ProviderTimeout)
		if err != nil {
			return p, err
		}
		p.Mail = mail
	}
	if c.Issuer != "" {
		api, err := providerclient.NewIssuer(c.Issuer, c.IssuerRetry, owner)
		if err != nil {
			return p, err
		}
		p.Issuer = world.ByIssuerAPI(api)
	}
	return p, nil
}

// owner asks what the settings name, by the proxy that they name.
func (c Config) owner() (o outbound.Owner, err error) {
	if c.Proxy == "" {
		return o, nil
	}
	o.Proxy, err = url.Parse(c.Proxy)
	if err != nil || o.Proxy.Scheme != "http" && o.Proxy.Scheme != "https" || o.Proxy.Host == "" {
		return o, errors.New("proxy: want something like http://proxy.example:3128") // it may hold a password
	}
	return o, nil
}

// telephone tells whether calls are taken over SIP.
func (c Config) telephone() bool { return c.SIP != "" && c.SIP != "off" }

// calls are the limits of the telephone, with its share of the descriptors.
func (c Config) calls() sip.Limits {
	l := c.Calls
	l.Connections = min(l.Connections, share())
	return l
}

// onLoopback tells whether an address can be reached from this machine only.
func onLoopback(address string) (bool, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return false, err
	}
	if host == "localhost" {
		return true, nil
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback(), nil
}
