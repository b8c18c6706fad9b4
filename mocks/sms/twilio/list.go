package twilio

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"example.com/netanswer/mocks/sms"
)

const (
	pageSize    = 50
	maxPageSize = 1000
	maxPage     = 1_000_000 // more than any list has
)

// A page is what every list of the API says of its page.
type page struct {
	Start           int     `json:"start"`
	End             int     `json:"end"`
	Page            int     `json:"page"`
	PageSize        int     `json:"page_size"`
	URI             string  `json:"uri"`
	FirstPageURI    string  `json:"first_page_uri"`
	NextPageURI     *string `json:"next_page_uri"`
	PreviousPageURI *string `json:"previous_page_uri"`
}

// messages is a page of messages as the API writes it.
type messages struct {
	Messages []resource `json:"messages"`
	page
}

// list is GET Messages.json: the newest first.
func (f handler) list(w http.ResponseWriter, r *http.Request, c caller) {
	all, err := f.Gateway.Messages(c.speaker, c.account)
	if err != nil {
		f.refuse(w, r, "", err)
		return
	}
	wanted, err := filter(r.URL.Query())
	if err != nil {
		fail(w, trouble{http.StatusBadRequest, 20001, err.Error()})
		return
	}
	slices.Reverse(all)
	shown, p, wrong := paged(r, all, wanted, func(k Kept) string { return k.SID }, "To", "From", "DateSent", "DateSent<", "DateSent>")
	if wrong != nil {
		fail(w, *wrong)
		return
	}
	out := messages{[]resource{}, p}
	for _, k := range shown {
		status, since := k.Status(k.Now)
		out.Messages = append(out.Messages, show(c.account, k, status, since))
	}
	write(w, http.StatusOK, out)
}

// paged is the page that a request asks for of those wanted of all that it may see,
// the newest first. A page is told by the last one of the page before, so that what
// arrives or is wanted no longer meanwhile moves nothing. filters are the parts of the
// query that stay the same from page to page.
func paged[T any](r *http.Request, all []T, wanted func(T) bool, sid func(T) string, filters ...string) (
	shown []T, p page, wrong *trouble) {
	q := r.URL.Query()
	size, number := pageSize, 0
	for name, into := range map[string]*int{"PageSize": &size, "Page": &number} {
		if text := q.Get(name); text != "" {
			n, err := strconv.Atoi(text)
			if err != nil || n < 0 || name == "Page" && n > maxPage || name == "PageSize" && n == 0 {
				return nil, p, &trouble{http.StatusBadRequest, 20001, name + " is no number that can be: " + text}
			}
			*into = n
		}
	}
	size = min(size, maxPageSize)
	kept := slices.DeleteFunc(slices.Clone(all), func(k T) bool { return !wanted(k) })
	from := number * size
	if token := q.Get("PageToken"); token != "" {
		last := slices.IndexFunc(all, func(k T) bool { return "PA"+sid(k) == token })
		if last < 0 {
			return nil, p, &trouble{http.StatusBadRequest, 20001, "PageToken is none that this list gave"}
		}
		from = 0
		for _, k := range all[:last+1] {
			if wanted(k) {
				from++
			}
		}
	}
	from = min(from, len(kept))
	rest := kept[from:]
	shown = rest[:min(size, len(rest))]

	address := func(number int, token string) string {
		p := url.Values{}
		for _, keep := range filters {
			if q.Has(keep) {
				p.Set(keep, q.Get(keep))
			}
		}
		p.Set("PageSize", strconv.Itoa(size))
		p.Set("Page", strconv.Itoa(number))
		if token != "" {
			p.Set("PageToken", "PA"+token)
		}
		return r.URL.Path + "?" + p.Encode()
	}
	p = page{Start: number * size, End: max(number*size, number*size+len(shown)-1), Page: number, PageSize: size,
		URI: r.URL.RequestURI(), FirstPageURI: address(0, "")}
	if len(rest) > len(shown) && len(shown) > 0 {
		next := address(number+1, sid(shown[len(shown)-1]))
		p.NextPageURI = &next
	}
	if number > 0 {
		before := address(number-1, "")
		if first := from - size; number > 1 && first > 0 {
			before = address(number-1, sid(kept[first-1]))
		}
		p.PreviousPageURI = &before
	}
	return shown, p, nil
}

// filter is what a query narrows a list to. DateSent, and DateSent< and DateSent>
// with a day alone, go by the days of UTC; with a time they go by it, as the SDKs
// send them.
func filter(q url.Values) (func(Kept) bool, error) {
	spans, err := spansOf(q, "DateSent")
	if err != nil {
		return nil, err
	}
	to := sms.National(q.Get("To"))
	return func(k Kept) bool {
		if len(spans) > 0 && !k.left() || !within(k.SentAt(), spans) {
			return false
		}
		return (q.Get("To") == "" || k.To == to) && isFrom(k.From, q.Get("From"))
	}, nil
}

// isFrom tells whether somebody is the sender that is wanted; "" is any.
func isFrom(from, wanted string) bool {
	return wanted == "" || from == wanted || sms.National(from) != "" && sms.National(from) == sms.National(wanted)
}

// spansOf reads what a query says of a time: on a day or at a moment, and with < and
// > behind its name until or from then, both included.
func spansOf(q url.Values, field string) (spans []span, err error) {
	for _, name := range []string{field, field + "<", field + ">"} {
		text := q.Get(name)
		if text == "" {
			continue
		}
		from, to, err := moments(text)
		if err != nil {
			return nil, fmt.Errorf("%s is no date: %s", name, text)
		}
		switch name {
		case field + "<":
			from = time.Time{}
		case field + ">":
			to = far
		}
		spans = append(spans, span{from, to})
	}
	return spans, nil
}

// within tells whether a time is in each of some spans.
func within(t time.Time, spans []span) bool {
	return !slices.ContainsFunc(spans, func(s span) bool { return t.Before(s.from) || t.After(s.to) })
}

// A span is a time from one moment to another, both within.
type span struct{ from, to time.Time }

var far = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)

// left tells whether a message has left the gateway by now.
func (k Kept) left() bool {
	switch status, _ := k.Status(k.Now); status {
	case sms.Sent, sms.Delivered, sms.Undelivered:
		return true
	}
	return false
}

// moments reads a day, of which all is meant, or a time.
func moments(text string) (from, to time.Time, err error) {
	if day, err := time.Parse(time.DateOnly, text); err == nil {
		return day, day.AddDate(0, 0, 1).Add(-1), nil
	}
	for _, form := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02 15:04:05", time.RFC1123Z, time.RFC1123} {
		if t, err := time.Parse(form, text); err == nil {
			return t, t, nil
		}
	}
	return from, to, errors.New("no date")
}
