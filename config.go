package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"net"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/mocks/ivr/sip"
	"example.com/netanswer/sandbox/gateway"
	"example.com/netanswer/sandbox/providerclient"
	"example.com/netanswer/sandbox/world"
)

// config is everything that can be set, read once: defaults, then NETANSWER_*
// variables, then flags. The README's table of settings is this struct.
type config struct {
	Member  string // address of the member-facing pages and JSON API
	Public  string // where a browser finds a world's pages, "" for <world>.localhost at that port
	Console string // address of the console and control API
	Token   string // what the console and control API ask for, "" for nothing
	SIP     string // address of the telephone, UDP and TCP; "" or "off" for none
	Bounds  world.Bounds

	REST, SMTP, IMAP, SMPP string // addresses of the providers' protocols, "" for none
	Limits                 gateway.Limits
	CallBackHosts          list // hosts besides this machine that status call-backs and voice webhooks are of

	SMSGateway, MailServer string        // providers that the reference backend uses over the wire, "" for those in this process
	Patience               time.Duration // how long it waits for them
	VoiceWebhook           string        // what the telephone asks in every world that names no webhook of its own, "" for the worlds in this process
	VoiceToken             string        // signs what the reference backend's own voice webhook is asked, "" for no such webhook
	Issuer                 string        // core system that it asks over the wire, "" for the one in this process
	IssuerRetry            providerclient.RetryPolicy
	Only                   string // "providers" serves no members, "" everything
	Calls                  sip.Limits
}

// variablePrefix prefixes the variables that belong to this program.
const variablePrefix = "NETANSWER_"

// variables that other commands read.
var otherVariables = map[string]bool{variablePrefix + "CACHE": true, variablePrefix + "TEST_DRIVERS": true, variablePrefix + "TEST_REPORTS": true}

// readConfig reads the settings of serve. Anything it does not know is an error.
func readConfig(args, environ []string, out io.Writer) (config, error) {
	c := config{Bounds: world.DefaultBounds(), Limits: gateway.DefaultLimits(), Calls: sip.DefaultLimits(), IssuerRetry: providerclient.DefaultRetryPolicy()}
	set := flag.NewFlagSet("netanswer serve", flag.ContinueOnError)
	set.SetOutput(out)
	set.StringVar(&c.Member, "member", "127.0.0.1:8080", "address of the member-facing pages and JSON API")
	set.StringVar(&c.Public, "member-url", "", "URL by which a browser finds a world's pages where the port is mapped, like http://{world}.localhost:18080; \"\" for that port itself")
	set.StringVar(&c.Console, "console", defaultConsole, "address of the console and control API")
	set.StringVar(&c.Token, "control-token", "", "token the console and control API ask for; mandatory off loopback")
	set.StringVar(&c.SIP, "sip", "127.0.0.1:5060", "address of the telephone (SIP over UDP and TCP), off for none")
	set.IntVar(&c.Calls.Calls, "sip-calls", c.Calls.Calls, "calls over SIP at once")
	set.DurationVar(&c.Calls.Duration, "sip-duration", c.Calls.Duration, "how long a call over SIP may last")
	set.DurationVar(&c.Calls.Ring, "sip-ring", c.Calls.Ring, "how long a call that nobody answers rings")
	set.DurationVar(&c.Calls.Linger, "sip-linger", c.Calls.Linger, "how long the callee waits for the caller to hang up")
	set.IntVar(&c.Calls.Message, "sip-message", c.Calls.Message, "bytes of a SIP message")
	set.IntVar(&c.Calls.Connections, "sip-connections", c.Calls.Connections, "SIP connections over TCP at once")
	set.DurationVar(&c.Calls.Slow, "sip-slow", c.Calls.Slow, "how long a SIP message over TCP may take to come in whole")
	set.IntVar(&c.Bounds.Worlds, "max-worlds", c.Bounds.Worlds, "worlds that exist at once")
	set.DurationVar(&c.Bounds.Idle, "world-idle", c.Bounds.Idle, "how long a world is unused before it may make room at the bound")
	set.IntVar(&c.Bounds.Messages, "max-messages", c.Bounds.Messages, "messages of each kind a world holds")
	set.IntVar(&c.Bounds.Journeys, "max-registrations", c.Bounds.Journeys, "registrations a world holds, ended ones included")
	set.Int64Var(&c.Bounds.Body, "max-body", c.Bounds.Body, "bytes of a request's body")
	c.providerFlags(set)
	if err := fromEnvironment(set, environ); err != nil {
		return config{}, err
	}
	if err := set.Parse(args); err != nil {
		return config{}, err
	}
	if set.NArg() > 0 {
		return config{}, fmt.Errorf("serve: unknown argument %q", set.Arg(0))
	}
	return c, c.check()
}

