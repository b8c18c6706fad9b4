package twilio

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.com/netanswer/mocks/sms"
)

// A CallDraft is a call to be placed (https://www.twilio.com/docs/voice/api/call-resource).
type CallDraft struct {
	Account, Token string
	From, To       string // as sms.National writes them
	URL            string // asked for TwiML
	ByGet          bool
	Document       string        // TwiML; "" where URL is asked
	Rings          time.Duration // longest
	StatusCallback string
	ToldByGet      bool
	Events         []string // of initiated, ringing, answered, completed
}

// A Call is one that was placed here.
type Call struct {
	SID, From, To                  string
	Status                         string
	StartedAt, AnsweredAt, EndedAt time.Time // the last two zero before
}

// maxDocument is how many characters a document may have that comes with a call.
const maxDocument = 4000

// call is one as the API writes it.
type call struct {
	AccountSID    string            `json:"account_sid"`
	AnsweredBy    *string           `json:"answered_by"`
	APIVersion    string            `json:"api_version"`
	CallerName    *string           `json:"caller_name"`
	DateCreated   string            `json:"date_created"`
	DateUpdated   string            `json:"date_updated"`
	Direction     string            `json:"direction"`
	Duration      *string           `json:"duration"`
	EndTime       *string           `json:"end_time"`
	ForwardedFrom *string           `json:"forwarded_from"`
	From          string            `json:"from"`
	FromFormatted string            `json:"from_formatted"`
	GroupSID      *string           `json:"group_sid"`
	ParentCallSID *string           `json:"parent_call_sid"`
	NumberSID     *string           `json:"phone_number_sid"`
	Price         *string           `json:"price"`
	PriceUnit     string            `json:"price_unit"`
	QueueTime     string            `json:"queue_time"`
	SID           string            `json:"sid"`
	StartTime     *string           `json:"start_time"`
	Status        string            `json:"status"`
	Subresources  map[string]string `json:"subresource_uris"`
	To            string            `json:"to"`
	ToFormatted   string            `json:"to_formatted"`
	TrunkSID      *string           `json:"trunk_sid"`
	URI           string            `json:"uri"`
}

func showCall(account string, k Call, status string) call {
	path := "/" + apiVersion + "/Accounts/" + account + "/Calls/" + k.SID
	out := call{AccountSID: account, APIVersion: apiVersion, DateCreated: date(k.StartedAt), DateUpdated: date(k.StartedAt),
		Direction: "outbound-api",
		From:      sms.International(k.From), FromFormatted: sms.Show(k.From), PriceUnit: "USD", QueueTime: "0", SID: k.SID, Status: status,
		Subresources: map[string]string{}, To: sms.International(k.To), ToFormatted: sms.Show(k.To), URI: path + ".json"}
	if status == queued {
		return out
	}
	if !k.AnsweredAt.IsZero() {
		begun := date(k.AnsweredAt)
		out.StartTime = &begun
	}
	if !k.EndedAt.IsZero() {
		ended, lasted := date(k.EndedAt), "0"
		if !k.AnsweredAt.IsZero() {
			lasted = strconv.Itoa(int(k.EndedAt.Sub(k.AnsweredAt) / time.Second))
		}
		out.EndTime, out.DateUpdated, out.Duration = &ended, ended, &lasted
	}
	return out
}

const queued = "queued"

// placeCall is POST Calls.json.
func (f handler) placeCall(w http.ResponseWriter, r *http.Request, c caller) {
	if err := r.ParseForm(); err != nil {
		fail(w, trouble{http.StatusBadRequest, 20001, "The request cannot be read: " + err.Error()})
		return
	}
	d, wrong := f.callDraft(r.PostForm, c)
	if wrong != nil {
		fail(w, *wrong)
		return
	}
	k, err := f.Gateway.Call(r.Context(), c.speaker, d)
	if err != nil {
		f.refuse(w, r, d.To, err)
		return
	}
	write(w, http.StatusCreated, showCall(c.account, k, queued))
}

