package server

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"

	"example.com/netanswer/mocks/ivr/twiml"
	"example.com/netanswer/sandbox/voicewebhook"
)

// worldPlace stands in an address for the name of a world.
const worldPlace = "{world}"

// voiceOf is the voice webhook of a world in an address like
// http://AC{world}:token@127.0.0.1:8080/voice/{world}. The end of a call is told
// to the same address with /ended behind its path.
func voiceOf(address, world string) (twiml.Webhook, error) {
	u, err := url.Parse(strings.ReplaceAll(address, worldPlace, world))
	if err != nil {
		return twiml.Webhook{}, fmt.Errorf("voice-webhook: %w", err)
	}
	w := twiml.Webhook{Account: u.User.Username()}
	w.AuthToken, _ = u.User.Password()
	u.User = nil
	w.URL = u.String()
	w.StatusCallback = u.JoinPath("ended").String()
	if err := w.Check(); err != nil {
		return twiml.Webhook{}, fmt.Errorf("voice-webhook: %w", err)
	}
	return w, nil
}

// checkVoice tells what is wrong with the settings of the telephone's webhook.
func (c Config) checkVoice() error {
	var errs []error
	if c.VoiceWebhook != "" {
		w, err := voiceOf(c.VoiceWebhook, "default")
		if err == nil {
			err = c.checkOwnVoice(w.URL)
		}
		errs = append(errs, err)
	}
	if c.VoiceToken != "" && len(c.VoiceToken) < 16 {
		errs = append(errs, errors.New("voice-token: at least 16 characters"))
	}
	if c.VoiceToken != "" && c.Only == OnlyProviders {
		errs = append(errs, errors.New("voice-token: the providers alone have no backend to ask"))
	}
	return errors.Join(errs...)
}

// checkOwnVoice tells what is wrong with a webhook of this sandbox itself: only its
// reference backend answers calls.
func (c Config) checkOwnVoice(address string) error {
	u, err := url.Parse(address)
	if err != nil {
		return fmt.Errorf("voice-webhook: %w", err)
	}
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	if local, err := onLoopback(net.JoinHostPort(u.Hostname(), port)); err != nil || !local {
		return nil // another machine's
	}
	for _, a := range c.addresses() {
		if _, own, err := net.SplitHostPort(*a.at); err != nil || own != port {
			continue
		}
		if a.flag == "member" && c.VoiceToken != "" && strings.HasPrefix(u.Path, voicewebhook.Prefix) {
			continue
		}
		return fmt.Errorf("voice-webhook: port %s is of this sandbox itself (-%s), which answers calls at -member only, below %s, with -voice-token",
			port, a.flag, voicewebhook.Prefix)
	}
	return nil
}

// hotline is the voice webhook of every world that names none; nil where there
// is none.
func (c Config) hotline() func(world string) twiml.Webhook {
	if c.VoiceWebhook == "" {
		return nil
	}
	return func(world string) twiml.Webhook {
		w, err := voiceOf(c.VoiceWebhook, world)
		if err != nil { // it was checked, and a world's name is letters, digits and -
			panic(err)
		}
		return w
	}
}
