package twilio

import (
	"errors"
	"net/http"
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
	From                *string           `json:"from"`
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
		Direction: "outbound-api", From: &k.From, NumMedia: "0", NumSegments: strconv.Itoa(k.Segments), PriceUnit: "USD", SID: k.SID,
		Status: string(
			status,
		), SubresourceURIs: map[string]string{"media": path + "/Media.json"}, To: sms.International(k.To), URI: path + ".json"}
	if k.Service != "" {
		r.MessagingServiceSID = &k.Service
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
func (f handler) create(w http.ResponseWriter, r *http.Request, c caller) {
	if err := r.ParseForm(); err != nil {
		fail(w, trouble{http.StatusBadRequest, 20001, "The request cannot be read: " + err.Error()})
		return
	}
	d, wrong := f.draft(r.PostForm, c)
	if wrong == nil && (r.PostForm.Has("ScheduleType") || r.PostForm.Has("SendAt")) {
		now, err := f.Gateway.Now(r.Context(), c.speaker, d.To)
		if err != nil {
			f.refuse(w, r, d.To, err)
			return
		}
		wrong = scheduled(r.PostForm, &d, now)
	}
	if wrong != nil {
		fail(w, *wrong)
		return
	}
	pooled := d.From == ""
	if pooled {
		d.From = servicePool
	}
	k, err := f.Gateway.Send(r.Context(), c.speaker, d)
	if err != nil {
		f.refuse(w, r, d.To, err)
		return
	}
	status := sms.Queued
	switch {
	case !k.SendAt.IsZero():
		status = sms.Scheduled
	case d.Service != "":
		status = accepted
	}
	out := show(c.account, k, status, k.AcceptedAt)
	if pooled { // the sender is chosen when it is sent
		out.From, out.NumSegments = nil, "0"
	}
	write(w, http.StatusCreated, out)
}

// accepted is the status of what a messaging service has just been handed.
const accepted sms.Status = "accepted"

// update is POST Messages/{sid}.json: a scheduled message is taken back by the
// status canceled. The body cannot be redacted here.
func (f handler) update(w http.ResponseWriter, r *http.Request, c caller) {
	if err := r.ParseForm(); err != nil {
		fail(w, trouble{http.StatusBadRequest, 20001, "The request cannot be read: " + err.Error()})
		return
	}
	sid, ok := strings.CutSuffix(r.PathValue("sid"), ".json")
	status := r.PostForm.Get("Status")
	switch {
	case !ok:
		fail(w, notFound(r))
		return
	case r.PostForm.Has("Body"):
		fail(w, trouble{http.StatusBadRequest, 20001, "Redacting the Body of a Message resource is not modelled by this sandbox"})
		return
	case status != string(sms.Canceled):
		fail(w, trouble{http.StatusBadRequest, 20001, "Status of a Message resource can be changed to canceled only: " + status})
		return
	}
	k, ok, err := f.Gateway.Cancel(r.Context(), c.speaker, c.account, sid)
	switch {
	case errors.Is(err, sms.ErrBegun):
		fail(w, trouble{http.StatusConflict, 30409, "This message cannot be canceled"})
	case err != nil:
		f.refuse(w, r, "", err)
	case !ok:
		fail(w, notFound(r))
	default:
		status, since := k.Status(k.Now)
		write(w, http.StatusOK, show(c.account, k, status, since))
	}
}

// fetch is GET Messages/{sid}.json.
func (f handler) fetch(w http.ResponseWriter, r *http.Request, c caller) {
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
