// Package voicewebhook is the reference backend's side of the telephone over the
// wire: it tells a telephone that asks by Twilio's voice webhook what a caller
// of the free-dial number hears (https://www.twilio.com/docs/voice/twiml), and
// takes a registration for confirmed when the telephone asks again because the
// caller has heard it all. The telephone may be the sandbox's own or anybody's
// test double of one.
//
// The world is in the path. Every request has to be signed with the token that
// both sides know (X-Twilio-Signature). Nothing is kept between the two
// requests of a call: when it was placed stands, signed, in the second address.
package voicewebhook

import (
	"crypto/hmac"
	"encoding/xml"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"example.com/netanswer/mocks/ivr/twiml"
	"example.com/netanswer/mocks/sms"
	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/world"
)

// Prefix is where the webhook stands on the member-facing port.
const Prefix = "/voice/"

type handler struct {
	telephone world.Telephone
	token     string
	log       *slog.Logger
}

// New returns the handler of everything below Prefix.
func New(service *world.Service, token string, log *slog.Logger) http.Handler {
	f := handler{telephone: service.Telephone(), token: token, log: log}
	mux := http.NewServeMux()
	mux.HandleFunc("POST "+Prefix+"{world}", f.signed(f.answer))
	mux.HandleFunc("POST "+Prefix+"{world}/heard", f.signed(f.heard))
	return middleware.Survive(middleware.Bound(mux, service.Bounds().Body), log, func(w http.ResponseWriter, _ *http.Request, _ string) {
		http.Error(w, "failed", http.StatusInternalServerError)
	})
}

// signed lets only requests through that whoever knows the token has signed.
func (f handler) signed(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseForm(); err != nil {
			status := http.StatusBadRequest
			if large := (*http.MaxBytesError)(nil); errors.As(err, &large) {
				status = http.StatusRequestEntityTooLarge
			}
			http.Error(w, "the form cannot be read", status)
			return
		}
		address := r.Host + r.URL.RequestURI()
		given := []byte(r.Header.Get("X-Twilio-Signature"))
		for _, scheme := range []string{"http://", "https://"} { // whatever stands in front may have taken TLS off
			if hmac.Equal(given, []byte(twiml.Signature(f.token, scheme+address, r.PostForm))) {
				next(w, r)
				return
			}
		}
		http.Error(w, "the signature is not of this request", http.StatusForbidden)
	}
}

// caller is who calls, as the telephone tells it.
func caller(r *http.Request) world.Caller {
	from := sms.National(r.PostForm.Get("From"))
	return world.Caller{From: from, Withheld: from == "", To: sms.National(r.PostForm.Get("To"))}
}

// A document is TwiML.
type document struct {
	XMLName  xml.Name  `xml:"Response"`
	Say      *sentence `xml:"Say"`
	Redirect string    `xml:"Redirect,omitempty"`
	Hangup   *struct{} `xml:"Hangup"`
}

type sentence struct {
	Language string `xml:"language,attr"`
	Text     string `xml:",chardata"`
}

// answer says the guidance, and wants to be asked again when it was heard.
func (f handler) answer(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("world")
	says, at, err := f.telephone.Answer(r.Context(), name, caller(r))
	if err != nil {
		f.fail(w, err)
		return
	}
	f.write(w, document{Say: &sentence{Language: "ja-JP", Text: says},
		Redirect: name + "/heard?" + url.Values{"placed": {at.Format(time.RFC3339Nano)}}.Encode()})
}

// heard takes a call for heard out.
func (f handler) heard(w http.ResponseWriter, r *http.Request) {
	at, err := time.Parse(time.RFC3339Nano, r.URL.Query().Get("placed"))
	if err == nil {
		err = f.telephone.HeardOut(r.Context(), r.PathValue("world"), caller(r), at)
	} else {
		err = errors.Join(world.ErrRequest, err)
	}
	if err != nil {
		f.fail(w, err)
		return
	}
	f.write(w, document{Hangup: &struct{}{}})
}

func (f handler) write(w http.ResponseWriter, d document) {
	w.Header().Set("Content-Type", "text/xml; charset=utf-8")
	if err := xml.NewEncoder(w).Encode(d); err != nil { // the telephone has gone
		f.log.Debug("a voice webhook's answer was not sent", "error", err)
	}
}

func (f handler) fail(w http.ResponseWriter, err error) {
	p := middleware.Trouble(err)
	http.Error(w, p.Detail, p.Status)
}