// callDraft reads the fields of a call. What is given and not carried out is
// refused.
func (f handler) callDraft(form url.Values, c caller) (CallDraft, *trouble) {
	bad := func(code int, words string) (CallDraft, *trouble) {
		return CallDraft{}, &trouble{http.StatusBadRequest, code, words}
	}
	to, from := form.Get("To"), form.Get("From")
	switch {
	case to == "":
		return bad(21201, "No 'To' number is specified")
	case from == "":
		return bad(21213, "No 'From' number is specified")
	case sms.National(to) == "":
		return bad(21211, "The phone number you are attempting to call, "+to+", is not valid.")
	case sms.National(from) == "":
		return bad(21212, "The source phone number provided, "+from+", is not valid.")
	}
	d := CallDraft{Account: c.account, Token: c.token, From: sms.National(from), To: sms.National(to), URL: form.Get("Url"),
		Document: form.Get("Twiml"),
		ByGet:    strings.EqualFold(form.Get("Method"), http.MethodGet), Rings: time.Minute, StatusCallback: form.Get("StatusCallback"),
		ToldByGet: strings.EqualFold(form.Get("StatusCallbackMethod"), http.MethodGet)}
	for _, name := range unmodelledOfCalls {
		if v := form.Get(name); v != "" && !strings.EqualFold(v, "false") {
			return bad(20001, "The parameter '"+name+"' of the Call resource is not modelled by this sandbox")
		}
	}
	switch {
	case d.URL == "" && d.Document == "":
		return bad(21205, "Url parameter is required.")
	case d.URL != "" && !absolute(d.URL):
		return bad(21205, "Url is not a valid URL: "+d.URL)
	case len(d.Document) > maxDocument:
		return bad(20001, "Twiml is longer than "+strconv.Itoa(maxDocument)+" characters")
	}
	if d.URL != "" {
		if err := f.CallBack(d.URL); err != nil {
			return bad(21205, "Url is not a valid URL: "+d.URL+": "+err.Error())
		}
		d.Document = "" // as the service documents it
	}
	if t := f.wantsToBeTold(d.StatusCallback); t != nil {
		return d, t
	}
	return d, readCall(form, &d)
}

// readCall reads how long a call rings, and what of it is told.
func readCall(form url.Values, d *CallDraft) *trouble {
	if text := form.Get("Timeout"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > 600 {
			return &trouble{http.StatusBadRequest, 20001, "Timeout is a number of seconds from 1 to 600: " + text}
		}
		d.Rings = time.Duration(n) * time.Second
	}
	for _, list := range form["StatusCallbackEvent"] {
		for event := range strings.FieldsSeq(list) {
			if !slices.Contains([]string{"initiated", "ringing", "answered", "completed"}, event) {
				return &trouble{http.StatusBadRequest, 21626, "The StatusCallbackEvent is invalid: " + event}
			}
			d.Events = append(d.Events, event)
		}
	}
	if d.Events == nil {
		d.Events = []string{"completed"}
	}
	return nil
}

// unmodelledOfCalls are the fields of a call that are not carried out here.
var unmodelledOfCalls = []string{"ApplicationSid", "AsyncAmd", "AsyncAmdStatusCallback", "Byoc", "CallReason", "CallToken", "CallerId",
	"FallbackUrl", "MachineDetection", "Record", "RecordingStatusCallback", "RecordingTrack", "SendDigits", "SipAuthPassword",
	"SipAuthUsername",
	"TimeLimit", "Transcribe"}

// absolute tells whether an address is one of the web, with a host.
func absolute(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Host != "" && u.User == nil && (u.Scheme == "http" || u.Scheme == "https")
}

// fetchCall is GET Calls/{sid}.json.
func (f handler) fetchCall(w http.ResponseWriter, r *http.Request, c caller) {
	k, ok := f.foundCall(w, r, c)
	if ok {
		write(w, http.StatusOK, showCall(c.account, k, k.Status))
	}
}

// updateCall is POST Calls/{sid}.json. A call of this sandbox is heard out at
// once, so that it has ended by the time that somebody would change it.
func (f handler) updateCall(w http.ResponseWriter, r *http.Request, c caller) {
	if k, ok := f.foundCall(w, r, c); ok {
		fail(w, trouble{http.StatusBadRequest, 21220, "Invalid call state. Call is " + cmp.Or(k.Status,
			queued) + ", and cannot be changed"})
	}
}

func (f handler) foundCall(w http.ResponseWriter, r *http.Request, c caller) (Call, bool) {
	sid, ok := strings.CutSuffix(r.PathValue("sid"), ".json")
	if !ok {
		fail(w, notFound(r))
		return Call{}, false
	}
	k, ok, err := f.Gateway.FindCall(c.speaker, c.account, sid)
	if err != nil {
		f.refuse(w, r, "", err)
		return k, false
	}
	if !ok {
		fail(w, notFound(r))
	}
	return k, ok
}