func fromEnvironment(set *flag.FlagSet, environ []string) error {
	var errs []error
	for _, variable := range environ {
		name, value, _ := strings.Cut(variable, "=")
		short, ours := strings.CutPrefix(name, variablePrefix)
		if !ours || otherVariables[name] {
			continue
		}
		flagName := strings.ReplaceAll(strings.ToLower(short), "_", "-")
		if set.Lookup(flagName) == nil {
			errs = append(errs, fmt.Errorf("unknown variable %s", name))
			continue
		}
		if err := set.Set(flagName, value); err != nil {
			errs = append(errs, fmt.Errorf("variable %s: %w", name, err))
		}
	}
	return errors.Join(errs...)
}

// providerFlags are the settings of the providers' protocols.
func (c *config) providerFlags(set *flag.FlagSet) {
	for _, a := range []struct {
		name, port, what string
		into             *string
	}{
		{"rest", "8091", "providers' HTTP APIs (Twilio's REST)", &c.REST}, {"smtp", "1025", "SMTP", &c.SMTP},
		{"imap", "1143", "IMAP", &c.IMAP}, {"smpp", "2775", "SMPP", &c.SMPP},
	} {
		set.StringVar(a.into, a.name, "127.0.0.1:"+a.port, "address of "+a.what+`; "" for none`)
	}
	set.IntVar(&c.Limits.Connections, "max-connections", c.Limits.Connections, "connections that each provider's listener holds at once")
	set.DurationVar(&c.Limits.Idle, "provider-idle", c.Limits.Idle, "how long a provider's connection may be silent, or a command take to arrive")
	set.DurationVar(&c.Limits.Hold, "provider-hold", c.Limits.Hold, "how long a planned time-out keeps a client waiting")
	set.Int64Var(&c.Limits.Mail, "max-mail", c.Limits.Mail, "bytes of a mail")
	set.IntVar(&c.Limits.Recipients, "max-recipients", c.Limits.Recipients, "recipients of a mail")
	set.IntVar(&c.Limits.Window, "max-parts", c.Limits.Window, "parts of unfinished long SMS that an SMPP connection holds")
	set.DurationVar(&c.Limits.CallBack, "call-back-time", c.Limits.CallBack, "how long a status call-back may take")
	set.StringVar(&c.SMSGateway, "sms-gateway", "", "address of Twilio's REST that the reference backend sends SMS by, like http://AC{world}:token@127.0.0.1:8091; \"\" for none: in process")
	set.StringVar(&c.MailServer, "mail-server", "", "address that the reference backend sends mail by, like smtp://{world}:password@127.0.0.1:1025; \"\" for none: in process")
	set.StringVar(&c.VoiceWebhook, "voice-webhook", "", "address that the telephone asks what callers hear, like http://AC{world}:token@127.0.0.1:8080/voice/{world}; \"\" for none: in process")
	set.StringVar(&c.VoiceToken, "voice-token", "", "token that signs what a telephone asks the reference backend at /voice/{world}; \"\" for no such address")
	set.DurationVar(&c.Patience, "provider-timeout", 5*time.Second, "how long the reference backend waits for those two")
	set.StringVar(&c.Issuer, "issuer", "", "address of the core system that the reference backend asks about cards, like http://127.0.0.1:8091; \"\" for none: in process")
	set.DurationVar(&c.IssuerRetry.Try, "issuer-timeout", c.IssuerRetry.Try, "how long one try of a question to it may take")
	set.DurationVar(&c.IssuerRetry.Total, "issuer-patience", c.IssuerRetry.Total, "how long a question to it may take, with all tries and waits")
	set.IntVar(&c.IssuerRetry.Retries, "issuer-retries", c.IssuerRetry.Retries, "further tries of a question that may be asked again; never of a PIN")
	set.DurationVar(&c.IssuerRetry.Wait, "issuer-wait", c.IssuerRetry.Wait, "how long the first of them waits; each other twice as long")
	set.IntVar(&c.IssuerRetry.Failures, "issuer-failures", c.IssuerRetry.Failures, "questions of a world that fail in a row before none is asked; 0 for ever asks")
	set.DurationVar(&c.IssuerRetry.Rest, "issuer-rest", c.IssuerRetry.Rest, "how long none is asked then")
	set.StringVar(&c.Only, "only", "", "providers: no member-facing pages, only the providers' protocols and the console")
	set.Var(&c.CallBackHosts, "call-back-hosts", "hosts besides this machine, or networks like 10.0.0.0/8, that status call-backs and voice webhooks may be of; with commas, or repeated")
}

