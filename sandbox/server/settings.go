package server

import (
	"fmt"
	"io"
	"net"
	"strconv"
	"time"

	"example.com/netanswer/internal/settings"
	"example.com/netanswer/sandbox/store"
)

// Settings are the rows of the table of settings, in the order of its groups.
func Settings() []settings.Setting {
	c := DefaultConfig()
	return c.settings(io.Discard, settings.English).All()
}

// An address is a setting that says where something listens.
type address struct {
	flag, usage string
	port        int // by default, and its distance from 8080 is that of -ports
	step        int // how far it is from the first port of -ports
	at          *string
	optional    bool
}

// addresses are all listeners, in the order of -ports.
func (c *Config) addresses() []address {
	return []address{
		{"member", "address of the member-facing pages and JSON API", 8080, 0, &c.Member, false},
		{"console", "address of the console and control API", 8090, 1, &c.Console, false},
		{"rest", `address of the providers' HTTP APIs (Twilio's REST); "" for none`, 8091, 2, &c.REST, true},
		{"smtp", `address of SMTP; "" for none`, 1025, 3, &c.SMTP, true},
		{"imap", `address of IMAP; "" for none`, 1143, 4, &c.IMAP, true},
		{"smpp", `address of SMPP; "" for none`, 2775, 5, &c.SMPP, true},
		{"sip", "address of the telephone (SIP over UDP and TCP), off for none", 5060, 6, &c.SIP, true},
	}
}

// settings declares every setting once: flags, variables, help and documents
// are made of it.
func (c *Config) settings(out io.Writer, language string) *settings.Set {
	set := settings.New("serve", out, language)
	set.Group("listeners")
	for _, a := range c.addresses() {
		set.StringVar(a.at, a.flag, net.JoinHostPort("127.0.0.1", strconv.Itoa(a.port)), a.usage)
	}
	set.Int("ports", 0, "first of seven ports for all listeners, in the order above; 0 for the usual ones")
	set.BoolVar(&c.Open, "open", c.Open, "open the console in a browser")
	set.BoolVar(&c.Plain, "plain", c.Plain, "plain lines on a terminal too, instead of the live view")
	set.StringVar(&c.Only, "only", c.Only, "providers: no member-facing pages, only the providers' protocols and the console")
	set.StringVar(
		&c.Public,
		"member-url",
		c.Public,
		`where a browser finds the member's pages of a world, like http://{world}.localhost:18080, where a port is mapped; "" for this machine's`,
	)
	set.StringVar(&c.Token, "control-token", c.Token, "token the console and control API ask for; mandatory off loopback")
	set.StringVar(
		&c.TokenFile,
		"control-token-file",
		"",
		"file that holds the control token; unlike a flag's value, other users of the machine do not see it in the list of processes",
	)
	set.StringVar(&c.TLSCert, "tls-cert", "", "file of the certificate, in PEM, that the member and console ports show; no TLS without it")
	set.StringVar(&c.TLSKey, "tls-key", "", "file of the certificate's key, in PEM")

	set.Group("log")
	set.TextVar(&c.LogLevel, "log-level", c.LogLevel, "debug, info, warn or error; debug tells each request")
	set.StringVar(&c.LogFormat, "log-format", "text", "text or json")
	set.Language()

	set.Group("bounds")
	set.IntVar(&c.Bounds.Worlds, "max-worlds", c.Bounds.Worlds, "worlds that exist at once")
	set.IntVar(&c.Bounds.Snapshots, "max-snapshots", c.Bounds.Snapshots, "snapshots of worlds that are kept at once")
	set.DurationVar(&c.Bounds.Idle, "world-idle", c.Bounds.Idle, "how long a world is unused before it may make room at the bound")
	set.IntVar(&c.Bounds.Messages, "max-messages", c.Bounds.Messages, "messages of each kind a world holds")
	set.Int64Var(&c.Bounds.Bytes, "max-bytes", c.Bounds.Bytes, "bytes that the messages of a world take; 0 for any number")
	set.Int64Var(&c.Bounds.AllBytes, "max-all-bytes", c.Bounds.AllBytes, "bytes that the messages of all worlds take; 0 for any number")
	set.IntVar(&c.Bounds.Journeys, "max-registrations", c.Bounds.Journeys, "registrations a world holds, ended ones included")
	set.Int64Var(&c.Bounds.Body, "max-body", c.Bounds.Body, "bytes of a request's body")
	set.Int64Var(&c.Bounds.Document, "max-document", c.Bounds.Document, "bytes of a document of a world that is read")

	set.Group("store")
	set.StringVar(&c.Store, "store", store.InMemory,
		"where worlds are kept: memory, sqlite:FILE or postgres://USER:PASSWORD@HOST/DATABASE")
	set.StringVar(&c.Seed, "seed", c.Seed, `file in YAML with worlds to begin with; one that is there already stays as it is; "" for none`)
	set.StringVar(&c.Save, "save", c.Save, `folder that the worlds are written to at the end, and read from at the start; "" for none`)
	set.DurationVar(&c.StoreLimit, "store-timeout", 5*time.Second, "how long a database may take for one thing")
	c.providerSettings(set)
	c.backendSettings(set)
	return set
}

