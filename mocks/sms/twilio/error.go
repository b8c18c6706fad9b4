package twilio

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strings"

	"example.com/netanswer/mocks/fault"
	"example.com/netanswer/mocks/sms"
)

// A trouble is an error as the API writes it.
type trouble struct {
	status, code int
	message      string
}

var errAuthenticate = trouble{http.StatusUnauthorized, 20003, "Authenticate"}

func notFound(r *http.Request) trouble {
	return trouble{http.StatusNotFound, 20404, "The requested resource " + r.URL.Path + " was not found"}
}

// unmodelled refuses a resource that this sandbox does not have.
func unmodelled(w http.ResponseWriter, r *http.Request) {
	t := notFound(r)
	if resource := resourceOf(r.URL.Path); resource != "" {
		t.message += ": the resource " + r.Method + " " + resource + " is not modelled by this sandbox"
	}
	fail(w, t)
}

// resourceOf names the resource of a path, without what tells one of its kind
// from another.
func resourceOf(path string) string {
	var names []string
	for part := range strings.SplitSeq(strings.TrimSuffix(path, ".json"), "/") {
		if part != "" && part[0] >= 'A' && part[0] <= 'Z' && !sid.MatchString(part) && len(part) <= 40 && bareName.MatchString(part) {
			names = append(names, part)
		}
	}
	if len(names) > 0 && names[0] == "Accounts" && len(names) > 1 {
		names = names[1:]
	}
	return strings.Join(names, "/")
}

var (
	sid      = regexp.MustCompile(`^[A-Z]{2}[0-9A-Za-z-]*$`)
	bareName = regexp.MustCompile(`^[A-Za-z]+$`)
)

func fail(w http.ResponseWriter, t trouble) {
	failed(w, t.code)
	write(w, t.status, map[string]any{"code": t.code, "message": t.message, "status": t.status,
		"more_info": fmt.Sprintf("https://www.twilio.com/docs/errors/%d", t.code)})
}

func write(w http.ResponseWriter, status int, v any) {
	body, err := json.Marshal(v)
	if err != nil {
		panic(err) // what is written here always marshals
	}
	w.Header().Set("Content-Type", "application/json;charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(body) // a client that went away is no error of ours
}

// errorCode is the number of why a message was not delivered, and its words.
func errorCode(r fault.Reason) (code int, message string) {
	switch r {
	case fault.Overflow:
		return 30001, "Queue overflow"
	case fault.Unreachable:
		return 30003, "Unreachable destination handset"
	case fault.Landline:
		return 30006, "Landline or unreachable carrier"
	case fault.Filtered:
		return 30007, "Carrier violation"
	case sms.Expired:
		return 30036, "Validity Period Expired"
	}
	return 0, ""
}