func (c config) check() error {
	var errs []error
	addresses := map[string]string{"member": c.Member, "console": c.Console}
	for name, address := range map[string]string{"rest": c.REST, "smtp": c.SMTP, "imap": c.IMAP, "smpp": c.SMPP} {
		if address != "" {
			addresses[name] = address
		}
	}
	if c.telephone() {
		addresses["sip"] = c.SIP
	}
	var exposed []string
	for _, name := range slices.Sorted(maps.Keys(addresses)) {
		local, err := onLoopback(addresses[name])
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", name, err))
		} else if !local {
			exposed = append(exposed, name+" "+addresses[name])
		}
	}
	if len(exposed) > 0 && c.Token == "" {
		errs = append(errs, fmt.Errorf("not on loopback, so a control token is needed, of 16 characters or more (-control-token or %sCONTROL_TOKEN): %s",
			variablePrefix, strings.Join(exposed, ", ")))
	}
	if c.Token != "" && len(c.Token) < 16 {
		errs = append(errs, errors.New("control-token: at least 16 characters"))
	}
	if c.Bounds.Worlds < 1 || c.Bounds.Messages < 1 || c.Bounds.Journeys < 1 || c.Bounds.Body < 1<<10 || c.Bounds.Idle < time.Second {
		errs = append(errs, errors.New("bounds: at least 1 world, 1 message, 1 registration, 1024 bytes and 1s"))
	}
	if _, err := c.ports(); err != nil {
		errs = append(errs, err)
	} else if err := c.IssuerRetry.Check(); err != nil {
		errs = append(errs, err)
	}
	errs = append(errs, c.checkVoice())
	errs = append(errs, c.checkPublic())
	if c.Only != "" && c.Only != onlyProviders {
		errs = append(errs, fmt.Errorf("only: %q, want %s", c.Only, onlyProviders))
	}
	if c.Patience < time.Millisecond {
		errs = append(errs, errors.New("provider-timeout: at least 1ms"))
	}
	l := c.Limits
	if l.Connections < 1 || l.Idle < time.Second || l.Hold < 0 || l.Mail < 1<<10 || l.Recipients < 1 || l.Window < 1 || l.CallBack < time.Millisecond {
		errs = append(errs, errors.New("limits: at least 1 connection, 1s idle, 0s hold, mails of 1024 bytes, 1 recipient, 1 part and 1ms of call-back"))
	}
	if c.telephone() {
		errs = append(errs, c.Calls.Check())
	}
	return errors.Join(errs...)
}

// memberURL is where a browser finds the pages of a world by -member-url.
func (c config) memberURL(world string) string {
	return strings.TrimSuffix(strings.ReplaceAll(c.Public, worldPlace, world), "/") + "/"
}

func (c config) checkPublic() error {
	if c.Public == "" {
		return nil
	}
	u, err := url.Parse(c.memberURL("w"))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.Path != "/" || u.User != nil || u.RawQuery != "" || u.Fragment != "" ||
		!strings.Contains(c.Public, worldPlace) {
		return fmt.Errorf("member-url: %q, want something like http://%s.localhost:18080", c.Public, worldPlace)
	}
	return nil
}

// onlyProviders is the value of -only.
const onlyProviders = "providers"

// ports are the providers that the reference backend uses over the wire.
func (c config) ports() (p world.Ports, err error) {
	if c.SMSGateway != "" {
		sms, err := providerclient.NewSMS(c.SMSGateway, c.Patience)
		if err != nil {
			return p, err
		}
		p.SMS = sms
	}
	if c.MailServer != "" {
		mail, err := providerclient.NewMail(c.MailServer, c.Patience)
		if err != nil {
			return p, err
		}
		p.Mail = mail
	}
	if c.Issuer != "" {
		_, ranges, err := fixtures.Members()
		if err != nil {
			return p, err
		}
		var prefixes []string
		for _, r := range ranges {
			prefixes = append(prefixes, r.Digits)
		}
		desk, err := providerclient.NewIssuer(c.Issuer, c.IssuerRetry, prefixes...)
		if err != nil {
			return p, err
		}
		p.Issuer = world.ByIssuerAPI(desk)
	}
	return p, nil
}

// telephone tells whether calls are taken over SIP.
func (c config) telephone() bool { return c.SIP != "" && c.SIP != "off" }

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

// environ is the process's environment; tests hand in their own.
func environ() []string { return os.Environ() }
