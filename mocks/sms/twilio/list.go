package twilio

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.com/netanswer/mocks/sms"
)

const (
	pageSize    = 50
	maxPageSize = 1000
)

// A page is a list as the API writes it.
type page struct {
	Messages        []resource `json:"messages"`
	Start           int        `json:"start"`
	End             int        `json:"end"`
	Page            int        `json:"page"`
	PageSize        int        `json:"page_size"`
	URI             string     `json:"uri"`
	FirstPageURI    string     `json:"first_page_uri"`
	NextPageURI     *string    `json:"next_page_uri"`
	PreviousPageURI *string    `json:"previous_page_uri"`
}

// list is GET Messages.json: the newest first. A page is told by the last
// message of the page before, so that what arrives meanwhile moves nothing.
func (f face) list(w http.ResponseWriter, r *http.Request, c caller) {
	q := r.URL.Query()
	size, number := pageSize, 0
	for name, into := range map[string]*int{"PageSize": &size, "Page": &number} {
		if text := q.Get(name); text != "" {
			n, err := strconv.Atoi(text)
			if err != nil || n < 0 || name == "PageSize" && n == 0 {
				fail(w, trouble{http.StatusBadRequest, 20001, name + " is no number that can be: " + text})
				return
			}
			*into = n
		}
	}
	size = min(size, maxPageSize)
	all, err := f.Gateway.Messages(c.speaker, c.account)
	if err != nil {
		f.refuse(w, r, "", err)
		return
	}
	wanted, err := filter(q)
	if err != nil {
		fail(w, trouble{http.StatusBadRequest, 20001, err.Error()})
		return
	}
	all = slices.DeleteFunc(all, func(k Kept) bool { return !wanted(k) })
	slices.Reverse(all)
	from := min(number, maxPageSize) * size
	if token := strings.TrimPrefix(q.Get("PageToken"), "PA"); token != "" {
		from = 1 + slices.IndexFunc(all, func(k Kept) bool { return k.SID == token })
	}
	from = min(from, len(all))
	rest := all[from:]
	shown := rest[:min(size, len(rest))]

	address := func(number int, token string) string {
		p := url.Values{}
		for _, keep := range []string{"To", "From", "DateSent", "DateSent<", "DateSent>"} {
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
	out := page{Messages: []resource{}, Start: number * size, End: max(number*size, number*size+len(shown)-1), Page: number, PageSize: size,
		URI: r.URL.RequestURI(), FirstPageURI: address(0, "")}
	for _, k := range shown {
		status, since := k.Status(k.Now)
		out.Messages = append(out.Messages, show(c.account, k, status, since))
	}
	if len(rest) > len(shown) && len(shown) > 0 {
		next := address(number+1, shown[len(shown)-1].SID)
		out.NextPageURI = &next
	}
	if number > 0 {
		before := address(number-1, "")
		if first := from - size; number > 1 && first > 0 {
			before = address(number-1, all[first-1].SID)
		}
		out.PreviousPageURI = &before
	}
	write(w, http.StatusOK, out)
}

// filter is what a query narrows a list to.
func filter(q url.Values) (func(Kept) bool, error) {
	day := func(name string) (time.Time, error) {
		text := q.Get(name)
		if text == "" {
			return time.Time{}, nil
		}
		if t, err := time.Parse(time.RFC3339, text); err == nil {
			return t, nil
		}
		return time.Parse(time.DateOnly, text)
	}
	on, err1 := day("DateSent")
	until, err2 := day("DateSent<")
	since, err3 := day("DateSent>")
	for _, err := range []error{err1, err2, err3} {
		if err != nil {
			return nil, err
		}
	}
	to := sms.National(q.Get("To"))
	return func(k Kept) bool {
		sent := k.SentAt().UTC()
		return (q.Get("To") == "" || k.To == to) && (q.Get("From") == "" || k.From == q.Get("From")) &&
			(on.IsZero() || sent.Format(time.DateOnly) == on.UTC().Format(time.DateOnly)) &&
			(until.IsZero() || !sent.After(until.Add(24*time.Hour))) && (since.IsZero() || !sent.Before(since))
	}, nil
}