// providerSettings are the bounds of the providers' protocols.
func (c *Config) providerSettings(set *settings.Set) {
	set.Group("providers")
	set.IntVar(
		&c.Limits.Connections,
		"max-connections",
		c.Limits.Connections,
		"connections that each listener holds at once; never more than an eighth of the descriptors of the process",
	)
	set.DurationVar(
		&c.Limits.Idle,
		"provider-idle",
		c.Limits.Idle,
		"how long a provider's connection may be silent, or a command take to arrive",
	)
	set.DurationVar(&c.Limits.Hold, "provider-hold", c.Limits.Hold, "how long a planned time-out keeps a client waiting")
	set.Int64Var(&c.Limits.Mail, "max-mail", c.Limits.Mail, "bytes of a mail")
	set.IntVar(&c.Limits.Recipients, "max-recipients", c.Limits.Recipients, "recipients of a mail")
	set.IntVar(&c.Limits.Window, "max-parts", c.Limits.Window, "parts of unfinished long SMS that an SMPP connection holds")
	set.IntVar(&c.Limits.Outgoing, "max-outgoing-calls", c.Limits.Outgoing,
		"calls of backends, placed by REST, that are carried out at once")
	set.DurationVar(&c.Limits.CallBack, "call-back-time", c.Limits.CallBack, "how long a status call-back may take")
	set.Var(
		&c.CallBackHosts,
		"call-back-hosts",
		"hosts besides this machine, or networks like 10.0.0.0/8, that status call-backs and voice webhooks may be of; with commas, or repeated",
	)

	set.Group("telephone")
	set.IntVar(&c.Calls.Calls, "sip-calls", c.Calls.Calls, "calls over SIP at once")
	set.DurationVar(&c.Calls.Duration, "sip-duration", c.Calls.Duration, "how long a call over SIP may last")
	set.DurationVar(&c.Calls.Ring, "sip-ring", c.Calls.Ring, "how long a call that nobody answers rings")
	set.DurationVar(&c.Calls.Linger, "sip-linger", c.Calls.Linger, "how long the callee waits for the caller to hang up")
	set.IntVar(&c.Calls.Message, "sip-message", c.Calls.Message, "bytes of a SIP message")
	set.IntVar(&c.Calls.Connections, "sip-connections", c.Calls.Connections, "SIP connections over TCP at once")
	set.DurationVar(&c.Calls.Slow, "sip-slow", c.Calls.Slow, "how long a SIP message over TCP may take to come in whole")
}

// backendSettings say which providers the reference backend uses.
func (c *Config) backendSettings(set *settings.Set) {
	set.Group("reference backend")
	set.StringVar(&c.SMSGateway, "sms-gateway", c.SMSGateway,
		`address of Twilio's REST by which the backend sends SMS, like http://AC{world}:token@127.0.0.1:8091; "" for none: in process`)
	set.StringVar(&c.MailServer, "mail-server", c.MailServer,
		`mail server by which the backend sends, like smtp://{world}:password@127.0.0.1:1025; "" for none: in process`)
	set.StringVar(
		&c.VoiceWebhook,
		"voice-webhook",
		c.VoiceWebhook,
		`address that the telephone asks what callers hear, like http://AC{world}:token@127.0.0.1:8080/voice/{world}; "" for none: in process`,
	)
	set.StringVar(&c.VoiceToken, "voice-token", c.VoiceToken,
		`token by which requests of a telephone to /voice/{world} are signed; "" for no such address`)
	set.StringVar(
		&c.Proxy,
		"proxy",
		c.Proxy,
		`proxy for requests to -sms-gateway and -issuer, like http://proxy.example:3128; "" for none, whatever HTTP_PROXY says`,
	)
	set.DurationVar(&c.ProviderTimeout, "provider-timeout", 5*time.Second,
		"how long the backend waits for the SMS gateway and the mail server")
	set.StringVar(
		&c.Issuer,
		"issuer",
		c.Issuer,
		`address of the core system that the backend asks about cards, like http://127.0.0.1:8091; "" for none: in process`,
	)
	set.StringVar(
		&c.IssuerCards,
		"issuer-cards",
		"test",
		"cards that -issuer is asked about: test (test cards and members of the world) or any (whatever number is typed)",
	)
	set.DurationVar(&c.IssuerRetry.Try, "issuer-timeout", c.IssuerRetry.Try, "how long one try of a question to the core system may take")
	set.DurationVar(
		&c.IssuerRetry.Total,
		"issuer-total-timeout",
		c.IssuerRetry.Total,
		"how long a question may take, with all tries and waits",
	)
	set.IntVar(
		&c.IssuerRetry.Retries,
		"issuer-retries",
		c.IssuerRetry.Retries,
		"further tries of a question that may be asked again; never of a PIN",
	)
	set.DurationVar(&c.IssuerRetry.Wait, "issuer-wait", c.IssuerRetry.Wait,
		"wait before the first further try of a question; each later one waits twice as long")
	set.IntVar(&c.IssuerRetry.Failures, "issuer-failures", c.IssuerRetry.Failures,
		"after so many failures in a row, a world asks no question for a while; 0: it always asks")
	set.DurationVar(&c.IssuerRetry.Rest, "issuer-rest", c.IssuerRetry.Rest, "how long a world asks no question then")
}

// spread gives the listeners that no flag or variable placed the ports from
// -ports on.
func (c *Config) spread(set *settings.Set) error {
	first, err := strconv.Atoi(set.Lookup("ports").Value.String())
	if err != nil || first == 0 {
		return err
	}
	if first < 1 || first > 65535-6 {
		return fmt.Errorf("ports: %d, want one from 1 to %d", first, 65535-6)
	}
	placed := set.Placed()
	for _, a := range c.addresses() {
		if !placed[a.flag] {
			*a.at = net.JoinHostPort("127.0.0.1", strconv.Itoa(first+a.step))
		}
	}
	return nil
}
