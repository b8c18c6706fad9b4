package twilio

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"example.com/netanswer/mocks/sms"
)

const apiVersion = "2010-04-01"

// A resource is a message as the API writes it.
type resource struct {
	AccountSID          string            `json:"account_sid"`
	APIVersion          string            `json:"api_version"`
	Body                string            `json:"body"`
	DateCreated         string            `json:"date_created"`
	DateSent            *string           `json:"date_sent"`
	DateUpdated         string            `json:"date_updated"`
	Direction           string            `json:"direction"`
	ErrorCode           *int              `json:"error_code"`
	ErrorMessage        *string           `json:"error_message"`
	From                string            `json:"from"`
	MessagingServiceSID *string           `json:"messaging_service_sid"`
	NumMedia            string            `json:"num_media"`
	NumSegments         string            `json:"num_segments"`
	Price               *string           `json:"price"`
	PriceUnit           string            `json:"price_unit"`
	SID                 string            `json:"sid"`
	Status              string            `json:"status"`
	SubresourceURIs     map[string]string `json:"subresource_uris"`
	To                  string            `json:"to"`
	URI                 string            `json:"uri"`
}

// date writes a moment as RFC 1123 with +0000.
func date(t time.Time) string { return t.UTC().Format(time.RFC1123Z) }

// show writes a message with a status and since when it has it.
func show(account string, k Kept, status sms.Status, since time.Time) resource {
	path := "/" + apiVersion + "/Accounts/" + account + "/Messages/" + k.SID
	r := resource{AccountSID: account, APIVersion: apiVersion, Body: k.Body, DateCreated: date(k.AcceptedAt), DateUpdated: date(since),
		Direction: "outbound-api", From: k.From, NumMedia: "0", NumSegments: strconv.Itoa(k.Segments), PriceUnit: "USD", SID: k.SID,
		Status: string(status), SubresourceURIs: map[string]string{"media": path + "/Media.json"}, To: sms.International(k.To), URI: path + ".json"}
	if strings.HasPrefix(k.From, "MG") {
		r.MessagingServiceSID = &k.From
	}
	if status == sms.Undelivered || status == sms.Failed {
		code, words := errorCode(k.Reason)
		r.ErrorCode, r.ErrorMessage = &code, &words
	}
	switch status {
	case sms.Sent, sms.Delivered, sms.Undelivered:
		sent := date(k.SentAt())
		r.DateSent = &sent
	}
	return r
}

// create is POST Messages.json.
func (f face) create(w http.ResponseWriter, r *http.Request, c caller) {
	if err := r.ParseForm(); err != nil {
		fail(w, trouble{http.StatusBadRequest, 20001, "The request cannot be read: " + err.Error()})
		return
	}
	form := r.PostForm
	from := form.Get("From")
	if from == "" {
		from = form.Get("MessagingServiceSid")
	}
	d := sms.Draft{From: from, To: form.Get("To"), Body: form.Get("Body"), Account: c.account}
	if t, ok := f.wanting(d, form); !ok {
		fail(w, t)
		return
	}
	if call := form.Get("StatusCallback"); call != "" {
		d.Wish = sms.Wish{By: By, URL: call, Secret: c.token, Progress: true}
	}
	k, err := f.Gateway.Send(r.Context(), c.speaker, d)
	if err != nil {
		f.refuse(w, r, d.To, err)
		return
	}
	write(w, http.StatusCreated, show(c.account, k, sms.Queued, k.AcceptedAt))
}

// wanting tells what is wrong with what was sent, before a gateway looks at it.
func (f face) wanting(d sms.Draft, form url.Values) (trouble, bool) {
	bad := func(code int, words string) (trouble, bool) {
		return trouble{http.StatusBadRequest, code, words}, false
	}
	switch {
	case d.To == "":
		return bad(21604, "A 'To' phone number is required.")
	case sms.National(d.To) == "":
		return bad(21211, "Invalid 'To' Phone Number: "+d.To)
	case d.From == "":
		return bad(21603, "A 'From' phone number is required.")
	case d.Body == "":
		return bad(21602, "Message body is required.")
	}
	if call := form.Get("StatusCallback"); call != "" {
		u, err := url.Parse(call)
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			return bad(21609, "The 'StatusCallback' URL "+call+" is not a valid URL.")
		}
		if !f.CallBack(u.Hostname()) {
			return bad(21609, "The 'StatusCallback' URL "+call+" is of a host that this sandbox makes no requests to.")
		}
	}
	return trouble{}, true
}

// fetch is GET Messages/{sid}.json.
func (f face) fetch(w http.ResponseWriter, r *http.Request, c caller) {
	sid, ok := strings.CutSuffix(r.PathValue("sid"), ".json")
	if !ok {
		fail(w, notFound(r))
		return
	}
	k, ok, err := f.Gateway.Find(c.speaker, c.account, sid)
	if err != nil {
		f.refuse(w, r, "", err)
		return
	}
	if !ok {
		fail(w, notFound(r))
		return
	}
	status, since := k.Status(k.Now)
	write(w, http.StatusOK, show(c.account, k, status, since))
}
