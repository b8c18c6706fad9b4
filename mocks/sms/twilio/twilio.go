// Package twilio is the HTTP API of the fake SMS gateway for clients of Twilio's
// REST API, version 2010-04-01: creating, fetching and listing messages, and the
// call-backs that tell what became of one. It decodes, calls a Gateway, encodes.
//
// It models the Messages resource as the service publishes it: form bodies, HTTP
// Basic, JSON with dates of RFC 1123, pages by token, the status life cycle, the
// errors' numbers, and X-Twilio-Signature; messaging services, whose pool is one
// number, scheduled messages and taking them back, and validity periods; of the
// Calls resource, placing a call, fetching and listing them. Besides, of Verify v2
// and Lookup v2 what a registration needs: begin and check a verification by SMS,
// fetch it, end it; what a number is. What it does not model,
// as media, content templates, redacting or deleting a message, services and rates
// of Verify, and the API's other resources, is refused as the API refuses, and
// named.
//
// Any token is taken; it signs the call-backs. The account says which world is
// spoken for: "AC" and its name. An account that looks like a real one, "AC" and
// 32 hexadecimal digits, or "ACnetanswer", speaks for none, and the recipient
// decides.
package twilio

import (
	"context"
	"errors"
	"net/http"
	"regexp"
	"strings"
	"time"

	"example.com/netanswer/mocks/fault"
	"example.com/netanswer/mocks/sms"
)

// By is the name of this protocol in a message's wish.
const By = "twilio"

// A Kept is a message as the gateway keeps it, seen when its clock shows Now.
type Kept struct {
	sms.Message
	SID string
	Now time.Time
}

// A Gateway is what this package speaks for. speaker is the world an account
// speaks for, "" for none. Errors are those of sms.Box.Take; ErrSpeaker is an
// account that can be no world's.
type Gateway interface {
	// Send takes a message over.
	Send(ctx context.Context, speaker string, d sms.Draft) (Kept, error)
	// Now is what the clock shows of the world that a message would go to.
	Now(ctx context.Context, speaker, to string) (time.Time, error)
	// Cancel takes back a scheduled message, and tells whether there is one; the
	// errors are those of sms.Box.Cancel.
	Cancel(ctx context.Context, speaker, account, sid string) (Kept, bool, error)
	// Find returns a message, and whether there is one.
	Find(speaker, account, sid string) (Kept, bool, error)
	// Verifying is what the gateway of the world is that a verification of a number
	// belongs to.
	Verifying(ctx context.Context, speaker, to string) (Verifying, error)
	// Verify changes the verifications of that world.
	Verify(ctx context.Context, v Verifying, change func(b *sms.Box, now time.Time) error) error
	// Verification finds one by its SID.
	Verification(ctx context.Context, speaker, sid string) (Verifying, sms.Verification, bool, error)
	// Call places a call and has it carried out; errors are those of Send.
	Call(ctx context.Context, speaker string, d CallDraft) (Call, error)
	// FindCall returns a call that was placed here, and whether there is one.
	FindCall(speaker, account, sid string) (Call, bool, error)
	// Calls returns all calls that an account placed, oldest first.
	Calls(speaker, account string) ([]Call, error)
	// Messages returns all messages of an account, oldest first.
	Messages(speaker, account string) ([]Kept, error)
}

// ErrSpeaker is the error of an account that can be no world's.
var ErrSpeaker = errors.New("the account speaks for no world that can be")

// A Config is what the handler is made of.
type Config struct {
	Gateway Gateway
	// Body bounds the bytes of a request's body.
	Body int64
	// Hold is how long a request that a plan lets time out is kept waiting
	// before its connection is cut.
	Hold time.Duration
	// CallBack returns an error if no call-backs are made to an address.
	CallBack func(address string) error
	// Watch is told of every request when it was answered; nil is nobody.
	Watch func(Request)
}

// Prefix begins the path of everything here.
const Prefix = "/2010-04-01/"

type handler struct{ Config }

