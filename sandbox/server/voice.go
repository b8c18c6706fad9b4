package server

import (
	"errors"
	"fmt"
	"net/url"
	"strings"

	"example.com/netanswer/mocks/ivr/twiml"
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
		_, err := voiceOf(c.VoiceWebhook, "default")
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
