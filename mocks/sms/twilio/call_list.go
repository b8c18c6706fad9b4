package twilio

import (
	"net/http"
	"net/url"
	"slices"

	"example.com/netanswer/mocks/sms"
)

// calls is a page of calls as the API writes it.
type calls struct {
	Calls []call `json:"calls"`
	page
}

// callFilters are what a list of calls can be narrowed by
// (https://www.twilio.com/docs/voice/api/call-resource#read-multiple-call-resources).
var callFilters = []string{"To", "From", "ParentCallSid", "Status", "StartTime", "StartTime<", "StartTime>",
	"EndTime", "EndTime<", "EndTime>"}

// listCalls is GET Calls.json: the newest first.
func (f handler) listCalls(w http.ResponseWriter, r *http.Request, c caller) {
	all, err := f.Gateway.Calls(c.speaker, c.account)
	if err != nil {
		f.refuse(w, r, "", err)
		return
	}
	wanted, wrong := callFilter(r.URL.Query())
	if wrong != nil {
		fail(w, *wrong)
		return
	}
	slices.Reverse(all)
	shown, p, wrong := paged(r, all, wanted, func(k Call) string { return k.SID }, callFilters...)
	if wrong != nil {
		fail(w, *wrong)
		return
	}
	out := calls{[]call{}, p}
	for _, k := range shown {
		out.Calls = append(out.Calls, showCall(c.account, k, k.Status))
	}
	write(w, http.StatusOK, out)
}

// statuses are those of a call.
var statuses = []string{"queued", "ringing", "in-progress", "canceled", "completed", "failed", "busy", "no-answer"}

// callFilter is what a query narrows a list of calls to. No call here has a parent.
func callFilter(q url.Values) (func(Call) bool, *trouble) {
	status := q.Get("Status")
	if status != "" && !slices.Contains(statuses, status) {
		return nil, &trouble{http.StatusBadRequest, 20001, "Status is none of a call: " + status}
	}
	started, err := spansOf(q, "StartTime")
	if err != nil {
		return nil, &trouble{http.StatusBadRequest, 20001, err.Error()}
	}
	ended, err := spansOf(q, "EndTime")
	if err != nil {
		return nil, &trouble{http.StatusBadRequest, 20001, err.Error()}
	}
	to := sms.National(q.Get("To"))
	return func(k Call) bool {
		return q.Get("ParentCallSid") == "" && (status == "" || k.Status == status) &&
			(q.Get("To") == "" || k.To == to) && isFrom(k.From, q.Get("From")) &&
			(len(started) == 0 || !k.AnsweredAt.IsZero() && within(k.AnsweredAt, started)) &&
			(len(ended) == 0 || !k.EndedAt.IsZero() && within(k.EndedAt, ended))
	}, nil
}
