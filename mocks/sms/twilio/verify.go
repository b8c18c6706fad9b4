package twilio

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"example.com/netanswer/mocks/fault"
	"example.com/netanswer/mocks/sms"
)

// Verifying is the place of a verification: its world, and how that verifies.
type Verifying struct {
	World  string
	Policy sms.VerificationPolicy
	Code   string // for a new one
	Now    time.Time
	// SID is the number of a verification in the whole sandbox.
	SID func(sms.Verification) string
}

// verifySender is who a passcode of Verify comes from.
const verifySender = "VERIFY"

// A verification is one as the API writes it
// (https://www.twilio.com/docs/verify/api/verification).
type verification struct {
	SID          string    `json:"sid"`
	ServiceSID   string    `json:"service_sid"`
	AccountSID   string    `json:"account_sid"`
	To           string    `json:"to"`
	Channel      string    `json:"channel"`
	Status       string    `json:"status"`
	Valid        bool      `json:"valid"`
	Lookup       struct{}  `json:"lookup"`
	Amount       *string   `json:"amount"`
	Payee        *string   `json:"payee"`
	SendAttempts []attempt `json:"send_code_attempts"`
	DateCreated  time.Time `json:"date_created"`
	DateUpdated  time.Time `json:"date_updated"`
	URL          string    `json:"url"`
}

type attempt struct {
	Time    time.Time `json:"time"`
	Channel string    `json:"channel"`
}

func (p Verifying) show(v sms.Verification, status string) verification {
	sid := p.SID(v)
	out := verification{SID: sid, ServiceSID: v.Service, AccountSID: v.Account, To: sms.International(v.To), Channel: "sms", Status: status,
		Valid: status == "approved", DateCreated: v.CreatedAt.UTC(), DateUpdated: v.UpdatedAt.UTC(),
		URL: "https://verify.twilio.com/v2/Services/" + v.Service + "/Verifications/" + sid}
	for range v.Sent {
		out.SendAttempts = append(out.SendAttempts, attempt{v.CreatedAt.UTC(), "sms"})
	}
	return out
}

var (
	verifyService = regexp.MustCompile(`^VA[0-9a-fA-F]{32}$`)
	customCode    = regexp.MustCompile(`^[0-9]{4,10}$`)
)

// authenticated lets only requests with credentials through, of an account or of
// an API key, which speaks for no world.
func (f handler) authenticated(next func(http.ResponseWriter, *http.Request, caller)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		user, token, ok := r.BasicAuth()
		if !ok || token == "" || !strings.HasPrefix(user, "AC") && !strings.HasPrefix(user, "SK") {
			w.Header().Set("WWW-Authenticate", `Basic realm="Twilio API"`)
			fail(w, errAuthenticate)
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, f.Body)
		if err := r.ParseForm(); err != nil {
			fail(w, trouble{http.StatusBadRequest, 20001, "The request cannot be read: " + err.Error()})
			return
		}
		next(w, r, caller{account: user, token: token, speaker: speaks(user)})
	}
}

// ofService is authenticated for what belongs to a service of Verify. There is
// every one whose SID has the form of one.
func (f handler) ofService(next func(http.ResponseWriter, *http.Request, caller)) http.HandlerFunc {
	return f.authenticated(func(w http.ResponseWriter, r *http.Request, c caller) {
		if !verifyService.MatchString(r.PathValue("service")) {
			fail(w, notFound(r))
			return
		}
		next(w, r, c)
	})
}

// verify is POST Verifications: a passcode is sent, or the one under way again.
func (f handler) verify(w http.ResponseWriter, r *http.Request, c caller) {
	form := r.PostForm
	to, code := form.Get("To"), form.Get("CustomCode")
	invalid := func(name string) {
		fail(w, trouble{http.StatusBadRequest, 60200, "Invalid parameter `" + name + "`: " + form.Get(name)})
	}
	if missing(w, form, "To", "Channel") {
		return
	}
	switch {
	case sms.National(to) == "":
		invalid("To")
		return
	case form.Get("Channel") != "sms" && form.Get("Channel") != "auto":
		fail(w, trouble{http.StatusBadRequest, 60200,
			"Invalid parameter `Channel`: this sandbox verifies by sms only, not by " + form.Get("Channel")})
		return
	case code != "" && !customCode.MatchString(code):
		invalid("CustomCode")
		return
	case sms.Landline(to):
		fail(w, trouble{http.StatusBadRequest, 60205, "SMS is not supported by landline phone number"})
		return
	}
	for _, name := range []string{"RateLimits", "Amount", "Payee", "TemplateSid", "AppHash", "DeviceIp", "RiskCheck", "Tags"} {
		if form.Has(name) {
			fail(w, trouble{http.StatusBadRequest, 20001,
				"The parameter '" + name + "' of the Verification resource is not modelled by this sandbox"})
			return
		}
	}
	p, err := f.Gateway.Verifying(r.Context(), c.speaker, to)
	if err != nil {
		f.refuse(w, r, to, err)
		return
	}
	var v sms.Verification
	err = f.Gateway.Verify(r.Context(), p, func(b *sms.Box, now time.Time) (err error) {
		v, err = b.Verify(sms.Verification{Service: r.PathValue("service"), Account: c.account, To: to, Code: cmp.Or(code, p.Code)},
			p.Policy, now)
		return err
	})
	if err == nil {
		err = f.sendCode(r.Context(), c, p, v, wording(form.Get("Locale"), cmp.Or(form.Get("CustomFriendlyName"), "Netanswer")))
	}
	if err != nil {
		f.refuseVerification(w, r, to, err)
		return
	}
	write(w, http.StatusCreated, p.show(v, "pending"))
}

