// Package voicewebhook is the reference backend's side of the telephone over the
// wire: it tells a telephone that asks by Twilio's voice webhook what a caller
// of the free-dial number hears (https://www.twilio.com/docs/voice/twiml). The
// telephone asks again when the caller has heard it all, and tells its status
// call-back when the call has ended: a call that was both confirms the registration
// (a-11). The telephone may be the sandbox's own or anybody's test double of one.
//
// The world is in the path. Every request has to be signed with the token that
// both sides know (X-Twilio-Signature). The registration that is awaited when a
// call is answered keeps its CallSid: it is the only one that the call confirms.
// When the call was placed stands, signed, in the second address. A request of a
// call that has ended, or that was not answered so, is a conflict.
//
// A telephone that has no status call-back asks with end=heard in its query. Then
// what was heard counts as over; one that has no CallSid either is given a name of
// the call in the second address.
package voicewebhook

import (
	"crypto/hmac"
	"encoding/xml"
	"errors"
	"fmt"
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
	mux.HandleFunc("POST "+Prefix+"{world}/ended", f.signed(f.ended))
	mux.HandleFunc(Prefix, middleware.NoOperation(mux, ""))
	return middleware.Survive(middleware.Bound(mux, service.Bounds().Body), log, func(w http.ResponseWriter, _ *http.Request, _ string) {
		middleware.NewProblem(http.StatusInternalServerError, "internal", "failed").Write(w)
	})
}

// signed lets only requests through that whoever knows the token has signed.
func (f handler) signed(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseForm(); err != nil {
			problem := middleware.NewProblem(http.StatusBadRequest, "form_unreadable", "the form cannot be read")
			if large := (*http.MaxBytesError)(nil); errors.As(err, &large) {
				problem = middleware.NewProblem(http.StatusRequestEntityTooLarge, "too_large", "the form is too large")
			}
			problem.Write(w)
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
		middleware.NewProblem(http.StatusForbidden, "signature", "the signature is not of this request").Write(w)
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
	without, err := withoutEnd(r)
	if err != nil {
		f.fail(w, err)
		return
	}
	id := r.PostForm.Get("CallSid")
	if len(id) > maxSID || id == "" && !without {
		f.fail(w, errSID)
		return
	}
	a, err := f.telephone.Answer(r.Context(), name, id, caller(r))
	if err != nil {
		f.fail(w, err)
		return
	}
	next := url.Values{placedKey: {a.Call.Placed.Format(time.RFC3339Nano)}}
	if without {
		next.Set(endKey, endHeard)
	}
	switch {
	case !a.Awaited:
		next.Set(awaitedKey, "no")
	case id == "":
		next.Set(callKey, a.Call.ID)
	}
	f.write(w, document{Say: &sentence{Language: "ja-JP", Text: a.Says}, Redirect: name + "/heard?" + next.Encode()})
}

// The parts of the second address.
const (
	placedKey  = "placed"  // when the call was placed
	awaitedKey = "awaited" // no: nobody waits for the call
	callKey    = "call"    // the name of a call whose telephone has none
)

// The part of the query by which a telephone says that it tells no end of a call.
const (
	endKey   = "end"
	endHeard = "heard"
)

// withoutEnd tells whether a telephone tells no end of a call.
func withoutEnd(r *http.Request) (bool, error) {
	switch given, ok := r.URL.Query()[endKey]; {
	case !ok:
		return false, nil
	case len(given) == 1 && given[0] == endHeard:
		return true, nil
	}
	return false, fmt.Errorf("%w: end is heard, or left out", world.ErrRequest)
}

// heard notes that the guidance of a call was heard to its end.
func (f handler) heard(w http.ResponseWriter, r *http.Request) {
	if err := f.hear(r); err != nil {
		f.fail(w, err)
		return
	}
	f.write(w, document{Hangup: &struct{}{}})
}

func (f handler) hear(r *http.Request) error {
	query := r.URL.Query()
	at, err := time.Parse(time.RFC3339Nano, query.Get(placedKey))
	if err != nil {
		return fmt.Errorf("%w: the address is not the one that this webhook gave: placed is missing, or no time", world.ErrRequest)
	}
	without, err := withoutEnd(r)
	if err != nil {
		return err
	}
	id := r.PostForm.Get("CallSid")
	if id == "" && without {
		id = query.Get(callKey)
	}
	awaited := query.Get(awaitedKey) != "no"
	if len(id) > maxSID || id == "" && (awaited || !without) {
		return errSID
	}
	if !awaited {
		return nil
	}
	return f.telephone.Hears(r.Context(), r.PathValue("world"), world.Wired{ID: id, Placed: at}, without)
}

// maxSID is how long the telephone's own name of a call can be, in bytes. Twilio's
// are 34 characters long.
const maxSID = 64

var errSID = fmt.Errorf("%w: CallSid is missing, or longer than %d bytes", world.ErrRequest, maxSID)

// ended is the status call-back of a call
// (https://www.twilio.com/docs/voice/api/call-resource#statuscallback).
func (f handler) ended(w http.ResponseWriter, r *http.Request) {
	id, err := r.PostForm.Get("CallSid"), error(nil)
	if id == "" || len(id) > maxSID {
		err = errSID
	} else {
		switch status := r.PostForm.Get("CallStatus"); status {
		case "completed":
			err = f.telephone.Ends(r.Context(), r.PathValue("world"), id, false)
		case "busy", "failed", "no-answer", "canceled":
			err = f.telephone.Ends(r.Context(), r.PathValue("world"), id, true)
		case "queued", "initiated", "ringing", "in-progress": // it goes on
		default:
			err = fmt.Errorf("%w: CallStatus %q", world.ErrRequest, status)
		}
	}
	if err != nil {
		f.fail(w, err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func (f handler) write(w http.ResponseWriter, d document) {
	w.Header().Set("Content-Type", "text/xml; charset=utf-8")
	if err := xml.NewEncoder(w).Encode(d); err != nil { // the telephone has gone
		f.log.Debug("a voice webhook's answer was not sent", "error", err)
	}
}

func (f handler) fail(w http.ResponseWriter, err error) {
	middleware.Trouble(err).Write(w)
}