// New returns the handler of everything below Prefix.
func New(c Config) http.Handler {
	f := handler{c}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /2010-04-01/Accounts/{account}/Messages.json", f.known(f.create))
	mux.HandleFunc("GET /2010-04-01/Accounts/{account}/Messages.json", f.known(f.list))
	mux.HandleFunc("GET /2010-04-01/Accounts/{account}/Messages/{sid}", f.known(f.fetch))
	mux.HandleFunc("POST /2010-04-01/Accounts/{account}/Messages/{sid}", f.known(f.update))
	mux.HandleFunc("POST /2010-04-01/Accounts/{account}/Calls.json", f.known(f.placeCall))
	mux.HandleFunc("GET /2010-04-01/Accounts/{account}/Calls.json", f.known(f.listCalls))
	mux.HandleFunc("GET /2010-04-01/Accounts/{account}/Calls/{sid}", f.known(f.fetchCall))
	mux.HandleFunc("POST /2010-04-01/Accounts/{account}/Calls/{sid}", f.known(f.updateCall))
	mux.HandleFunc("POST /v2/Services/{service}/Verifications", f.ofService(f.verify))
	mux.HandleFunc("POST /v2/Services/{service}/VerificationCheck", f.ofService(f.checkVerification))
	mux.HandleFunc("GET /v2/Services/{service}/Verifications/{sid}", f.ofService(f.fetchVerification))
	mux.HandleFunc("POST /v2/Services/{service}/Verifications/{sid}", f.ofService(f.endVerification))
	mux.HandleFunc("GET /v2/PhoneNumbers/{number}", f.authenticated(f.lookUp))
	mux.HandleFunc("/", unmodelled)
	return f.watched(mux)
}

// A caller is who sends a request.
type caller struct {
	account, token string
	speaker        string // the world it speaks for, "" for none
}

var (
	realAccount = regexp.MustCompile(`^[0-9a-f]{32}$`)
	// anyWorld is the account, without AC, that speaks for no world by name.
	anyWorld = "netanswer"
)

// known lets only requests with credentials through.
func (f handler) known(next func(http.ResponseWriter, *http.Request, caller)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		c := caller{account: r.PathValue("account")}
		isAccount := strings.HasPrefix(c.account, "AC")
		user, token, ok := r.BasicAuth()
		ours := user == c.account || strings.HasPrefix(user, "SK") // an API key stands in for the account
		if !ok || !isAccount || !ours || token == "" {
			w.Header().Set("WWW-Authenticate", `Basic realm="Twilio API"`)
			fail(w, errAuthenticate)
			return
		}
		c.token, c.speaker = token, speaks(c.account)
		r.Body = http.MaxBytesReader(w, r.Body, f.Body)
		next(w, r, c)
	}
}

// speaks is the world that an account speaks for, "" for none.
func speaks(account string) string {
	name, ok := strings.CutPrefix(account, "AC")
	if !ok || name == anyWorld || realAccount.MatchString(name) {
		return ""
	}
	return name
}

// refuse returns the error of a gateway.
func (f handler) refuse(w http.ResponseWriter, r *http.Request, to string, err error) {
	switch {
	case errors.Is(err, fault.ErrTimeOut):
		fault.Hold(r.Context(), f.Hold)
		panic(http.ErrAbortHandler) // cuts the connection
	case errors.Is(err, fault.ErrFault):
		fail(w, trouble{http.StatusServiceUnavailable, 20503, "Service unavailable"})
	case errors.Is(err, sms.ErrFull):
		fail(w, trouble{http.StatusTooManyRequests, 20429, "Too Many Requests: " + err.Error()})
	case errors.Is(err, sms.ErrRecipient):
		fail(w, trouble{http.StatusBadRequest, 21211, "Invalid 'To' Phone Number: " + to})
	case errors.Is(err, sms.ErrBody):
		fail(w, trouble{http.StatusBadRequest, 21617, "The concatenated message body exceeds the 1600 character limit"})
	case errors.Is(err, ErrSpeaker):
		fail(w, errAuthenticate)
	default:
		fail(w, trouble{http.StatusServiceUnavailable, 20503, "Service unavailable: " + err.Error()})
	}
}