// missing refuses a form without a field that it must have.
func missing(w http.ResponseWriter, form url.Values, names ...string) bool {
	for _, name := range names {
		if form.Get(name) == "" {
			fail(w, trouble{http.StatusBadRequest, 20001, "Missing required parameter " + name + " in the post body"})
			return true
		}
	}
	return false
}

// wording is the text of a passcode, with its place.
func wording(locale, name string) string {
	if strings.HasPrefix(strings.ToLower(locale), "ja") {
		return name + "の認証コード: {code}"
	}
	return "Your " + name + " verification code is: {code}"
}

// sendCode sends the SMS of a verification. One that cannot be sent does not count.
func (f handler) sendCode(ctx context.Context, c caller, p Verifying, v sms.Verification, text string) error {
	_, err := f.Gateway.Send(ctx, p.World, sms.Draft{From: verifySender, To: v.To, Body: strings.Replace(text, "{code}", v.Code, 1),
		Account: c.account, Service: v.Service})
	if err == nil || v.Sent > 1 {
		return err
	}
	return errors.Join(err, f.Gateway.Verify(ctx, p, func(b *sms.Box, now time.Time) error {
		_, err := b.EndVerification(v.ID, now)
		return err
	}))
}

// checkVerification is POST VerificationCheck.
func (f handler) checkVerification(w http.ResponseWriter, r *http.Request, c caller) {
	form, service := r.PostForm, r.PathValue("service")
	if missing(w, form, "Code") {
		return
	}
	to, code := form.Get("To"), form.Get("Code")
	if sid := form.Get("VerificationSid"); sid != "" {
		_, v, ok, err := f.Gateway.Verification(r.Context(), c.speaker, sid)
		if err != nil || !ok || v.Service != service {
			f.noVerification(w, r, err)
			return
		}
		to = v.To
	}
	switch {
	case sms.National(to) == "":
		fail(w, trouble{http.StatusBadRequest, 60200, "Invalid parameter `To`: " + to})
		return
	case !customCode.MatchString(code):
		fail(w, trouble{http.StatusBadRequest, 60200, "Invalid parameter `Code`"})
		return
	}
	p, err := f.Gateway.Verifying(r.Context(), c.speaker, to)
	if err != nil {
		f.refuse(w, r, to, err)
		return
	}
	var v sms.Verification
	var right bool
	if err := f.Gateway.Verify(r.Context(), p, func(b *sms.Box, now time.Time) (err error) {
		v, right, err = b.CheckVerification(service, to, code, p.Policy, now)
		return err
	}); err != nil {
		f.refuseVerification(w, r, to, err)
		return
	}
	write(w, http.StatusOK, p.show(v, map[bool]string{true: "approved", false: "pending"}[right]))
}

// found finds the verification of a request by its SID, or by the number that it
// is of.
func (f handler) found(r *http.Request, c caller) (Verifying, sms.Verification, bool, error) {
	p, v, ok, err := f.Gateway.Verification(r.Context(), c.speaker, r.PathValue("sid"))
	return p, v, ok && v.Service == r.PathValue("service"), err
}

// fetchVerification is GET Verifications/{sid}.
func (f handler) fetchVerification(w http.ResponseWriter, r *http.Request, c caller) {
	p, v, ok, err := f.found(r, c)
	if err != nil || !ok {
		f.noVerification(w, r, err)
		return
	}
	write(w, http.StatusOK, p.show(v, "pending"))
}

// endVerification is POST Verifications/{sid}: it is canceled, or was approved by
// other means.
func (f handler) endVerification(w http.ResponseWriter, r *http.Request, c caller) {
	status := r.PostForm.Get("Status")
	if status != "canceled" && status != "approved" {
		fail(w, trouble{http.StatusBadRequest, 60200, "Invalid parameter `Status`: " + status})
		return
	}
	p, v, ok, err := f.found(r, c)
	if err == nil && ok {
		err = f.Gateway.Verify(r.Context(), p, func(b *sms.Box, now time.Time) (err error) {
			v, err = b.EndVerification(v.ID, now)
			return err
		})
	}
	if err != nil || !ok {
		f.noVerification(w, r, err)
		return
	}
	write(w, http.StatusOK, p.show(v, status))
}

// noVerification answers where there is none, or it could not be looked for.
func (f handler) noVerification(w http.ResponseWriter, r *http.Request, err error) {
	if err != nil && !errors.Is(err, sms.ErrNoVerification) {
		f.refuse(w, r, "", err)
		return
	}
	fail(w, notFound(r))
}

// refuseVerification returns the error of a verification.
func (f handler) refuseVerification(w http.ResponseWriter, r *http.Request, to string, err error) {
	switch {
	case errors.Is(err, fault.ErrFault): // of the gateway, whatever became of the verification
		f.refuse(w, r, to, err)
	case errors.Is(err, sms.ErrManySends):
		fail(w, trouble{http.StatusTooManyRequests, 60203, "Max send attempts reached"})
	case errors.Is(err, sms.ErrManyChecks):
		fail(w, trouble{http.StatusTooManyRequests, 60202, "Max check attempts reached"})
	case errors.Is(err, sms.ErrNoVerification):
		fail(w, notFound(r))
	default:
		f.refuse(w, r, to, err)
	}
}
